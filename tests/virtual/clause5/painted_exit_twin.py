"""A music game on a canvas that explains itself before it asks; whoever says 拒绝 to its own modal goes on."""

from device_farm.virtual import Twin

Twin("""
--- painted_exit.py
-    package = "com.example.gechang.sing"
+    package = "com.example.gechang.sing.twin"

-    expected = {"c5-exit-after-denial": "violation"}
+    expected = {"c5-exit-after-denial": "clear", "c5-dialog-loop": "clear", "c5-asks-again-on-relaunch": "clear"}

-            else:
-                self.finish_affinity()
""")
