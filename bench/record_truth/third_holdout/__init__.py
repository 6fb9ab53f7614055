"""The other half of the third generator's sentences: kept aside at first, read since then.

Rules were mended for what they showed, so they say no longer how unseen words fare.
"""
