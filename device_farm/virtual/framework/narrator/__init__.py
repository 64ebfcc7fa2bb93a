"""The narrator: what happened, in the log lines of this version and ROM."""
