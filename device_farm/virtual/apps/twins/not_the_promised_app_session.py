"""A reader's page offers one app, loads the file itself and puts that app into an install session."""

from device_farm.virtual import Twin

Twin("""
--- ../not_the_promised_app_session.py
-NAME, PACKAGE = "麦粒短剧", "com.example.maili.drama"
+NAME, PACKAGE = "麦田阅读", "com.example.maitian.reader"

-    package = "com.example.huaye.comics"
-    label = "画页漫画"
+    package = "com.example.huaye.comics.twin"
+    label = "画页动漫"

-    expected = {"c7-not-the-promised-app": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}
""")
