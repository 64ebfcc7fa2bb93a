"""An advert asks before it loads, and brings the app that it named."""

from device_farm.virtual import Twin

Twin("""
--- asks_first.py
-    package = "com.example.asksfirst"
-    label = "头条早报"
+    package = "com.example.askspolite"
+    label = "头条晚报"

-    expected = {"c7-not-the-promised-app": "violation", "c7-download-without-notice": "clear"}
+    expected = {"c7-not-the-promised-app": "clear", "c7-download-without-notice": "clear"}

-                    title="红枫浏览器",
+                    title="木棉笔记",

-                    package="com.example.maple",
-                    label="红枫浏览器",
+                    package="com.example.cotton",
+                    label="木棉笔记",
""")
