"""A recorded app on the virtual device: what a real app showed is played back, act by act.

``recording`` is the plain data, ``folder`` reads and writes it, ``moves`` finds what followed an act, ``views`` puts a
recorded tree on the screen, ``player`` is the app that does so, ``planted`` adds what the tester wants it to do.
Everything else (logs, dumps, permission dialogs, Home, other apps) is the virtual device's own.
"""
