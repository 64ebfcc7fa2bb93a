"""Maps of apps: screens, what was pressed where and where it led; what is worth pressing next.

How much of an app was seen. Pure.
"""
