"""The only writers of this room, a file per group of verbs."""

from afterword.incidents.actions.backfilling import backfill_incident
from afterword.incidents.actions.case import close_case, open_case, reopen
from afterword.incidents.actions.decide import confirm_decision, decide_summary
from afterword.incidents.actions.holds import hold_case, release_case
from afterword.incidents.actions.imported import ImportedUpdate, import_incident
from afterword.incidents.actions.opening import open_incident
from afterword.incidents.actions.outside import note_outside
from afterword.incidents.actions.parts_missed import keep_missed_parts
from afterword.incidents.actions.planning import (
    call_off_maintenance,
    move_maintenance,
    plan_maintenance,
)
from afterword.incidents.actions.record import save_record
from afterword.incidents.actions.recurring import judge_recurrence
from afterword.incidents.actions.templates import retire_template, save_template
from afterword.incidents.actions.titling import retitle
from afterword.incidents.actions.updating import add_update

__all__ = [
    "ImportedUpdate",
    "add_update",
    "backfill_incident",
    "call_off_maintenance",
    "close_case",
    "confirm_decision",
    "decide_summary",
    "hold_case",
    "import_incident",
    "judge_recurrence",
    "keep_missed_parts",
    "move_maintenance",
    "note_outside",
    "open_case",
    "open_incident",
    "plan_maintenance",
    "release_case",
    "reopen",
    "retire_template",
    "retitle",
    "save_record",
    "save_template",
]
