"""What is done in dispatch: meetings are prepared and held; follow-ups are opened, reported and closed."""
