from afterword.demo.telling import Promise, Said, Story, Written

API_ERRORS = Story(
    key="api-errors",
    days_ago=12,
    clock="11:20",
    minutes=102,
    title="The API answered with errors",
    severity=2,
    impacts={"API": "partial_outage"},
    said=(
        Said(
            8,
            "investigating",
            "About one in four API requests fails. The shop and the desk are not affected. Next "
            "update by 12:00 UTC.",
            {"API": "partial_outage"},
        ),
        Said(
            39,
            "identified",
            "A setting we changed this morning lets one of our servers answer before it is ready. "
            "We are taking it back. Next update by 13:00 UTC.",
        ),
        Said(102, "resolved", "Every API request has been answered since 13:02 UTC."),
    ),
    affected=143,
    total=1230,
    symptom="about one in four API requests failed",
    cause="a changed setting let a server answer before it was ready",
    fingerprint="server-not-ready",
    cause_class="change",
    checked_how="every refused request compared with the orders",
    data_nouns=("order", "request"),
    noticed_after=5,
    closure=Written(
        "API requests are answered again",
        """\
Resolved: the API is working again. On {day}, from {began} to {ended} UTC ({duration}), about one \
in four API requests failed. This affected {affected} of {total} customers ({percent}%), those \
that connect programs of their own.

No order was lost or changed: a request either failed as a whole or was carried out, and we \
compared every refused one with the orders. The API has been stable since {ended} UTC, and we \
watched it until {watch} UTC. Programs that try again need nothing from you.

We are sorry for the extra work. We will publish what happened and what we are changing by {by}. \
If a request is still refused, contact support@brambleworth.example. Thank you for the precise \
reports.
""",
    ),
    reason="One venue in nine, for well over an hour.",
    summary_after_days=4,
    summary=Written(
        "Why API requests failed",
        """\
About one in four API requests failed on {day}. This was our mistake, and we are sorry.

## What happened

That morning we changed a setting so that a new server would help out sooner. It helped out too \
soon: it answered before it had loaded everything, and the requests it got failed.

## Who was affected

The failure affected {affected} of {total} customers ({percent}%), those that connect programs of \
their own to the API.

## How long

From {began} to {ended} UTC on {day}, {duration}.

## Your data

No order was lost or changed: a request either failed as a whole or was carried out, and we \
compared every refused one with the orders.

## What we are changing

- *Done on {done1}:* a server gets requests only after it has answered a test request, because \
the setting relied on a guess of how long loading takes. A server that is not ready is left out.
- *By {due2}:* changes to settings reach one server first and stop by themselves if requests \
fail, because this one reached all of them at once. A mistake like this would then reach at most \
one request in twelve.

We cannot promise that requests will never fail. We will report on the second change here on \
{due2}. For questions, contact support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="A server gets requests only after it has answered a test request",
            why="The setting relied on a guess of how long loading takes",
            effect="A server that is not ready is left out",
            mechanism="prevent",
            owner="Platform",
            due=5,
            done=2,
        ),
        Promise(
            what="Changes to settings reach one server first and stop if requests fail",
            why="This change reached all servers at once",
            effect="A mistake like this reaches at most one request in twelve",
            mechanism="limit",
            owner="Platform",
            due=10,
        ),
    ),
)
