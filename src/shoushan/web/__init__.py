"""Base templates, components, styles, the few scripts, template tags: what every page is made of."""
