from afterword.demo.telling import Promise, Said, Story, Written

CERTIFICATE = Story(
    key="card-certificate",
    days_ago=171,
    clock="09:12",
    minutes=112,
    title="Card payments were rejected",
    severity=1,
    impacts={"Card payments": "major_outage"},
    said=(
        Said(
            19,
            "investigating",
            "Guests cannot pay by card. Cash and invoice still work. Next update by 09:50 UTC.",
            {"Card payments": "major_outage"},
        ),
        Said(
            37,
            "identified",
            "A security certificate of our payment connection expired at 09:12 UTC. We are "
            "replacing it. Next update by 10:30 UTC.",
        ),
        Said(
            98,
            "monitoring",
            "The first card payments go through again. We are watching them.",
            {"Card payments": "degraded_performance"},
        ),
        Said(112, "resolved", "Card payments have been working for every venue since 11:04 UTC."),
    ),
    affected=412,
    total=1086,
    symptom="guests could not pay by card",
    cause="a security certificate of the payment connection expired",
    fingerprint="certificate-expired",
    cause_class="operator_action",
    checked_how="every payment attempt compared with the orders of the day",
    data_nouns=("payment", "order", "card data"),
    noticed_after=14,
    closure=Written(
        "Card payments are working again",
        """\
Resolved: card payments are working again. On {day}, from {began} to {ended} UTC ({duration}), \
guests could not pay by card. This affected {affected} customers, {percent}% of the {total} that \
were selling that day. Cash and invoice kept working.

No order was lost and no payment was taken twice: we compared every payment attempt with the \
orders of the day. Card payments have been stable since {ended} UTC, and we watched them until \
{watch} UTC before closing this incident.

We are sorry. A guest who cannot pay may not come back. We will publish what happened and what we \
are changing by {by}. If an order looks wrong, contact support@brambleworth.example. Thank you \
for your patience, and to the venue that called us first.
""",
    ),
    reason="A third of all venues could not sell by card for almost two hours.",
    summary=Written(
        "Why card payments were rejected",
        """\
Guests could not pay by card on {day}. This was our mistake, and we are sorry.

## What happened

A security certificate that our payment connection needs expired at {began} UTC, and every card \
payment was rejected from then on. We keep a list of such dates. This certificate was missing \
from it because we set it up before the list existed.

## Who was affected

The failure affected {affected} customers, {percent}% of the {total} that were selling that day. \
Cash and invoice kept working.

## How long

From {began} to {ended} UTC on {day}, {duration}. A venue told us before our own alarms did.

## Your data

No order or card data was lost or shown to anyone, and no payment was taken twice: we compared \
every payment attempt with the orders of the day.

## What we are changing

- *Done on {done1}:* a program checks every live certificate each day instead of trusting a list, \
and alerts the on-duty engineer 30 days before one expires. The list had a gap, so we no longer \
depend on it.
- *By {due2}:* payments switch to a second provider after ten rejections in a row, because today \
one broken connection stops every sale. A failure like this should then cost about a minute.

We cannot promise that payments will never fail again. We will report on both changes here on \
{due2}. If an order looks wrong, contact support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="A program checks every live certificate each day and alerts 30 days ahead",
            why="The list of dates we trusted had a gap",
            effect="An expiry is noticed weeks before guests feel it",
            mechanism="prevent",
            owner="Platform",
            due=10,
            done=2,
        ),
        Promise(
            what="Payments switch to a second provider after ten rejections in a row",
            why="One broken connection stopped every sale",
            effect="A failure like this costs about a minute instead of hours",
            mechanism="recover",
            owner="Payments",
            due=60,
            done=54,
        ),
    ),
    sla=(
        "page",
        "Their account managers called each of them that morning; the summary has the figures.",
    ),
)
