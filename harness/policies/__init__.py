"""Privacy policies as documents: a file's text, whose policy it is, what it tells, and whom it names."""
