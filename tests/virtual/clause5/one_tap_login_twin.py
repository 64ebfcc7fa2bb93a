"""A login page whose 本机号码一键登录 needs the phone permission, with the SMS code beside it."""

from device_farm.virtual import Twin

Twin("""
--- one_tap_login.py
-WAYS = [Button("本机号码一键登录", id="one")]
+WAYS = [Button("本机号码一键登录", id="one"), Text("短信验证码登录", id="sms")]

-        "c5-denial-blocks-login": "violation",
+        "c5-denial-blocks-login": "clear",
""")
