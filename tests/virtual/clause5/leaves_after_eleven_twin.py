"""A dictionary whose splash asks, waits eleven seconds after the refusal, and goes on to the main page."""

from device_farm.virtual import Twin

Twin("""
--- leaves_after_eleven.py
-        "c5-exit-after-denial": "suspected",
+        "c5-exit-after-denial": "clear",

-            self.finish_and_remove_task()
+            self.go_on()
""")
