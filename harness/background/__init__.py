"""An app that nobody looks at: trials, what sets them off, what the phone allows it, hours of a night."""
