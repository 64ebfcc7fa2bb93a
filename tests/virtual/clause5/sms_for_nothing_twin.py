"""A notebook that asks for the SMS some seconds after its start; it can import bills from messages."""

from device_farm.virtual import Twin

Twin("""
--- sms_for_nothing.py
-MORE = "字数统计"
+MORE = "导入短信账单"

-        "c5-asks-without-function": "suspected",
+        "c5-asks-without-function": "clear",
""")
