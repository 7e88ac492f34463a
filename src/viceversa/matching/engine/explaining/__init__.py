"""Why this pair, why not that one, why nobody, how fair, and what would change."""
