"""A wallpaper app whose own window for the storage, in a web view, has 去开启 and 残忍拒绝.

The latter closes the window.
"""

from device_farm.virtual import Twin

Twin("""
--- cruel_refusal.py
-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.finish_affinity()
+                self.toast("可在设置中开启")
""")
