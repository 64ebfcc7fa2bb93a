"""A shop finder that stays when it is refused the location."""

from device_farm.virtual import Twin

Twin("""
--- ../exit_by_finish.py
-    package = "com.example.linjia.shops"
-    label = "邻家门店"
+    package = "com.example.linjia.shops.twin"
+    label = "邻家门店社区版"

-        "c5-exit-after-denial": "violation",
+        "c5-exit-after-denial": "clear",

-                self.finish()
+                self.toast("未获得位置权限，可手动选择城市")
""")
