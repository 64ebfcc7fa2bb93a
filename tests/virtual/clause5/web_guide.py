"""A shop that is one web page without accessibility.

At each start the page sends the user to the settings for the location.
"""

from device_farm.virtual import Twin

Twin("""
--- web_loop.py
-    package = "com.example.yunji.webshop"
+    package = "com.example.yunji.webguide"

-        "c5-dialog-loop": "violation",
+        "c5-dialog-loop": "clear",
+        "c5-asks-again-on-relaunch": "suspected",

-
-        def on_permission_result(self, results):
-            if not results.get(LOCATION):
+            elif not self.check_self_permission(LOCATION):

-            else:
-                self.post_delayed(self.demand, 3)
""")
