"""What reacts to what: event → functions of packages above the one that announces it."""

REACTIONS: dict[str, tuple[str, ...]] = {}
