"""The version of the checker; publications note it beside the findings."""

__version__ = "0.1.0"
