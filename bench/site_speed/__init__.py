"""How fast readers get a built page: `afterword serve`, nginx over the same files with `deploy/`'s
configuration, and a Django view that renders the page from the database, in the same rounds.

Each server runs alone on one core, the load generator on another. Rounds are interleaved and ratios
taken within a round, because other work on the machine moves every absolute number.
"""
