"""Activities: tasks, their lifecycle, what may start one, the page of recent tasks and the record of use."""
