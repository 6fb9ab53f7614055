"""An invented company with eighteen months of history, for a first look.

Company, people, venues and incidents are made up. Everything enters through the verbs of the
other rooms, with the time it would have happened at: the texts pass the same checks, reviews and
door as those of a real team. Knows nothing of postmortems.
"""
