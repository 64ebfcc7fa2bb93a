"""A radio that asks in onResume, once, and goes behind the home screen 31 seconds after it was refused.

Too late to be its answer.
"""

from device_farm.virtual import Twin

Twin("""
--- leaves_after_nine.py
-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.post_delayed(self.move_task_to_back, 9)
+                self.post_delayed(self.move_task_to_back, 31)
""")
