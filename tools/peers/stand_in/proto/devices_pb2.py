"""Empty: only the class DevicesListing uses the message, and it is about the host's server, not about a device."""
