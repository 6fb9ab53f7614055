from afterword.demo.telling import Said, Story, Written

SLOW_SIGN_IN = Story(
    key="slow-sign-in",
    days_ago=118,
    clock="07:50",
    minutes=34,
    title="Signing in took up to a minute",
    severity=3,
    impacts={"Sign-in": "degraded_performance"},
    said=(
        Said(
            11,
            "investigating",
            "Signing in takes up to a minute. Whoever is signed in can keep working. Next update "
            "by 08:30 UTC.",
            {"Sign-in": "degraded_performance"},
        ),
        Said(34, "resolved", "Signing in takes about 2 seconds again since 08:24 UTC."),
    ),
    affected=46,
    total=1131,
    symptom="signing in took up to a minute",
    cause="a nightly clean-up ran into the morning and kept the sign-in database busy",
    fingerprint="clean-up-overran",
    cause_class="operator_action",
    checked_how="nothing is stored when somebody signs in; the access log of the morning was read",
    data_nouns=("booking", "order"),
    closure=Written(
        "Signing in is fast again",
        """\
Resolved: sign-in is working normally again. On {day}, from {began} to {ended} UTC ({duration}), \
signing in took up to a minute. This affected {affected} of {total} customers ({percent}%); \
people who were already signed in could keep working.

No booking or order was lost or changed: we read the access log of that morning. Sign-in has been \
stable since {ended} UTC, and we watched it until {watch} UTC. A nightly clean-up of ours ran \
into the morning, and we have moved it to 01:00 UTC.

We are sorry for the slow start to your day. No further report follows. If signing in is still \
slow for you, contact support@brambleworth.example. Thank you for your patience.
""",
    ),
    outcome="none",
    reason="The closure already says what happened, who, how long and what changed.",
)

SLOW_SCANNING = Story(
    key="slow-scanning",
    days_ago=44,
    clock="19:05",
    minutes=26,
    title="Door scanning was slow",
    severity=3,
    impacts={"Door scanning": "degraded_performance"},
    said=(
        Said(
            9,
            "identified",
            "Scanning a ticket takes about 6 seconds instead of 1. Tickets are checked correctly. "
            "Next update by 19:40 UTC.",
            {"Door scanning": "degraded_performance"},
        ),
        Said(26, "resolved", "Scanning takes about a second again since 19:31 UTC."),
    ),
    affected=51,
    total=1204,
    symptom="scanning a ticket took about 6 seconds instead of 1",
    cause="a report of our own was made at the busiest minute of the evening",
    fingerprint="report-at-peak",
    cause_class="capacity",
    checked_how="every scan of the evening compared with the tickets sold",
    data_nouns=("ticket", "scan"),
    closure=Written(
        "Door scanning is fast again",
        """\
Resolved: door scanning is working normally again. On {day}, from {began} to {ended} UTC \
({duration}), scanning a ticket took about 6 seconds instead of 1. This affected {affected} of \
{total} customers ({percent}%), those with guests at the door at that time.

No ticket or other data was lost or changed: we compared every scan of the evening with the \
tickets sold. Scanning has been stable since {ended} UTC, and we watched it until {watch} UTC. A \
report of our own ran at the busiest minute of the evening; it now runs at night.

We are sorry for the queues. No further report follows. If scanning is still slow for you, \
contact support@brambleworth.example. Thank you for keeping your guests company.
""",
    ),
    outcome="none",
    reason="The closure already says what happened, who, how long and what changed.",
)
