"""An almanac, called after the calendar, that asks for the calendar at its start."""

from device_farm.virtual import Twin

Twin("""
--- almanac_location.py
-LOCATION = "android.permission.ACCESS_FINE_LOCATION"
+CALENDAR = "android.permission.READ_CALENDAR"

-    package = "com.example.almanaclocation"
+    package = "com.example.almanaclocationtwin"

-    permissions = [LOCATION]
+    permissions = [CALENDAR]

-        "c5-asks-before-use": "violation",
+        "c5-asks-before-use": "clear",

-                self.request_permissions(LOCATION)
+                self.request_permissions(CALENDAR)
""")
