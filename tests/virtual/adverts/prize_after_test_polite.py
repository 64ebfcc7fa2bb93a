"""The same reward card behind a test that counts its share: taking it only tells so."""

from device_farm.virtual import Twin

Twin("""
--- prize_after_test.py
-    package = "com.example.prize"
-    label = "体检小站"
+    package = "com.example.prizepolite"
+    label = "体检小屋"

-    expected = {"c7-disguised-download": "violation", "c7-window-cannot-close": "clear"}
+    expected = {"c7-disguised-download": "clear", "c7-window-cannot-close": "clear"}

     class Test(Activity):
+        percent = 0
+

-            self.show(Column(Text("正在检测"), Text("请勿离开")))
-            self.post_delayed(self.done, 7)
+            self.count()
+
+        def count(self):
+            if self.percent >= 100:
+                self.done()
+                return
+            self.show(Column(Text("检测进行中"), Text(f"{self.percent}%"), Button("换一组", id="other")))
+            self.percent += 12
+            self.post_delayed(self.count, 1)

-            self.start_activity("Report")
-            self.finish()
+            if id == "report":
+                self.start_activity("Report")
+                self.finish()

-                self.enqueue_download(
-                    "https://ads.example/run.apk",
-                    title="跑步记",
-                    file_name="run.apk",
-                    size=20_000_000,
-                    package="com.example.run",
-                    label="跑步记",
-                )
+                self.toast("积分已到账")
""")
