"""A dialog that offers an app; 取消 closes it and nothing follows."""

from device_farm.virtual import Twin

Twin("""
--- ../close_acts_as_confirm.py
-LOADS = ("下载", "取消")
+LOADS = ("下载",)

-    package = "com.example.xiaomai.ledger"
-    label = "小麦账本"
+    package = "com.example.xiaomai.ledger.twin"
+    label = "小麦记账"

-        "c7-close-acts-as-confirm": "violation",
+        "c7-close-acts-as-confirm": "clear",
""")
