"""A recipe app with a long list.

A row below the fold, 语音搜菜, asks for the microphone and offers typing when it is refused.
"""

from device_farm.virtual import Twin

Twin("""
--- row_far_below.py
-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.exit(0)
+                self.toast("也可以在顶部打字搜索")
""")
