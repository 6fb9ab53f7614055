"""The only writers of this room, a file per group of verbs."""

from afterword.incidents.actions.case import close_case, open_case, reopen
from afterword.incidents.actions.decide import confirm_decision, decide_summary
from afterword.incidents.actions.imported import ImportedUpdate, import_incident
from afterword.incidents.actions.opening import open_incident
from afterword.incidents.actions.record import save_record
from afterword.incidents.actions.updating import add_update

__all__ = [
    "ImportedUpdate",
    "add_update",
    "close_case",
    "confirm_decision",
    "decide_summary",
    "import_incident",
    "open_case",
    "open_incident",
    "reopen",
    "save_record",
]
