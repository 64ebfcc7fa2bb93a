"""A painted membership page that tells the renewal right below the price, as large as anything else."""

from device_farm.virtual import Twin

Twin("""
--- ../auto_renewal_pale.py
-RENEWAL = (540, 1980, 22, "#D9D9D9")
+RENEWAL = (540, 800, 46, "#222222")

-    package = "com.example.manbu.fitness"
-    label = "慢步健身"
+    package = "com.example.manbu.fitness.twin"
+    label = "慢步训练"

-    expected = {"c7-auto-renewal": "suspected", "c7-download-resumes": "not_exercised", "c7-not-the-promised-app": "not_exercised"}
+    expected = {"c7-auto-renewal": "clear", "c7-download-resumes": "not_exercised", "c7-not-the-promised-app": "not_exercised"}
""")
