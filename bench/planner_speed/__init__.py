"""What the plan of one incident costs, the more people there are it might be about."""
