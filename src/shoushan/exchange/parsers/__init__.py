"""What runs in a process of its own, on bytes nobody has vouched for; imports nothing of ours."""
