"""A shop in a WebView: after the refusal every tab brings a banner that blocks nothing."""

from device_farm.virtual import Twin

Twin("""
--- tab_cards.py
-from device_farm.virtual import App, Button, Column, Frame, Row, Text, WebView
+from device_farm.virtual import App, Button, Column, Row, Text, WebView

-    package = "com.example.tabcards"
+    package = "com.example.tabcardstwin"

-        "c5-asks-again-in-session": "violation",
+        "c5-asks-again-in-session": "clear",

-                told = (Text("开启定位权限"), Text("开启后推荐更合心意的好物"))
-                card = Column(*told, Button("去开启", id="set"), Button("残忍拒绝", id="close"), background="#FFFFFFFF")
-                self.show(Frame(page, Column(card, background="#99000000", gravity="bottom", clickable=True)))
+                self.show(Column(Row(Text("定位权限未开启，推荐可能不准"), Text("去开启", id="set"), background="#FFFFF3D0"), page))
""")
