"""A scanner whose new version has in its store's page nothing of what the version before had."""

from device_farm.virtual import Twin

Twin("""
--- ../same_again.py
-    store_listings = [StoreListing("com.example.qingsao.scan", "轻扫", version_name="3.1.0", version_code=310)]
+    store_listings = [
+        StoreListing(
+            "com.example.qingsao.scan", "轻扫", developer="轻扫科技有限公司", contact="help@qingsao.example",
+            filing="京ICP备12345678号-3A", version_name="3.1.0", version_code=310, permissions=[CAMERA],
+            uses={CAMERA: "用于扫码"}, privacy_policy="https://qingsao.example/privacy",
+        ),
+    ]

-    options = ["--clause", "9", "--clause", "10", "--store-app", "--earlier", "before/same_again.py"]
-    expected = {"c9-not-told": "violation", "c10-same-again": "suspected"}
+    options = ["--clause", "9", "--clause", "10", "--store-app", "--earlier", "../before/same_again.py"]
+    expected = {"c9-not-told": "clear", "c10-same-again": "clear"}
""")
