"""A shop that keeps its switch against recommendation as its user left it, and whose policy speaks of it."""

from device_farm.virtual import Twin

Twin("""
--- ../recommendation_switch_comes_back.py
-    "您可以查询、更正、删除您的个人信息，也可以注销账号。",
+    "我们会根据您的浏览记录向您推荐商品，您可以在“设置”中关闭个性化内容推荐。",

-    package = "com.example.shiwu.shop"
+    package = "com.example.shiwu.shop.twin"

-        "c4-switch-comes-back": "violation",
-        "c4-not-told": "suspected",
+        "c4-switch-comes-back": "clear",
+        "c4-not-told": "clear",

-        self.prefs["personal"] = True
+        self.prefs.setdefault("personal", True)
""")
