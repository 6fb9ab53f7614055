"""The plan per incident: who needs more than the page, who is left in peace, and why."""
