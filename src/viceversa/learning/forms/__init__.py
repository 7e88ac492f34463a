"""What is typed about texts and training."""
