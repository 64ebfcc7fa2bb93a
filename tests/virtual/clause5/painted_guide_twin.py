"""A telescope app on a canvas that only paints a line into its page at each start.

It blocks nothing and asks nothing.
"""

from device_farm.virtual import Twin

Twin("""
--- painted_guide.py
-    package = "com.example.xingtu.stars"
+    package = "com.example.xingtu.stars.twin"

-        "c5-asks-again-on-relaunch": "suspected",
+        "c5-asks-again-on-relaunch": "clear",

-                top = pen.height - 640
-                pen.rect(0, top, pen.width, pen.height, colour="#FFFFFFFF", radius=40)
-                pen.text("定位权限未开启", 60, top + 70, size=56, colour="#FF111111")
-                pen.text("星图按所在位置计算星空,请前往设置开启", 60, top + 190, colour="#FF555555")
-                pen.rect(60, top + 380, 520, top + 520, colour="#FFEEEEEE", radius=70)
-                pen.text("暂不开启", 290, top + 425, size=46, colour="#FF333333", align="center")
-                pen.rect(560, top + 380, 1020, top + 520, colour="#FF3B5BFF", radius=70)
-                pen.text("前往设置", 790, top + 425, size=46, colour="#FFFFFFFF", align="center")
+                pen.text("未开启定位权限,按北京计算,可在设置中开启", 60, 1960, size=38, colour="#FF8899CC")

-        def on_touch(self, id, x, y):
-            if self.guide and y > 1700:
-                self.guide = False
-                self.invalidate()
-                if x > 540:
-                    self.open_settings()
-
""")
