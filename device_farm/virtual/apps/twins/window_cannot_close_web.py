"""A web page over everything, without a view tree, that its cross closes."""

from device_farm.virtual import Twin

Twin("""
--- ../window_cannot_close_web.py
-    package = "com.example.suda.parcel"
-    label = "速搭快递"
+    package = "com.example.suda.parcel.twin"
+    label = "速搭寄件"

-    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

-            pass
+            self.finish()
""")
