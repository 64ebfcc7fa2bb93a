"""Opens an invisible activity of one pixel when the screen goes dark."""

from device_farm.virtual import Twin

Twin("""
--- translucent_page.py
-class Ghost(App):
-    package = "com.example.translucent"
-    label = "隐形"
+class Pixel(App):
+    package = "com.example.pixel"
+    label = "一像素"

-            self.show(Text("隐形"))
+            self.show(Text("一像素"))

-    class Veil(Activity):
-        translucent, exclude_from_recents = True, True
+    class Dot(Activity):
+        translucent, window, exclude_from_recents = True, (1, 1), True

-            self.start_activity("Veil")
+            self.start_activity("Dot")
""")
