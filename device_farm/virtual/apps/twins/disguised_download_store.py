"""A store page for an app that is not on the phone: its button says 安装."""

from device_farm.virtual import Twin

Twin("""
--- ../disguised_download_store.py
-WORD = "打开"
+WORD = "安装"

-    package = "com.example.yinxing.shelf"
-    label = "银杏软件站"
+    package = "com.example.yinxing.shelf.twin"
+    label = "银杏应用站"

-    expected = {"c7-disguised-download": "violation", "c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-disguised-download": "not_exercised", "c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}
""")
