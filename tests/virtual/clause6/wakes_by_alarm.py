"""Wakes itself by an alarm every five minutes, and two other apps each time."""

from device_farm.virtual import Twin

Twin("""
--- wakes_by_broadcast.py
-class Caster(App):
-    package = "com.example.bybroadcast"
-    label = "广播"
+class Chain(App):
+    package = "com.example.byalarm"
+    label = "链式"

-        "c6-self-start": "clear",
+        "c6-self-start": "violation",

         "c6-starts-before-consent": "suspected",  # it never asks for consent
     }
+
+    def on_alarm(self, id):
+        for bait in ("video", "music"):
+            self.send_broadcast("com.example.WAKE", target=f"com.example.bait.{bait}/.Wake", include_stopped=True)
+        self.exit(0)

-            self.show(Text("广播"))
-            self.send_broadcast("com.example.WAKE", target="com.example.bait.video/.Wake", include_stopped=True)
-            self.send_broadcast("com.example.WAKE", target="com.example.bait.music/.Wake", include_stopped=True)
+            self.show(Text("链式"))
+            self.set_alarm("chain", after=300, every=300, exact=True)
""")
