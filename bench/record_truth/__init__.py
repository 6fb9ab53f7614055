"""Invented incidents, texts that tell the truth about them, and the same texts with one lie."""
