"""Novels: a wall in a WebView without a tree, once the phone state was refused, and a way round it."""

from device_farm.virtual import Twin

Twin("""
--- web_wall.py
-    package = "com.example.webwall"
+    package = "com.example.webwalltwin"

-        "c5-denial-blocks-function": "violation",
+        "c5-denial-blocks-function": "clear",

-            self.show(WebView(Column(Text("无法阅读"), Text("请先开启电话权限"), Button("去设置", id="set")), accessible=False))
+            told = (Text("无法阅读"), Text("请先开启电话权限"))
+            self.show(WebView(Column(*told, Button("去设置", id="set"), Button("直接看书", id="read")), accessible=False))
""")
