"""The only writers of this room, a file per group of verbs."""

from afterword.postmortems.actions.exporting import export
from afterword.postmortems.actions.filling import fill_timeline
from afterword.postmortems.actions.items import add_item, change_item
from afterword.postmortems.actions.lifting import lift_fact, lift_item
from afterword.postmortems.actions.reading import ask_reading, settle_reading
from afterword.postmortems.actions.saving import begin, save

__all__ = [
    "add_item",
    "ask_reading",
    "begin",
    "change_item",
    "export",
    "fill_timeline",
    "lift_fact",
    "lift_item",
    "save",
    "settle_reading",
]
