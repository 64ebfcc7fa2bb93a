"""A clothes shop that asks once at its nearby page, and again only there."""

from device_farm.virtual import Twin

Twin("""
--- ../asks_again_in_session.py
-    package = "com.example.yishang.clothes"
-    label = "衣上小铺"
+    package = "com.example.yishang.clothes.twin"
+    label = "衣上小铺会员版"

-        "c5-asks-again-in-session": "violation",
+        "c5-asks-again-in-session": "clear",

-            if id not in (*TABS, "nearby"):
-                return  # an answer to the prompt

-            if self.app.prefs.get("prompts"):
+            if self.app.prefs.get("prompts") and id == "nearby":
""")
