"""A calendar made for Android 5 that goes on without consent, and leaves the contacts alone then."""

from device_farm.virtual import Twin

Twin("""
--- ../reads_after_refusal.py
-    package = "com.example.suishi.calendar"
-    label = "岁时日历"
+    package = "com.example.suishi.calendar.twin"
+    label = "岁时日历平安版"

-        "c1-reads-after-refusal": "violation",
+        "c1-reads-after-refusal": "clear",

-            if id in ("同意", "不同意"):
+            if id == "同意":
""")
