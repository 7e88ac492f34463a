"""Our figures beside the peers', as ratios within one run. `make bench` runs all."""
