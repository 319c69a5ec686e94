"""Safety hazards (安全隐患): found, graded, ordered, rectified, checked by others, closed."""
