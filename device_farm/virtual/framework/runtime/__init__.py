"""The app's side of a process (android.app.ActivityThread): its App object, its looper, the watchdog over its code."""
