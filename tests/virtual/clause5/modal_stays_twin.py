"""Driving lessons: after the refusal a card over the page that a button closes."""

from device_farm.virtual import Twin

Twin("""
--- modal_stays.py
-    package = "com.example.modalstays"
+    package = "com.example.modalstaystwin"

-        "c5-dialog-loop": "violation",
+        "c5-dialog-loop": "clear",

-            self.card = bool(cards)

-                card = Column(*told, Button("去设置", id="set"), background="#FFFFFFFF")
+                card = Column(*told, Button("去设置", id="set"), Button("以后再说", id="later"), background="#FFFFFFFF")

-
-        def on_back_pressed(self):
-            return self.card
""")
