"""The scenarios: one ``Scenario`` a file, and beside it the pytest test that judges its rules.

``apprights check APP`` drives them by the entry points of this package, ``pytest --pyargs scenarios --app APP`` drives
them under pytest. No file here imports pytest.
"""
