"""A radio: at the second return from its list of programmes an offer lies over the page, once; its cross closes it."""

from device_farm.virtual import Twin

Twin("""
--- second_return.py
-from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Scroll, Text
+from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Scroll, Text

-    package = "com.example.return"
+    package = "com.example.returnpolite"
     label = "夜航电台"
     options = ("--clause", "7")
-    expected = {"c7-window-cannot-close": "violation", "c7-jump": "clear"}
+    expected = {"c7-window-cannot-close": "clear", "c7-jump": "clear"}

-            head = Text("年卡五折")
+            head = Row(Text("年卡五折"), Button("关闭", id="x"))

-            if id == "buy":
+            if id == "x":
+                self.offer = False
+                self.draw()
+            elif id == "buy":
""")
