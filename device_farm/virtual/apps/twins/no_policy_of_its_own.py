"""A ledger that shows a policy of its own."""

from device_farm.virtual import Twin

Twin("""
--- ../no_policy_of_its_own.py
-    package = "com.example.suishou.ledger"
+    package = "com.example.suishou.ledger.twin"

-    expected = {"c1-no-policy-of-its-own": "suspected"}
+    expected = {"c1-no-policy-of-its-own": "clear"}

-            self.show(Column(Text("隐私政策"), Scroll(Text("欢迎使用白鹭日记。"), Text(TEXT), Text(f"白鹭日记的承诺：{TEXT}"))))
+            self.show(Column(Text("隐私政策"), Scroll(Text("欢迎使用随手账本。"), Text(TEXT), Text(f"随手账本的承诺：{TEXT}"))))
""")
