"""The trust report of a period, over 1,000 to 100,000 incidents with ten letters each.

The histories are invented and as dense as each other, 1,250 incidents a quarter: a longer one
reaches further back. Rows are written by bulk, as the product would leave them. The report is
gathered and folded as the desk does it, without a page; its page is asked for besides.
"""
