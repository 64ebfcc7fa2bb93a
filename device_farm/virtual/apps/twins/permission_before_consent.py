"""A map that asks for the location once its privacy policy was agreed to."""

from device_farm.virtual import Twin

Twin("""
--- ../permission_before_consent.py
-    package = "com.example.tongxing.map"
-    label = "同行地图"
+    package = "com.example.tongxing.map.twin"
+    label = "同行地图平安版"

-        "c1-permission-before-consent": "violation",
+        "c1-permission-before-consent": "clear",

-                self.request_permissions(LOCATION)
+                self.app.prefs["started"] = True
""")
