"""A person, a customer or a supplier presented as the culprit."""
