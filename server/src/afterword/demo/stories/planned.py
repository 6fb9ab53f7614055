"""Planned work since Afterword; negative days lie ahead."""

from afterword.demo.telling import Past, Said

CARE = "under_maintenance"

PLANNED = (
    Past(
        150, "02:00", "Seat plans move to new storage", "maintenance", ("Seat plans",),
        (
            Said(-10080, "scheduled", "Seat plans cannot be edited from 02:00 to 03:30 UTC. "
                 "Selling goes on."),
            Said(0, "in_progress", "Editing is closed.", {"Seat plans": CARE}),
            Said(71, "completed", "Editing is open again since 03:11 UTC.",
                 {"Seat plans": "operational"}),
        ),
        kind="maintenance", planned_minutes=90,
    ),
    Past(
        80, "03:00", "New version of the reports database", "maintenance", ("Reports",),
        (
            Said(-7200, "scheduled", "Reports cannot be opened from 03:00 to 04:00 UTC."),
            Said(0, "in_progress", "Reports are closed.", {"Reports": CARE}),
            Said(46, "completed", "Reports are open again since 03:46 UTC. Nothing is missing: we "
                 "compared the takings of the last 30 days.", {"Reports": "operational"}),
        ),
        kind="maintenance", planned_minutes=60,
    ),
    Past(
        5, "04:00", "Card payments get a second line", "maintenance", ("Card payments",),
        (
            Said(-8640, "scheduled", "Paying by card can fail for up to 5 minutes between 04:00 "
                 "and 04:30 UTC."),
            Said(0, "in_progress", "The work has begun.", {"Card payments": CARE}),
            Said(22, "completed", "The second line is in place. Paying by card failed from 04:09 "
                 "to 04:12 UTC.", {"Card payments": "operational"}),
        ),
        kind="maintenance", planned_minutes=30,
    ),
    Past(
        -6, "03:00", "Door scanners get a new version", "maintenance", ("Door scanning",),
        (
            Said(-12960, "scheduled", "Scanners cannot check tickets between 03:00 and 03:45 UTC. "
                 "They take the new version by themselves; you need to do nothing."),
        ),
        kind="maintenance", planned_minutes=45,
    ),
)  # fmt: skip
