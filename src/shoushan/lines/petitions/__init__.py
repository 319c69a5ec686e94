"""Petitions (信访): matters that people bring, told, answered and reviewed in time, and what caused them."""
