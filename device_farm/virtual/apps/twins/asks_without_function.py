"""A poem reader that asks for the phone state, which its hotline uses; too early, but not without a function."""

from device_farm.virtual import Twin

Twin("""
--- ../asks_without_function.py
-    package = "com.example.shici.poems"
-    label = "诗词日课"
+    package = "com.example.shici.poems.twin"
+    label = "诗词日课少年版"

-        "c5-asks-without-function": "suspected",
+        "c5-asks-without-function": "clear",

-            self.show(Column(Text("我的"), Button("意见反馈", id="feedback")))
+            self.show(Column(Text("我的"), Button("拨打客服热线", id="hotline")))
""")
