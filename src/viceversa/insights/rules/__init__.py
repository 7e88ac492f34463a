"""What is a figure, when it is shown, and what it can tell."""
