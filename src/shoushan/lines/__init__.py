"""Work lines (条线) that never import each other."""
