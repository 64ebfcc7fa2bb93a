"""A coupon app that keeps quiet for 48 hours of the wall clock after its location was refused.

Then it asks at its function again.
"""

from device_farm.virtual import Twin

Twin("""
--- ../asks_within_two_days.py
-QUIET_HOURS = 1
+QUIET_HOURS = 48

-    package = "com.example.shenghui.coupons"
-    label = "省惠优惠券"
+    package = "com.example.shenghui.coupons.twin"
+    label = "省惠优惠券社区版"

-        "c5-asks-within-48-hours": "violation",
+        "c5-asks-within-48-hours": "clear",
""")
