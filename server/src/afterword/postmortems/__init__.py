"""The internal, blameless review. Imported by the desk and nobody else; never on an outward path.

Saving leaves only salted hashes of its word runs in ``wording``.
"""
