"""A tool box that ends over the location, and whose scanner keeps quiet for three days after a denial."""

from device_farm.virtual import Twin

Twin("""
--- exits_and_asks_within_two_days.py
-QUIET_HOURS = 1
+QUIET_HOURS = 72

-    package = "com.example.wanneng.toolbox"
-    label = "万能工具箱"
+    package = "com.example.shunshou.toolbox"
+    label = "顺手工具箱"

-        "c5-asks-within-48-hours": "violation",
+        "c5-asks-within-48-hours": "clear",

-    class Splash(Activity):
+    class Main(Activity):

-            self.show(Column(Text("万能工具箱")))
-            self.post_delayed(self.enter, 2)
-
-        def enter(self):
-            self.start_activity("Main")
-            self.finish()
-
-    class Main(Activity):
-        def on_create(self):
-            self.show(Column(Text("万能工具箱"), Button("单位换算", id="units"), Button("更多工具", id="more")))
+            self.show(Column(Text("顺手工具箱"), Button("单位换算", id="units"), Button("更多工具", id="more")))
""")
