"""Texts and records that nobody wrote: random ones, from fixed seeds or within small budgets."""
