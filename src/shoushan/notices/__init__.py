"""What the product tells people outside its pages (通知): an outbox, its channels, and delivery that never doubles."""
