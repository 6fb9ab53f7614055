"""What must not leave the company."""
