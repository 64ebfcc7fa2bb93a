"""The same page, which shows an advert over its new rates, whose cross closes it."""

from device_farm.virtual import Twin

Twin("""
--- pulled_down.py
-    package = "com.example.pulleddown"
+    package = "com.example.pulleddownpolite"

-    expected = {"c7-jump": "violation"}
+    expected = {"c7-jump": "clear", "c7-close-acts-as-confirm": "clear", "c7-window-cannot-close": "clear"}

                 self.count += 1
-                self.draw()
-                self.start_activity(action="android.intent.action.VIEW", data="https://ads.example/land")
+                self.over = True
+                self.draw()
""")
