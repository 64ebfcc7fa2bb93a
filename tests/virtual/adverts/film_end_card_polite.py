"""The same film, whose card says what it offers and asks before it loads."""

from device_farm.virtual import Twin

Twin("""
--- film_end_card.py
-    package = "com.example.filmendcard"
+    package = "com.example.filmendcardpolite"

-    expected = {"c7-disguised-download": "violation"}
+    expected = {"c7-download-without-notice": "clear", "c7-close-acts-as-confirm": "clear"}

-            told = Text("糖果庄园"), Text("4.6 分　2.3 万人在玩"), Button("免费获取", id="get")
+            told = Text("糖果庄园"), Text("开发者：云田科技　版本 2.1.0　30 MB"), Button("立即下载", id="get")

             elif id == "get":
+                self.show_dialog("下载提示", "应用名称：糖果庄园　开发者：云田科技　版本 2.1.0　30 MB", "下载", "取消")
+            elif id == "下载":

                     label="糖果庄园",
+                    version_name="2.1.0",
""")
