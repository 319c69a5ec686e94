"""The pages that every work line shares."""
