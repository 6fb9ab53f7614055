"""The months before Afterword, as the old status page told them: some of it well, much of it not.

The words are meant to be what tired people write. None of them passed a check.
"""

from afterword.demo.telling import Past, Said

DEGRADED, PARTIAL, MAJOR = "degraded_performance", "partial_outage", "major_outage"
CARE = "under_maintenance"

HISTORY = (
    Past(
        541, "17:20", "Ticket shop slow for some users", "minor", ("Ticket shop",),
        (
            Said(0, "investigating", "We are aware of an issue affecting some users of the shop.",
                 {"Ticket shop": DEGRADED}),
            Said(58, "resolved", "Everything is back to normal. We apologise for any inconvenience "
                 "this may have caused.", {"Ticket shop": "operational"}),
        ),
    ),
    Past(
        528, "03:00", "Planned work on the database", "maintenance", ("Box office", "Reports"),
        (
            Said(-10080, "scheduled", "We will upgrade our database. The box office and reports "
                 "may be unavailable for a short time."),
            Said(0, "in_progress", "The work has started.", {"Box office": CARE, "Reports": CARE}),
            Said(74, "completed", "The work is done.",
                 {"Box office": "operational", "Reports": "operational"}),
        ),
        kind="maintenance", planned_minutes=60,
    ),
    Past(
        512, "09:05", "Emails slightly delayed", "minor", ("Guest emails",),
        (
            Said(41, "investigating", "Some emails may be slightly delayed. Our team is looking "
                 "into it.", {"Guest emails": DEGRADED}),
            Said(190, "monitoring", "A fix has been implemented; we are monitoring the results."),
            Said(322, "resolved", "This brief issue has been resolved. Thank you for your "
                 "understanding.", {"Guest emails": "operational"}),
        ),
    ),
    Past(
        489, "19:34", "Card payments unavailable", "major", ("Card payments",),
        (
            Said(22, "investigating", "Our payment provider is having problems. This is beyond our "
                 "control.", {"Card payments": MAJOR}),
            Said(96, "resolved", "The provider has fixed the problem. Rest assured that your data "
                 "is safe.", {"Card payments": "operational"}),
        ),
    ),
    Past(
        470, "08:12", "Technical difficulties with sign-in", "minor", ("Sign-in",),
        (
            Said(9, "investigating", "We are experiencing technical difficulties.",
                 {"Sign-in": PARTIAL}),
            Said(31, "resolved", "Fixed!", {"Sign-in": "operational"}),
        ),
    ),
    Past(
        455, "07:00", "Takings in the weekly report were wrong", "minor", ("Reports",),
        (
            Said(35, "identified", "The weekly report counted refunds twice, so takings look lower "
                 "than they were. Settlements are right: they do not use this report.",
                 {"Reports": DEGRADED}),
            Said(265, "resolved", "The reports of last week have been made again and are right. If "
                 "you exported one before 11:25 UTC, please export it again. We are sorry.",
                 {"Reports": "operational"}),
        ),
    ),
    Past(
        431, "18:00", "Small number of customers cannot reach the shop", "critical",
        ("Ticket shop", "API"),
        (
            Said(26, "investigating", "A small number of users may be unable to reach the shop.",
                 {"Ticket shop": MAJOR, "API": PARTIAL}),
            Said(83, "identified", "We have identified the root cause and are working tirelessly "
                 "on a fix."),
            Said(187, "resolved", "The issue is fully fixed. We have taken steps to make sure this "
                 "never happens again.", {"Ticket shop": "operational", "API": "operational"}),
        ),
    ),
    Past(
        417, "02:30", "Seat plans move to a faster service", "maintenance", ("Seat plans",),
        (
            Said(-7200, "scheduled", "Seat plans cannot be edited between 02:30 and 04:00 UTC. "
                 "Selling goes on."),
            Said(0, "in_progress", "Editing is closed.", {"Seat plans": CARE}),
            Said(81, "completed", "Editing is open again.", {"Seat plans": "operational"}),
        ),
        kind="maintenance", planned_minutes=90,
    ),
    Past(
        402, "18:03", "Shop unavailable", "critical", ("Ticket shop",),
        (
            Said(17, "investigating", "The shop is unavailable. We are investigating.",
                 {"Ticket shop": MAJOR}),
            Said(64, "resolved", "The shop is back. This was unrelated to earlier events.",
                 {"Ticket shop": "operational"}),
        ),
    ),
    Past(
        388, "13:40", "Elevated API error rates", "minor", ("API",),
        (
            Said(12, "investigating", "We are seeing elevated 5xx rates on the API.",
                 {"API": DEGRADED}),
            Said(44, "monitoring", "A rollback has been deployed."),
            Said(70, "resolved", "Error rates are back to baseline.", {"API": "operational"}),
        ),
    ),
    Past(
        371, "10:15", "Box office app offline", "major", ("Box office",),
        (
            Said(20, "investigating", "We are looking into reports that the box office does not "
                 "load.", {"Box office": MAJOR}),
            Said(49, "identified", "An update we released this morning stops the app from "
                 "starting. We are taking it back. Until then you can sell from the web page."),
            Said(78, "resolved", "The update is gone and the box office loads again. It did not "
                 "load from 10:15 to 11:33 UTC. Sales made on the web page are all there.",
                 {"Box office": "operational"}),
        ),
    ),
    Past(
        355, "15:00", "Gift voucher hiccup", "minor", ("Gift vouchers",),
        (
            Said(65, "resolved", "There was a small hiccup with vouchers earlier today. All good "
                 "now!", {"Gift vouchers": "operational"}),
        ),
    ),
    Past(
        340, "19:10", "Scanners reject valid tickets", "major", ("Door scanning",),
        (
            Said(8, "investigating", "Scanners reject some valid tickets. Please let guests in and "
                 "note the ticket number.", {"Door scanning": MAJOR}),
            Said(21, "identified", "Tickets sold since noon are missing from the scanners. 412 "
                 "venues are open tonight and can be affected."),
            Said(43, "monitoring", "The missing tickets have been sent to the scanners. Please "
                 "press Refresh once.", {"Door scanning": DEGRADED}),
            Said(75, "resolved", "Scanning has been right since 19:53 UTC. It failed for 43 "
                 "minutes. Guests you let in by hand need no further step.",
                 {"Door scanning": "operational"}),
        ),
    ),
    Past(
        322, "04:00", "New servers for sign-in", "maintenance", ("Sign-in",),
        (
            Said(-4320, "scheduled", "Signing in may fail for up to ten minutes."),
            Said(0, "in_progress", "The move has begun.", {"Sign-in": CARE}),
            Said(38, "completed", "The move took 38 minutes instead of ten. Signing in failed for "
                 "that time; we are sorry.", {"Sign-in": "operational"}),
        ),
        kind="maintenance", planned_minutes=10,
    ),
    Past(
        305, "11:00", "Ticket emails in spam folders", "minor", ("Guest emails",),
        (
            Said(130, "investigating", "Due to an upstream provider, certain emails may have been "
                 "affected.", {"Guest emails": DEGRADED}),
            Said(1460, "resolved", "This is no longer happening.",
                 {"Guest emails": "operational"}),
        ),
    ),
    Past(
        291, "16:45", "Glitch in seat plans", "minor", ("Seat plans",),
        (
            Said(15, "investigating", "We are aware of a glitch.", {"Seat plans": PARTIAL}),
            Said(52, "resolved", "The glitch is gone. Venues who sold seats twice should contact "
                 "their guests.", {"Seat plans": "operational"}),
        ),
    ),
    Past(
        276, "20:02", "Slow card payments", "minor", ("Card payments",),
        (
            Said(11, "investigating", "Paying by card takes up to 40 seconds instead of 3. "
                 "Payments do go through.", {"Card payments": DEGRADED}),
            Said(38, "resolved", "Paying takes about 3 seconds again since 20:31 UTC. The slow "
                 "phase lasted 29 minutes.", {"Card payments": "operational"}),
        ),
    ),
    Past(
        262, "09:30", "API requests refused", "minor", ("API",),
        (
            Said(18, "identified", "A limit we changed this morning refuses requests from venues "
                 "that stay within their plan.", {"API": PARTIAL}),
            Said(29, "resolved", "The limit is back to what it was.", {"API": "operational"}),
        ),
    ),
    Past(
        247, "12:06", "Blip in the shop", "minor", ("Ticket shop",),
        (
            Said(30, "resolved", "Fortunately this was outside peak hours and most customers did "
                 "not notice.", {"Ticket shop": "operational"}),
        ),
    ),
    Past(
        233, "05:00", "Yesterday missing from reports", "none", ("Reports",),
        (
            Said(150, "identified", "The reports of yesterday are missing. The sales are there; "
                 "only the report was not made."),
            Said(210, "resolved", "The reports have been made."),
        ),
    ),
    Past(
        221, "03:00", "Work on our network", "maintenance", ("Ticket shop", "API"),
        (
            Said(-10080, "scheduled", "Our data centre replaces a router. We expect no effect."),
            Said(0, "in_progress", "The work has begun."),
            Said(55, "completed", "The router is in place; there was no effect."),
        ),
        kind="maintenance", planned_minutes=120,
    ),
    Past(
        209, "14:20", "Vouchers arrive without their code", "minor", ("Gift vouchers",),
        (
            Said(25, "investigating", "Some vouchers arrive without a code.",
                 {"Gift vouchers": PARTIAL}),
            Said(140, "resolved", "New vouchers have their code. Mistakes were made in a recent "
                 "change. We take quality very seriously.", {"Gift vouchers": "operational"}),
        ),
    ),
)  # fmt: skip
