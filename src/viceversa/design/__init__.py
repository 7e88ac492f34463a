"""How everything looks: base page, components, styles, scripts, the gallery."""
