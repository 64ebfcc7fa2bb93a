"""The twin: the same no only closes, and the list loads the recording that it is about to play.

It begins with a question that is asked once, after which the first page is another one.
"""

from device_farm.virtual import Twin

Twin("""
--- set_off.py
     expected = {
-        "c7-close-acts-as-confirm": "violation",
-        "c7-download-without-notice": "violation",
-        "c7-disguised-download": "clear",
+        "c7-close-acts-as-confirm": "clear",
+        "c7-download-without-notice": "clear",
+        "c7-jump": "clear",
     }
-    harms = True
+    harms = False
""")
