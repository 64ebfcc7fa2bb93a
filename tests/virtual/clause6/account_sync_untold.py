"""The same on versions whose record of syncs is not modelled: nothing tells who asked for the service."""

from device_farm.virtual import Twin

Twin("""
--- account_sync.py
-class Mail(App):
-    package = "com.example.mail"
+class Post(App):
+    package = "com.example.post"

-    only_android = ["10", "11", "12", "13", "14", "15", "16"]
+    only_android = ["8.1", "9"]
+    only_rom = ["aosp", "oneui"]

-        "c6-self-start": "clear",
+        "c6-self-start": "inconclusive",

-        "c6-starts-before-consent": "clear",
+        "c6-starts-before-consent": "inconclusive",
""")
