"""Cinema: before it asks for the location it explains: 位置权限用于查找您附近的影院."""

from device_farm.virtual import Twin

Twin("""
--- other_purpose.py
-    package = "com.example.otherpurpose"
+    package = "com.example.otherpurposetwin"

-        "c5-purpose-not-told": "violation",
+        "c5-purpose-not-told": "clear",

-                self.show_dialog("存储权限说明", "存储权限用于保存电影海报到相册", "知道了")
+                self.show_dialog("位置权限说明", "位置权限用于查找您附近的影院", "知道了")
""")
