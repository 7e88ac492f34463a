"""From arrays to the best assignment and its proof; read solver.py first."""
