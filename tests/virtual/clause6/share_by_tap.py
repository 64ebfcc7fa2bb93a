"""Shares to another app where the user asks for it: innocent."""

from device_farm.virtual import Twin

Twin("""
--- login_by_tap.py
-class Login(App):
-    package = "com.example.login"
-    label = "登录"
+class Share(App):
+    package = "com.example.share"
+    label = "分享"

-    taps = ["视频账号登录"]
+    taps = ["分享给好友"]

-            self.show(Button("视频账号登录", id="login"))
+            self.show(Button("分享给好友", id="share"))
""")
