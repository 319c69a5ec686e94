"""Monthly returns (填报): periods and their four clocks, values, verification, and what they add up to."""
