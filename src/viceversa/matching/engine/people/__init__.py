"""From people and a programme's settings to the admissible pairs and their scores."""
