"""A reading-aloud app that lays a banner over its page while it asks for the microphone; the banner says what for."""

from device_farm.virtual import Twin

Twin("""
--- banner_that_says_nothing.py
-        "c5-purpose-not-told": "violation",
+        "c5-purpose-not-told": "clear",

-                words = "权限说明:为了给您提供更好的服务,我们需要申请相关权限"
+                words = "麦克风权限使用说明:用于录下你的跟读并给发音打分"
""")
