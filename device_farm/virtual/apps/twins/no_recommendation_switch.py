"""A reader of news with a switch, a heading that marks what it recommends, and a policy that names its source."""

from device_farm.virtual import Twin

Twin("""
--- ../no_recommendation_switch.py
-from device_farm.virtual import Activity, App, Button, Column, ListView, Row, Scroll, Text
+from device_farm.virtual import Activity, App, Button, Column, ListView, Row, Scroll, Switch, Text

-    "为完善用户画像，我们会从合作伙伴处获取您的兴趣信息。",
+    "为完善用户画像，我们会从合作伙伴杭州示例数据有限公司处获取您的兴趣信息。",

-    package = "com.example.wandu.reader"
+    package = "com.example.wandu.reader.twin"

-    heading = "晚读"
+    heading = "为你推荐"

-        "c4-no-switch": "violation",
-        "c4-not-labelled": "suspected",
-        "c4-source-not-told": "suspected",
-        "c4-switch-comes-back": "not_exercised",
+        "c4-no-switch": "clear",
+        "c4-not-labelled": "clear",
+        "c4-source-not-told": "clear",
+        "c4-switch-comes-back": "clear",

         def on_create(self):
-            self.show(Column(Text("设置"), Button("字号", id="size"), Button("隐私政策", id="policy")))
+            on = self.app.prefs.get("personal", True)
+            self.show(Column(Text("设置"), Switch("个性化推荐", id="personal", checked=on), Button("隐私政策", id="policy")))
+
+        def on_switch(self, id, checked):
+            self.app.prefs["personal"] = checked
""")
