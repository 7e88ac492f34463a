"""What people do, and what happens by itself."""
