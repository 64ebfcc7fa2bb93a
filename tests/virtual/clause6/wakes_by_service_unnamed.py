"""The same on a version that keeps no caller of a started service: who did it cannot be told."""

from device_farm.virtual import Twin

Twin("""
--- wakes_by_service.py
-    package = "com.example.byservice"
+    package = "com.example.byoldservice"

-    only_android = ["11", "12", "13", "14", "15", "16"]  # before 11 nothing tells who started a service
+    only_android = ["8.1", "9", "10"]

-        "c6-association-start": "violation",
-        "c6-wakes-third-parties": "violation",
+        "c6-association-start": "inconclusive",
+        "c6-wakes-third-parties": "inconclusive",

-        "c6-starts-before-consent": "suspected",  # it never asks for consent
+        "c6-starts-before-consent": "clear",
""")
