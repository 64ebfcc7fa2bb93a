"""A news reader whose push SDK tries to read the IMSI once the policy was agreed to."""

from device_farm.virtual import Twin

Twin("""
--- ../reads_before_consent_tried.py
-    package = "com.example.zaobao.news"
-    label = "早报"
+    package = "com.example.zaobao.news.twin"
+    label = "早报平安版"

-        "c1-reads-before-consent": "suspected",
+        "c1-reads-before-consent": "clear",

-            self.read_device_id("getSubscriberIdForSubscriber", tag=TAG)

-                self.toast("欢迎")
+                self.read_device_id("getSubscriberIdForSubscriber", tag=TAG)
""")
