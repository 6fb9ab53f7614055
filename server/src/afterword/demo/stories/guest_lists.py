"""The data incident: who saw what, told to the people it was about."""

from afterword.demo.telling import Promise, Said, Story, Written

GUEST_LISTS = Story(
    key="guest-lists-visible",
    days_ago=66,
    clock="09:40",
    minutes=2975,
    title="Guest lists were visible to other venues",
    severity=1,
    impacts={"Box office": "degraded_performance"},
    said=(
        Said(
            2950,
            "investigating",
            "A search in the box office can show guests of another venue. We have switched the "
            "search off and are finding out who saw what. Next update by 13:00 UTC.",
            {"Box office": "degraded_performance"},
        ),
        Said(
            2975,
            "resolved",
            "The search is back and shows guests of your own venue only. We write to every venue "
            "whose guests were visible.",
        ),
    ),
    affected=38,
    total=1190,
    symptom="a search in the box office showed guests of other venues",
    cause="an update to the search left out the check for the venue",
    fingerprint="search-without-venue",
    cause_class="change",
    checked_how="every search of these days read in the access log",
    data_nouns=("name", "seat number", "email address", "payment", "card data", "order"),
    noticed_after=2941,
    watched=60,
    data={
        "confidentiality": "confirmed",
        "categories": ["guest names", "seat numbers", "email addresses"],
        "people": 2914,
    },
    closure=Written(
        "Guest lists are visible to their own venue only again",
        """\
Resolved: a search in the box office shows guests of your own venue only again. It lasted \
{duration}: from {began_full}, to {ended_full}, a search could show guests of other venues.

This affected {affected} of {total} customers ({percent}%). Names, seat numbers and email \
addresses of 2,914 of their guests were visible to staff of other venues. Payments and card data \
were not shown to anyone, and no order was lost or changed. We read every search of these days in \
the access log. The box office has been stable since {ended} UTC, and we watched it until {watch} \
UTC.

We are sorry. Keeping your guests' details to yourselves is our job, and we failed at it. We \
write to each of the {affected} venues today, and we will publish what happened and what we are \
changing by {by}. If you have a question before that, contact support@brambleworth.example. Thank \
you to the venue that told us.
""",
    ),
    summary_after_days=4,
    reason="Personal data was visible to others; everybody may ask whether theirs was.",
    summary=Written(
        "Why guest lists were visible to other venues",
        """\
From {began_full}, to {ended_full}, staff of a venue could see guests of other venues when they \
searched in the box office. This was our mistake, and we are sorry.

## What happened

We released a faster search on the first of these days. It showed matching guests of every venue, \
because we had left out the step that limits a search to one's own. Our tests used a single \
venue, so they did not notice.

## Who was affected

The failure affected {affected} of {total} customers ({percent}%), with 2,914 guests whose \
details were visible in somebody else's search. We have written to each of these venues. If you \
have no letter from us, no guest of yours was shown.

## How long

It lasted {duration}, from {began_full}, to {ended_full}. A venue told us, and we switched the \
search off nine minutes later.

## Your data

Names, seat numbers and email addresses were visible. Payments and card data were not, and no \
order was lost or changed. We read every search of these days in the access log, and the 14 \
venues that saw other people's guests have confirmed in writing that they kept nothing.

## What we are changing

- *Done on {done1}:* the database itself refuses to give one venue the guests of another, because \
a check in each page can be forgotten. A forgotten check now shows an empty list.
- *Done on {done2}:* every release is tested with two venues that must not see each other, \
because ours knew only one. A release that fails cannot go out.

We cannot promise that we will never make a mistake with your data. We told the data protection \
authority on {end_day} and will say here what it answers by {by}. For questions, contact \
support@brambleworth.example.
""",
    ),
    promises=(
        Promise(
            what="The database refuses to give one venue the guests of another",
            why="A check in each page can be forgotten",
            effect="A forgotten check shows an empty list instead of strangers",
            mechanism="prevent",
            owner="Platform",
            due=14,
            done=4,
        ),
        Promise(
            what="Every release is tested with two venues that must not see each other",
            why="Our tests knew a single venue",
            effect="A release that mixes venues cannot go out",
            mechanism="detect",
            owner="Platform",
            due=21,
            done=5,
        ),
    ),
    sla=("page", "None of them is among the 38 venues; those get a letter about their own guests."),
    data_letter=Written(
        "Names and email addresses of your guests were visible to other venues",
        """\
## What happened

From {began_full}, to {ended_full}, an error in our update let staff of other venues see guests \
of yours when they searched in the box office. It lasted {duration}. It affected {affected} \
customers, including you. We found this on {end_day} and closed it the same day. We are sorry. \
Keeping your guests' details to yourselves is our job, and we failed at it.

## What information was involved

- guest names
- seat numbers
- email addresses

Payments and card data were not visible. No order was lost or changed.

## What this means

Somebody who saw it could know that a guest of yours visits you, and write to that guest. We read \
every search of these days in the access log. The venues that saw your guests have confirmed in \
writing that they kept nothing.

## What we have done

The search shows guests of your own venue only. We reported this to the data protection authority \
on {end_day}.

## What you can do

1. Ask us for the list of your guests that were shown; we send it the same day.
2. Tell these guests, if you wish; we have a text ready for you.
3. Be wary of emails that name a guest's seat. We never ask for a password.

## Contact

Our data protection officer answers at privacy@brambleworth.example. You can also turn to your \
data protection authority.
""",
    ),
)
