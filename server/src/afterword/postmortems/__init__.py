"""The internal, blameless review. Imported by the desk, and the demo; never on an outward path.

Saving leaves only salted hashes in ``wording``: of its word runs and of the names in it. What
crosses to the public side crosses by ``actions.lifting``, one fact or promise at a time.
"""
