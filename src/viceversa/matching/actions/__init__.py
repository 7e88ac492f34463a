"""What can be done in matching, one file per noun."""
