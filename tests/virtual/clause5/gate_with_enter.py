"""A gate before the app: a box to tick, 暂不使用, and 进入, whose word says neither yes nor no.

Behind it a refusal ends the app.
"""

from device_farm.virtual import Twin

Twin("""
--- gate_with_bare_box.py
-    package = "com.example.cangku.stock"
-    label = "仓管"
+    package = "com.example.dengji.visitors"
+    label = "访客登记"

-    expected = {"c1-no-privacy-prompt": "clear", "c1-consent-without-refusal": "clear", "c5-exit-after-denial": "violation"}
+    expected = {
+        "c1-no-privacy-prompt": "clear",
+        "c1-consent-preticked": "clear",
+        "c1-consent-without-refusal": "clear",
+        "c5-exit-after-denial": "violation",
+    }

-            said = Text("使用前请查看《隐私政策》和《用户协议》，勾选后继续")
-            answers = Row(Button("暂不同意", id="leave"), Button("同意并继续", id="enter"))
-            self.show(Column(said, Checkbox("我知道上述内容", id="box", checked=False), answers, background="#FFFFFF"))
+            box = Checkbox("我已阅读并同意《隐私政策》", id="box", checked=False)
+            terms = Row(box, Text("隐私政策", id="doc"))
+            self.show(Column(Text("访客登记"), terms, Button("进入", id="enter"), Text("暂不使用", id="leave")))

-                self.toast("请先勾选")
+                self.toast("请先阅读并勾选")

-            self.show(Column(Text("今日入库"), Text("暂无"), Button("扫一扫", id="scan")))
+            self.show(Column(Text("今日访客"), Text("暂无"), Button("扫一扫", id="scan")))
""")
