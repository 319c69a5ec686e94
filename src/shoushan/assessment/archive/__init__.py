"""A year in one file that outlives this program: pages, tables, papers, proofs, and a script that checks them."""
