"""A stock app that writes a line about the contacts into its page, every 70 seconds after the refusal."""

from device_farm.virtual import Twin

Twin("""
--- every_seventy_seconds.py
-        "c5-asks-again-in-session": "violation",
+        "c5-asks-again-in-session": "clear",

-            self.show_dialog("通讯录权限", "开启通讯录权限,看看哪些好友也在炒股", "开启", "不了,谢谢")
+            self.line.text = "开启通讯录权限,看看哪些好友也在炒股"
+            self.invalidate()
""")
