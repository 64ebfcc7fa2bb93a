"""A map of bookshops whose policy tells of the clipboard too."""

from device_farm.virtual import Twin

Twin("""
--- ../undeclared_reads.py
-    "您可以查询、更正、删除您的个人信息，也可以注销账号。",
+    "为识别您复制的书名，我们会读取剪贴板中的内容，只在本机比对。您可以查询、更正、删除您的个人信息。",

-    package = "com.example.shiye.bookshops"
+    package = "com.example.shiye.bookshops.twin"

-        "c1-undeclared-reads": "suspected",
+        "c1-undeclared-reads": "clear",
""")
