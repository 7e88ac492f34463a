"""How sure a figure is, and what may be shown of it. Plain values in and out: no Django, nothing of
the product."""
