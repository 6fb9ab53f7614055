from afterword.demo.telling import Promise, Said, Story, Written

DOUBLE_MAIL = Story(
    key="double-mail",
    days_ago=133,
    clock="13:05",
    minutes=215,
    title="Guests received ticket emails two or three times",
    severity=2,
    impacts={"Guest emails": "partial_outage"},
    said=(
        Said(
            48,
            "investigating",
            "Some guests receive their ticket email more than once. Each copy is valid and holds "
            "the same ticket. Next update by 14:30 UTC.",
            {"Guest emails": "partial_outage"},
        ),
        Said(
            84,
            "identified",
            "Our mail program forgets what it has sent when it restarts. We have stopped it; "
            "ticket emails are late until about 16:30 UTC.",
        ),
        Said(
            215,
            "resolved",
            "Ticket emails are sent once again since 16:40 UTC, and the late ones have gone out.",
        ),
    ),
    affected=331,
    total=1118,
    symptom="guests received the same ticket email two or three times",
    cause="the mail program forgot what it had sent when it was restarted",
    fingerprint="mail-sent-twice",
    cause_class="software_defect",
    checked_how="the sent log compared with the orders",
    data_nouns=("email", "ticket", "order"),
    noticed_after=38,
    closure=Written(
        "Ticket emails arrive once again",
        """\
Resolved: guest emails are working as they should. On {day}, from {began} to {ended} UTC \
({duration}), the same ticket email arrived two or three times. This affected the guests of \
{affected} customers, {percent}% of {total}.

Each copy held the same ticket, and a ticket admits once, so nobody could enter twice. No email, \
ticket or order was lost or shown to anyone else: we compared the sent log with the orders. Guest \
emails have been stable since {ended} UTC, and we watched them until {watch} UTC.

We are sorry. Your guests wrote to you when they should have had no reason to. We will publish \
what happened and what we are changing by {by}. If a guest is unsure which email counts, any of \
them does; for everything else contact support@brambleworth.example. Thank you for the examples \
you sent us.
""",
    ),
    reason="More than a quarter of all venues, and their guests saw it.",
    summary_after_days=4,
    summary=Written(
        "Why guests received ticket emails more than once",
        """\
Guests received the same ticket email two or three times on {day}. This was our mistake, and we \
are sorry.

## What happened

We restarted the program that sends guest emails, twice, to install an update. It noted what it \
had sent only every few minutes, so after each restart it sent the last few minutes again.

## Who was affected

The failure affected the guests of {affected} customers, {percent}% of {total}.

## How long

From {began} to {ended} UTC on {day}, {duration}.

## Your data

No email, ticket or order was lost, changed or shown to anyone else: we compared the sent log \
with the orders. Every copy went to the guest who bought the ticket.

## What we are changing

- *Done on {done1}:* we changed the program to note each email as sent before the next one \
starts, because the old way left minutes unaccounted for. A restart can now repeat at most one \
email.
- *By {due2}:* we add a stop: sending halts by itself when one guest would get the same email \
twice within an hour, because we learned of this from a venue after 38 minutes. That limits a \
repeat to a handful of guests before we look.

We cannot promise that an email will never arrive twice. We will report on the second change here \
on {due2}. For questions, contact support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="Each email is noted as sent before the next one starts",
            why="The old way left minutes unaccounted for",
            effect="A restart can repeat at most one email",
            mechanism="prevent",
            owner="Messages",
            due=10,
            done=3,
        ),
        Promise(
            what="Sending stops by itself when a guest would get the same email twice in an hour",
            why="A venue told us, after 38 minutes",
            effect="A repeat reaches a few guests before we look",
            mechanism="limit",
            owner="Messages",
            due=30,
            slipped_to=48,
            done=46,
        ),
    ),
)
