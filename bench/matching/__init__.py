"""The matching engine beside other solvers, on the same edges in one run."""
