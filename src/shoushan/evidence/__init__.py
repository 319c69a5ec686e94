"""Files with their hashes (佐证), and who verified what they prove (核实)."""
