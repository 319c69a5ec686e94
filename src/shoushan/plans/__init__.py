"""What was promised: years, documents, passages, goals, and their cascade into shares."""
