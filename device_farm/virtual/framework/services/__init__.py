"""Services, content providers, and which process is bound to which."""
