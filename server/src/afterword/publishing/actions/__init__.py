"""The verbs of the door. Nothing else in the product makes a publication."""

from afterword.publishing.actions.announce import (
    announce_backfill,
    announce_incident,
    announce_update,
)
from afterword.publishing.actions.catching_up import catalogue_what_is_missing
from afterword.publishing.actions.correction import correct
from afterword.publishing.actions.delivered import Delivered, delivered, tell_delivered
from afterword.publishing.actions.departing import (
    cancel_departure,
    let_out,
    publish_without_rest,
    schedule_statement,
)
from afterword.publishing.actions.imported import publish_imported
from afterword.publishing.actions.lateness import turn_measures_held, turn_promises_late
from afterword.publishing.actions.maintenance import (
    announce_calling_off,
    announce_maintenance,
    announce_move,
    move_maintenance_on,
)
from afterword.publishing.actions.panel import keep_panel_quarter, switch_panel
from afterword.publishing.actions.previewing import Preview, preview_of, would_leave
from afterword.publishing.actions.promises import publish_promises
from afterword.publishing.actions.reopening import reopen_incident
from afterword.publishing.actions.statement import publish_statement, publish_unread
from afterword.publishing.actions.translation import publish_translation

__all__ = [
    "Delivered",
    "Preview",
    "announce_backfill",
    "announce_calling_off",
    "announce_incident",
    "announce_maintenance",
    "announce_move",
    "announce_update",
    "cancel_departure",
    "catalogue_what_is_missing",
    "correct",
    "delivered",
    "keep_panel_quarter",
    "let_out",
    "move_maintenance_on",
    "preview_of",
    "publish_imported",
    "publish_promises",
    "publish_statement",
    "publish_translation",
    "publish_unread",
    "publish_without_rest",
    "reopen_incident",
    "schedule_statement",
    "switch_panel",
    "tell_delivered",
    "turn_measures_held",
    "turn_promises_late",
    "would_leave",
]
