"""The third generator: tired engineers and support leads, written without a look at the rules."""
