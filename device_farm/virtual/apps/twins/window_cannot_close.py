"""A household app with a card over its home page that a cross in the lower left corner closes at the first touch."""

from device_farm.virtual import Twin

Twin("""
--- ../window_cannot_close.py
-    package = "com.example.anju.household"
-    label = "安居家政"
+    package = "com.example.anju.household.twin"
+    label = "安居到家"

-    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}
+    expected = {"c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

-            foot = Row(Text("新会员专区 名额有限"), Button("去看看", id="go"))
+            foot = Row(Button("×", id="close"), Text("新会员专区 名额有限"), Button("去看看", id="go"))
""")
