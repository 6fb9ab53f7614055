"""The desk over 100, 1,000 and 10,000 closed cases with as many open ones, on both databases.

Each size is a house of its own (a data folder, or a database on PostgreSQL). The houses are asked
in turn, round after round, so that a slow minute of the machine meets all of them. What counts is
the least time of each page: noise only adds. Queries are counted too, and must not grow at all.
"""
