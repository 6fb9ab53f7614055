"""The other half of the third generator's sentences, kept aside: no rule is written for these."""
