"""From publishing to visible, with 100, 10,000 and 100,000 incidents in the history.

A history is one real incident, told through the same verbs as any, and copies of every row that
these verbs wrote: thousands a second instead of some dozens. Each size is measured in a process of
its own, so that its memory is its own.
"""
