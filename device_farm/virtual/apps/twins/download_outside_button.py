"""A novel app with a feed card: the button loads the app it names, the picture leads to a page about it."""

from device_farm.virtual import Twin

Twin("""
--- ../download_outside_button.py
-    package = "com.example.mowen.novels"
-    label = "墨闻小说"
+    package = "com.example.mowen.novels.twin"
+    label = "墨闻书屋"

-        "c7-download-outside-button": "violation",
+        "c7-download-outside-button": "clear",

-            if id in ("get", "picture"):
+            if id == "get":

-            elif id == "title":
+            elif id in ("picture", "title"):
""")
