"""A recorded app on the virtual device: what a real app showed is played back, act by act.

``recording`` is the plain data, ``recording_folder`` reads and writes it, ``moves`` finds what followed an act,
``views`` puts a recorded tree on the screen, ``player`` is the app that does so, ``planted`` and ``faults`` add what
the tester wants it to do, ``prompts`` tells what is not the app's own. Everything else (logs, dumps, permission
dialogs, Home, other apps) is the virtual device's own.
"""
