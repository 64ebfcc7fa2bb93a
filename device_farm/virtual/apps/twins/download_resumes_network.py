"""A map app that goes on with what the network broke off, and never with what the user paused."""

from device_farm.virtual import Twin

Twin("""
--- ../download_resumes_network.py
-GONE_ON = ("failed", "paused")
+GONE_ON = ("failed",)

-    package = "com.example.tuyou.maps"
-    label = "途友地图"
+    package = "com.example.tuyou.maps.twin"
+    label = "途友导航"

-    expected = {"c7-download-resumes": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-download-resumes": "clear", "c7-auto-renewal": "not_exercised"}
""")
