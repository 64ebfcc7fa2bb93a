"""A ledger whose page in the phone's own store tells each permission with its use, the policy and who made it."""

from device_farm.virtual import Twin

Twin("""
--- ../phone_store_says_little.py
-    package = "com.example.yueji.ledger"
-    label = "月记账本"
+    package = "com.example.yueji.ledger.twin"
+    label = "月记小账本"

-        StoreListing("com.example.yueji.ledger", "月记账本", version_name="1.8.0", version_code=180, permissions=[CAMERA]),
+        StoreListing(
+            "com.example.yueji.ledger.twin", "月记小账本", developer="月记科技有限公司", contact="help@yueji.example",
+            filing="京ICP备12345678号-2A", version_name="1.8.0", version_code=180, permissions=[CAMERA, PLACE],
+            uses={CAMERA: "用于拍摄小票", PLACE: "用于记录消费地点"}, privacy_policy="https://yueji.example/privacy",
+        ),

-        "c9-not-told": "violation",
-        "c9-differs-from-package": "violation",
-        "c10-no-contact": "violation",
+        "c9-not-told": "clear",
+        "c9-differs-from-package": "clear",
+        "c10-no-contact": "clear",
""")
