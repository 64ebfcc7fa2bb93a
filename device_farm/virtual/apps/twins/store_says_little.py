"""A ledger whose page in a store tells all that it must (store_says_little.html beside it)."""

from device_farm.virtual import Twin

Twin("""
--- ../store_says_little.py
-    package = "com.example.suishou.ledger"
-    label = "随手账本"
+    package = "com.example.suishou.ledger.twin"
+    label = "随手小账本"

-        "c9-not-told": "violation",
-        "c9-differs-from-package": "violation",
-        "c10-no-contact": "violation",
+        "c9-not-told": "clear",
+        "c9-differs-from-package": "clear",
+        "c10-no-contact": "clear",
""")
