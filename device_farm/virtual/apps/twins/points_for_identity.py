"""A step counter that wants an ID card where money is paid out, and gives points for steps."""

from device_farm.virtual import Twin

Twin("""
--- ../points_for_identity.py
-    package = "com.example.zoubu.steps"
-    label = "走步计"
+    package = "com.example.zoubu.steps.twin"
+    label = "走步计数"

-    expected = {"c8-reward-for-identity": "suspected"}
+    expected = {"c8-reward-for-identity": "clear"}

-            self.show(Column(Text("任务中心"), Text("完成实名认证，得 300 积分"), name, number, Button("稍后再说", id="later")))
+            said = Text("走满一万步，得 300 积分"), Text("按支付规定，提现须实名认证")
+            self.show(Column(Text("任务中心"), *said, name, number, Button("稍后再说", id="later")))
""")
