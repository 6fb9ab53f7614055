"""What happened: the incident, its updates, the record of facts, the case and its clocks.

Nothing here is public by itself; what leaves goes through ``publishing``.
"""
