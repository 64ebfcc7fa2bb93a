"""Shows notifications, their shade and toasts: the part of an app that is visible while another is in front."""
