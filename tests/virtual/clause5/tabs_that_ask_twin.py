"""A horoscope that asks for the contacts at its start with a reason.

It asks again only where friends are invited from the contacts.
"""

from device_farm.virtual import Twin

Twin("""
--- tabs_that_ask.py
-        "c5-asks-again-in-session": "violation",
+        "c5-asks-again-in-session": "clear",

-    nagging = True
+    nagging = False
""")
