"""Questions to the history, asked of 1,000 and of 100,000 incidents, on SQLite or PostgreSQL.

The histories are invented: words as frequent as in any language, some in every incident, some in
half of them, two of which never meet, one in three incidents only. An answer is the whole page that
`/history/search/` gives, as Django makes it, without a network.
"""
