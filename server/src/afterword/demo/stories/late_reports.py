from afterword.demo.telling import Promise, Said, Story, Written

LATE_REPORTS = Story(
    key="late-reports",
    days_ago=196,
    clock="06:00",
    minutes=205,
    title="Morning reports showed the day before",
    severity=3,
    impacts={"Reports": "degraded_performance"},
    said=(
        Said(
            52,
            "identified",
            "The morning report of some venues shows the figures of the day before. We are "
            "counting how many and will say so by 07:30 UTC.",
            {"Reports": "degraded_performance"},
        ),
        Said(
            88,
            "identified",
            "28 venues have yesterday's figures in today's report. We are making these reports "
            "again; the last will be right by 09:30 UTC.",
        ),
        Said(
            205,
            "resolved",
            "All reports have been made again and show the right day since 09:25 UTC.",
        ),
    ),
    affected=28,
    total=1052,
    symptom="the morning report showed the figures of the day before",
    cause="the count of the day's sales started before the day was closed",
    fingerprint="report-before-close",
    cause_class="software_defect",
    checked_how="every order of the 28 venues recounted",
    data_nouns=("report", "order", "ticket"),
    noticed_after=41,
    closure=Written(
        "Morning reports show the right day again",
        """\
Resolved: reports are right again. On {day}, from {began} to {ended} UTC ({duration}), the \
morning report showed {affected} customers, {percent}% of {total}, the figures of the day before.

No order or ticket was lost or changed: we recounted every order of these venues. Reports have \
been stable since {ended} UTC, and we watched them until {watch} UTC before closing this \
incident.

We are sorry. Some of you plan the day's staff with these figures. A short summary with the cause \
follows by {by}. If a figure still looks wrong, contact support@brambleworth.example. Thank you \
for telling us early.
""",
    ),
    outcome="short",
    reason="Reports alone, few venues; four sentences say everything there is to say.",
    summary=Written(
        "Why morning reports showed the day before",
        """\
On {day}, from {began} to {ended} UTC ({duration}), the morning report showed {affected} of \
{total} customers ({percent}%) the figures of the day before, and we are sorry.

This was our mistake: we started the count of the day's sales at a fixed time, and that night the \
day was not closed by then. No order or ticket was lost or changed; we recounted every order of \
these venues.

Done on {done1}: we changed the count so that it starts only after the day is closed, because a \
fixed time was a guess. A slow night now makes a report late instead of wrong. No further report \
on this follows; if a figure looks wrong, contact support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="The count of the day's sales starts only after the day is closed",
            why="It started at a fixed time, which was a guess",
            effect="A slow night makes a report late instead of wrong",
            mechanism="prevent",
            owner="Reports",
            due=7,
            done=1,
        ),
    ),
)
