"""A coupon wallet that minds whether it was given a camera."""

from device_farm.virtual import Twin

Twin("""
--- ../exit_by_crash.py
-    package = "com.example.shengqian.coupons"
-    label = "省钱券包"
+    package = "com.example.shengqian.coupons.twin"
+    label = "省钱券包社区版"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-            self.toast(self.camera["preview"])
+            self.toast("started" if self.camera else "未开启相机")
""")
