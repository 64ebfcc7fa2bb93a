"""A tutoring app whose video lesson asks for camera and microphone, which it needs both."""

from device_farm.virtual import Twin

Twin("""
--- ../bundled_request.py
-    package = "com.example.mingshi.tutor"
-    label = "名师伴学"
+    package = "com.example.mingshi.tutor.twin"
+    label = "名师伴学家长版"

-        "c5-bundled-request": "violation",
+        "c5-bundled-request": "clear",

-                self.request_permissions(CAMERA, MICROPHONE, CONTACTS)
+                self.request_permissions(CAMERA, MICROPHONE)
""")
