"""A bank: it ends its process 4 s after every pause, whatever was answered."""

from device_farm.virtual import Twin

Twin("""
--- exit_in_on_pause.py
-    package = "com.example.exitinonpause"
+    package = "com.example.exitinonpausetwin"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "inconclusive",

-            if self.refused:
-                self.exit(0)
+            self.post_delayed(lambda: self.exit(0), 4)

-                self.refused = True
-                self.finish()
+                self.toast("未开启日历权限")
""")
