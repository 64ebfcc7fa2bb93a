"""A unit of work as plain data: the app, its plan, the job of one try, what a phone must be, and how a try ended."""
