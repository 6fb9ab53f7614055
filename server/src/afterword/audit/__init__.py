"""Who did what, when: written in the same transaction as the act, never changed afterwards.

Database triggers refuse UPDATE and DELETE on both databases; each row's hash commits to the one
before it. Details hold ids and names of fields, never the text of a draft or a postmortem.
"""
