"""One cause, twice: the first repair covered less than it seemed to."""

from afterword.demo.telling import Promise, Said, Story, Written

ORDER_QUEUE = Story(
    key="order-list-full",
    days_ago=97,
    clock="18:02",
    minutes=161,
    title="The ticket shop stopped selling",
    severity=1,
    impacts={"Ticket shop": "major_outage"},
    said=(
        Said(
            12,
            "investigating",
            "The ticket shop shows an error when guests buy. Selling at the desk works. Next "
            "update by 18:45 UTC.",
            {"Ticket shop": "major_outage"},
        ),
        Said(
            41,
            "identified",
            "The list of waiting orders is full, and new orders are refused. We are making room. "
            "Next update by 19:45 UTC.",
        ),
        Said(
            100,
            "identified",
            "Making room takes longer than we thought. We now expect the shop to sell again by "
            "21:00 UTC. Next update by 20:30 UTC.",
        ),
        Said(
            148,
            "monitoring",
            "The shop sells again. We are watching the list of waiting orders.",
            {"Ticket shop": "degraded_performance"},
        ),
        Said(161, "resolved", "The shop has sold without errors since 20:43 UTC."),
    ),
    affected=742,
    total=1163,
    symptom="guests could not buy tickets online",
    cause="the list of waiting orders filled up when one venue opened a popular tour",
    fingerprint="order-list-full",
    cause_class="capacity",
    checked_how="every started order compared with the payments",
    data_nouns=("order", "ticket", "payment"),
    noticed_after=9,
    closure=Written(
        "The ticket shop is selling again",
        """\
Resolved: the ticket shop is selling again. On {day}, from {began} to {ended} UTC ({duration}), \
guests could not buy tickets online. This affected {affected} of {total} customers ({percent}%). \
Selling at the desk kept working.

No order was lost and no payment was taken for an order that failed: we compared every started \
order with the payments. The ticket shop has been stable since {ended} UTC, and we watched it \
until {watch} UTC before closing this incident.

We are sorry. An evening without sales is money you do not get back. We will publish what \
happened and what we are changing by {by}. If an order looks wrong, contact \
support@brambleworth.example. Thank you for your patience tonight.
""",
    ),
    reason="Two thirds of all venues could not sell online for an evening.",
    summary_after_days=4,
    summary=Written(
        "Why the ticket shop stopped selling",
        """\
The ticket shop sold nothing on the evening of {day}. This was our mistake, and we are sorry.

## What happened

At 18:00 UTC one venue opened a popular tour, and guests started more orders in two minutes than \
on a usual day. The list in which orders wait was full within minutes. All venues share that \
list, so guests of every other venue could not buy tickets either.

## Who was affected

The failure affected {affected} of {total} customers ({percent}%): those that tried to sell \
online that evening. Selling at the desk kept working.

## How long

From {began} to {ended} UTC on {day}, {duration}.

## Your data

No order was lost and no payment was taken for an order that failed: we compared every started \
order with the payments.

## What we are changing

- *Done on {done1}:* we added an alert that reaches the on-duty engineer within 2 minutes when \
the list is 70% full, because that evening the first alarm came when the list was already full. \
There is now time to act before guests notice.
- *By {due2}:* we split the list so that each venue has its own share, because one popular tour \
filled it for everybody. A rush at one venue then stops at that venue.
- *By {due3}:* we add a second list that takes over when the first is full, because a full list \
refuses orders, so that orders wait instead.

We cannot promise that the shop will never stop again. We will report on these changes here on \
{due3}. If an order looks wrong, contact support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="An alert at 70% full, within 2 minutes",
            why="The first alarm came when the list was already full",
            effect="There is time to act before guests notice",
            mechanism="detect",
            owner="Shop",
            due=5,
            done=3,
        ),
        Promise(
            what="Each venue gets its own share of the list of waiting orders",
            why="One popular tour filled the list for everybody",
            effect="A rush at one venue stops at that venue",
            mechanism="limit",
            owner="Shop",
            due=30,
            done=28,
        ),
        Promise(
            what="A second list takes over when the first is full",
            why="A full list refuses orders",
            effect="Orders wait instead of being refused",
            mechanism="recover",
            owner="Shop",
            due=60,
            dropped=52,
            dropped_because=(
                "In our test the second list filled up as fast as the first. The share "
                "per venue does what we wanted from it; we put the work there."
            ),
        ),
    ),
    sla=("page", "Their account managers called each of them the next day; no letter on top."),
)

ORDER_QUEUE_AGAIN = Story(
    key="order-list-full-again",
    days_ago=29,
    clock="18:00",
    minutes=54,
    title="The ticket shop stopped selling again",
    severity=1,
    impacts={"Ticket shop": "major_outage"},
    previous="order-list-full",
    said=(
        Said(
            6,
            "identified",
            "The ticket shop refuses orders because the list of waiting orders is full, as it was "
            "some weeks ago. We are making room. Next update by 18:30 UTC.",
            {"Ticket shop": "major_outage"},
        ),
        Said(
            37,
            "monitoring",
            "The shop sells again. We are watching it until 19:15 UTC.",
            {"Ticket shop": "degraded_performance"},
        ),
        Said(54, "resolved", "The shop has sold without errors since 18:54 UTC."),
    ),
    affected=271,
    total=1221,
    symptom="guests could not buy tickets online",
    cause="orders made through the API were not counted in a venue's share of the list",
    fingerprint="order-list-full",
    cause_class="capacity",
    checked_how="every started order compared with the payments",
    data_nouns=("order", "ticket", "payment"),
    noticed_after=0,
    watched=21,
    closure=Written(
        "The ticket shop is selling again",
        """\
Resolved: the ticket shop is selling again. On {day}, from {began} to {ended} UTC ({duration}), \
guests could not buy tickets online. This affected {affected} of {total} customers ({percent}%). \
The same thing happened on {earlier}.

No order was lost and no payment was taken for an order that failed: we compared every started \
order with the payments. The ticket shop has been stable since {ended} UTC, and we watched it \
until {watch} UTC before closing this incident.

We are sorry, the more so because it is the second time. We will publish why our first repair was \
not enough, and what we are changing, by {by}. If an order looks wrong, contact \
support@brambleworth.example. Thank you for your patience.
""",
    ),
    reason="A second time within weeks; readers must learn why the first repair was not enough.",
    summary_after_days=5,
    summary=Written(
        "Why the ticket shop stopped selling a second time",
        """\
Guests could not buy tickets online on the evening of {day}, for the same reason as on {earlier}. \
Our first repair was not enough. This was our mistake, and we are sorry.

## What happened

After {earlier} we gave each venue its own share of the list in which orders wait. Orders that \
venues send through their own programs did not count towards that share, and we had not tested \
them. On {day} one venue's program sent a rush of orders, the list was full again, and new orders \
were refused.

## Who was affected

The failure affected {affected} of {total} customers ({percent}%): those that tried to sell \
online that evening. Selling at the desk kept working.

## How long

From {began} to {ended} UTC on {day}, {duration}. The alert we added after {earlier} fired 2 \
minutes before orders were refused, which is why it was shorter this time.

## Your data

No order was lost and no payment was taken for an order that failed: we compared every started \
order with the payments.

## What we are changing

- *Done on {done1}:* every order counts towards its venue's share, whichever way it arrives, \
because the share had a way around it. A rush at one venue now stops at that venue.
- *By {due2}:* we test every release with a rush on each way in, because our test knew only the \
shop page. A release that lets the list fill up cannot go out.

We cannot promise that the shop will never stop again. We will report on the second change here \
on {due2}. If an order looks wrong, contact support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="Every order counts towards its venue's share, whichever way it arrives",
            why="The share had a way around it",
            effect="A rush at one venue stops at that venue",
            mechanism="prevent",
            owner="Shop",
            due=7,
            done=4,
        ),
        Promise(
            what="Every release is tested with a rush on each way in",
            why="Our test knew only the shop page",
            effect="A release that lets the list fill up cannot go out",
            mechanism="prevent",
            owner="Shop",
            due=38,
            state="in_progress",
        ),
    ),
    sla=("targeted", "Second stop within weeks; contract customers hear from us directly."),
    missed=(("bw-1004", 99.9), ("bw-1017", 99.9), ("bw-1052", 99.95), ("bw-1088", 99.9)),
    sla_letter=Written(
        "Your figures for the ticket shop failure on {day}",
        """\
On {day}, from {began} to {ended} UTC ({duration}), guests could not buy tickets from you online. \
This affected {affected} customers, including you. We are sorry: it is the second time, and our \
first repair was not enough. That is our fault.

**Your impact:** the figures for your venue are in your account under Service level. Your desk \
kept selling. No order was lost and no payment was taken for an order that failed: we compared \
every started order with the payments.

**Cause:** orders that arrive from venues' own programs did not count towards the share of the \
waiting list that each venue has, so one rush filled the list for everybody.

**What we are changing:** *Done on {done1}:* every order counts now, whichever way it arrives, \
because the share had a way around it, so a rush at one venue stops at that venue. *By {due2}:* \
every release is tested with a rush on each way in.

**Your service level:** your own figures at the end say what was agreed for the month and \
what was reached. If your level was missed, the credit is on your next invoice; you do not need to \
file a claim.

I will write again on {due2} to say whether the second change is done. Reply to me directly, or \
to support@brambleworth.example.

Jonah, customer contact at Brambleworth
""",
    ),
)
