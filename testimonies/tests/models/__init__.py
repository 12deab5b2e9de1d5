"""The records themselves: what they refuse, what they tell the log, what they keep."""
