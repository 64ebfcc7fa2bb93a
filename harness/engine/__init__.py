"""A check from end to end: scenarios are driven, rules are judged."""
