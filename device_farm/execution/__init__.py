"""Units carried out, each in a child process with a deadline, and what its end says of app, phone and host."""
