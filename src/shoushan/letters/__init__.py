"""Responsibility letters (责任状): issued, signed by two parties, amended; the annex is the set of targets."""
