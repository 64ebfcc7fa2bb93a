"""An app that asks for the album to back the pictures up, and for the location while it is used."""

from device_farm.virtual import Twin

Twin("""
--- ../draft_permissions.py
-    package = "com.example.shanju.homestay"
-    label = "山居民宿"
+    package = "com.example.shanju.homestay.twin"
+    label = "山居小住"

-    expected = {"c5-album-despite-picker": "suspected", "c5-background-location": "suspected"}
+    expected = {"c5-album-despite-picker": "clear", "c5-background-location": "clear"}

-            self.show(Column(Text("山居民宿"), Button("更换头像", id="avatar"), Button("附近房源", id="near"), Text("今日推荐")))
+            self.show(Column(Text("山居小住"), Button("照片备份", id="avatar"), Button("附近房源", id="near"), Text("今日推荐")))

-                self.request_permissions(PLACE)
-                self.post_delayed(lambda: self.request_permissions(ALL_THE_TIME), 2)
+                self.request_permissions(PLACE)
""")
