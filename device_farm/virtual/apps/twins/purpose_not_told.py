"""A parcel app that says what it needs the camera for before it asks."""

from device_farm.virtual import Twin

Twin("""
--- ../purpose_not_told.py
-NOTICE = "为了给您提供更好的服务，我们需要使用相机权限。"
+NOTICE = "相机权限用于扫描快递柜上的取件二维码，不会拍摄或保存照片。"

-    package = "com.example.kuaidi.parcels"
-    label = "包裹到家"
+    package = "com.example.kuaidi.parcels.twin"
+    label = "包裹到家乡村版"

-        "c5-purpose-not-told": "violation",
+        "c5-purpose-not-told": "clear",
""")
