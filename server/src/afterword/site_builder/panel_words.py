"""The words of the trust panel, for the codes its figures come with.

Names and definitions are those of the measures themselves; a test holds the two together, since
this room cannot see the one that measures.
"""

from typing import Final

from django.utils.translation import gettext_noop

from afterword.site_builder.words import Words

FEWEST: Final = 8
"""Of fewer than this no share and no middle is given, as in ``trust.measure``."""
STAY_INSIDE: Final = ("untrue_at_first", "override_rate", "no_summary_waits")
PER_THOUSAND: Final = ("opt_outs",)
"""Shares that are told of a thousand: a hundredth of them is a lot already."""
LISTED_BEFORE: Final = ("recurrence",)
"""What quarters kept by an older version list and is told as a figure alone now."""
NAME: Final = Words(
    {
        "promises_kept": gettext_noop("Promises kept"),
        "promise_age": gettext_noop("Age of overdue promises"),
        "promises_moved": gettext_noop("Promises put off"),
        "words_in_time": gettext_noop("Next words in time"),
        "time_to_over": gettext_noop("Time to “it is over”"),
        "time_to_closure": gettext_noop("Time to closure"),
        "closure_in_time": gettext_noop("Closures in time"),
        "time_to_summary": gettext_noop("Time to summary"),
        "summary_in_time": gettext_noop("Summaries in time"),
        "coverage": gettext_noop("Coverage"),
        "completeness": gettext_noop("Completeness"),
        "reader_answered": gettext_noop("Readers answered"),
        "repeat_questions": gettext_noop("Questions asked again"),
        "untrue_at_first": gettext_noop("First texts that contradict the record"),
        "enlarging_corrections": gettext_noop("Corrections that enlarged the impact"),
        "impact_growth": gettext_noop("Impact growth"),
        "recurrence": gettext_noop("Recurrence"),
        "told_first": gettext_noop("Told first"),
        "outside_noted": gettext_noop("Noted what was heard"),
        "affected_reached": gettext_noop("Affected people reached"),
        "mailed_beyond": gettext_noop("Letters to everybody"),
        "opt_outs": gettext_noop("Wanted no more mail"),
        "planned_as_told": gettext_noop("Planned work as told"),
        "override_rate": gettext_noop("Errors let through"),
        "no_summary": gettext_noop("Less than a summary"),
        "no_summary_waits": gettext_noop("Less than a summary, and not agreed to"),
        "lowered": gettext_noop("Records made smaller"),
        "known_not_told": gettext_noop("Known, and not told"),
        "retractions": gettext_noop("Texts taken back"),
        "came_back": gettext_noop("Said to be over too early"),
        "recurrence_denied": gettext_noop("Judged not the same"),
        "recurrence_open": gettext_noop("Looked alike, and nobody said in time"),
        "told_apart": gettext_noop("Several in the same hours"),
        "dropped": gettext_noop("Promises dropped"),
        "still_open": gettext_noop("Not over"),
        "told_afterwards": gettext_noop("Written down afterwards"),
        "held_back": gettext_noop("Held back"),
        "short_notice": gettext_noop("Planned at short notice"),
        "called_off": gettext_noop("Planned work called off"),
    }
)
DEFINITION: Final = Words(
    {
        "promises_kept": gettext_noop(
            "Promises that readers were told are done by the earliest day they were given, of "
            "those whose earliest day is in the period and over, and those dropped or taken back. "
            "One done in time and told after its day, and one whose day was put off, are told "
            "apart and are not kept."
        ),
        "promise_age": gettext_noop(
            "Days since the earliest day readers were given, for promises of the period that are "
            "still open when this was counted."
        ),
        "promises_moved": gettext_noop(
            "By how many days in all readers were given later days for a promise, for every "
            "promise of the period, zero for one that was never put off. Telling them in time "
            "takes nothing off it."
        ),
        "words_in_time": gettext_noop(
            "Updates that came by the time the update before had promised readers, of the "
            "promises whose time came in the period, also where it is not over. When a word was "
            "written counts, whatever time it shows."
        ),
        "time_to_over": gettext_noop(
            "From the end of the impact, the earliest its record ever named, to the moment "
            "readers are told that it is over. Watching whether it holds is part of it. Where "
            "they have not been told, what has passed so far counts as “at least”; where no "
            "record names an end, it is not counted."
        ),
        "time_to_closure": gettext_noop(
            "From the moment an incident is said to be over to the moment its closure is "
            "published. Where none came, what has passed so far counts as “at least”."
        ),
        "closure_in_time": gettext_noop(
            "Closures published by the time the policy asks for (30 or 60 minutes at severity 1 "
            "or 2, the next business day else), of those whose time has come. The gravest "
            "severity the incident ever had counts."
        ),
        "time_to_summary": gettext_noop(
            "From the first moment an incident is said to be over to its full summary, in the "
            "period of that moment, where the decision table asked for one, one came, or nobody "
            "had decided against one by the time it was due. It is owed once, however often the "
            "incident comes back. Where none came, what has passed so far counts as “at least”."
        ),
        "summary_in_time": gettext_noop(
            "Full summaries published by the time the policy asks for (3, 5 or 10 business days "
            "by severity), of those owed whose time has come. Where nobody had decided against "
            "one by then, it was owed."
        ),
        "coverage": gettext_noop(
            "Incidents with a closure and a full summary on the page when this was counted, of "
            "those for which the decision table ever asked for one. Undecided ones count as owed."
        ),
        "completeness": gettext_noop(
            "Of the questions readers bring to that kind of text, the share it answers in full "
            "when it is published, one figure for each text."
        ),
        "reader_answered": gettext_noop(
            "Readers who say that an incident's page answered their question, of all who said "
            "either. Whoever is upset or engaged answers more often."
        ),
        "repeat_questions": gettext_noop(
            "Questions that came within 72 hours of the summary though it answers them, of the "
            "customers affected. How many is what somebody of the team noted: the highest number "
            "ever noted counts, and nothing before the 72 hours were over."
        ),
        "enlarging_corrections": gettext_noop(
            "Corrections that tell of more customers, a longer time, more parts or worse for data "
            "than stood before, or give a number where there was none, for each 100 texts "
            "published in the period."
        ),
        "impact_growth": gettext_noop(
            "Affected customers as told last, divided by those told first, for incidents that "
            "told a number. Growth from none has no factor; it is listed."
        ),
        "recurrence": gettext_noop(
            "Incidents that a person confirmed to have the cause of an earlier one, of all. What "
            "looks alike and nobody judged is not known, nor is what names neither a part nor a "
            "cause."
        ),
        "told_first": gettext_noop(
            "Incidents that we made public before the first report from outside, of those where "
            "it was noted. The earliest report ever noted counts; that there was none counts if it "
            "was noted after our own first word."
        ),
        "outside_noted": gettext_noop(
            "Of each incident it is to be noted who spoke of it first and, 72 hours after its "
            "summary, how many asked again: how many of these notes there are, of all."
        ),
        "affected_reached": gettext_noop(
            "People on the frozen lists of those affected whose letter left, of all on them. Where "
            "nobody made a list it is not known."
        ),
        "mailed_beyond": gettext_noop(
            "Letters that went to everybody subscribed, affected or not, of all letters about "
            "these incidents. A digest counts as a letter about each incident it speaks of."
        ),
        "opt_outs": gettext_noop(
            "People who, within 30 days of a letter, unsubscribed or asked us to write no more, or "
            "who reported one as spam, in the period, of all letters sent by mail about its "
            "incidents. A digest counts as a letter about each incident it speaks of."
        ),
        "planned_as_told": gettext_noop(
            "Planned work that was over by the end readers were given before its beginning came "
            "(five minutes are allowed) and during which no part was worse than under maintenance, "
            "of the work whose beginning came in the period. Work called off after that was not as "
            "told."
        ),
        "no_summary": gettext_noop(
            "Every decision for no public summary, or for less than the table proposed, that "
            "everybody it needs agreed to, also where it was replaced since."
        ),
        "lowered": gettext_noop(
            "Every version of a record of these incidents, and every one saved in the period, that "
            "lowered severity, affected customers, what happened to data, or what the decision "
            "table asks for. An honest correction is listed like any other."
        ),
        "known_not_told": gettext_noop(
            "What the record of these incidents knew, or that of another came to know in the "
            "period, beyond the texts on the page for more than three days, or two weeks while the "
            "summary was to come: more customers, a longer time, more parts, worse for data. What "
            "was told later is listed, too."
        ),
        "retractions": gettext_noop("Every retraction in the period."),
        "came_back": gettext_noop(
            "Every time in the period an incident that was over was open again."
        ),
        "recurrence_denied": gettext_noop(
            "Incidents that look like an earlier one and that a person said are not."
        ),
        "recurrence_open": gettext_noop(
            "Incidents that look like an earlier one, on the page or not, of which nobody has said "
            "whether it is the same again, or only after a summary would have been due; and those "
            "that name neither a part nor a cause, so that none can look alike."
        ),
        "told_apart": gettext_noop(
            "Incidents that name the cause or a part of an earlier one and began while it went on "
            "or within six hours after it, and those that began within an hour of one that went "
            "on, whatever they name. One outage told as several looks smaller."
        ),
        "dropped": gettext_noop(
            "Promises of the period that readers were told are given up, or that were taken back "
            "with every text that made them; and those of another period that readers were told in "
            "this one are given up."
        ),
        "still_open": gettext_noop(
            "What had begun or was written down by the end of the period and was not said to be "
            "over when this was counted: it is listed in every period until it is."
        ),
        "told_afterwards": gettext_noop(
            "What was made public only when it was over, and began in the period or was written "
            "down in it. It counts in no other measure."
        ),
        "held_back": gettext_noop("Every hold placed in the period."),
        "short_notice": gettext_noop(
            "Planned work of the period whose beginning readers were given less than a day "
            "before. What nobody could plan for is an incident to them."
        ),
        "called_off": gettext_noop(
            "Planned work of the period that was said to be over and never to have begun. Where "
            "its beginning had not come and no part was worse than under maintenance, it counts in "
            "no other measure."
        ),
    }
)
PROMISES: Final = ("promises_kept", "promise_age", "promises_moved", "dropped")
"""What is counted by promises."""
_OTHERWISE: Final = dict.fromkeys(PROMISES, "promises") | {
    "reader_answered": "answers",
    "planned_as_told": "planned work",
}
NEEDS: Final = Words(
    {
        "incidents": gettext_noop(
            "A figure needs eight incidents, however much is counted of each."
        ),
        "promises": gettext_noop("A figure needs eight promises."),
        "answers": gettext_noop(
            "A figure needs eight answers; each is what one reader said of one text."
        ),
        "planned work": gettext_noop("A figure needs eight pieces of planned work."),
    }
)
"""What is enough for a figure, by what is counted: what is independent of each other."""


def counted_by(code: str) -> str:
    """Return what of a measure is independent of each other, as ``NEEDS`` has it."""
    return _OTHERWISE.get(code, "incidents")


_PEOPLE: Final = gettext_noop(
    "The list behind it is of letters to people, and would tell who got them or wanted no more."
)
_NOTES: Final = gettext_noop("The list behind it is of notes that the team took, and stays inside.")
_SAME: Final = gettext_noop(
    "Whether an incident is the same again is told by its summary, and by no list."
)
_UNTOLD: Final = gettext_noop("The list behind it has what a record named and no text has told.")
UNLISTED: Final = Words(
    {
        "reader_answered": gettext_noop(
            "The list behind it would tell what a few readers answered."
        ),
        "repeat_questions": _NOTES,
        "told_first": _NOTES,
        "outside_noted": _NOTES,
        "affected_reached": _PEOPLE,
        "mailed_beyond": _PEOPLE,
        "opt_outs": _PEOPLE,
        "lowered": gettext_noop(
            "The list behind it is of versions of the record, which stays inside."
        ),
        "recurrence": _SAME,
        "recurrence_denied": _SAME,
        "recurrence_open": _SAME,
        "held_back": gettext_noop(
            "The list behind it is of what waits, and why, and stays inside."
        ),
        "time_to_over": _UNTOLD,
        "known_not_told": _UNTOLD,
        "told_apart": _SAME,
    }
)
"""Why a measure has a figure here and no list."""
VOID: Final = Words(
    {
        "not due yet": gettext_noop("Not due yet"),
        "not owed": gettext_noop("None was owed"),
        "from none": gettext_noop("From none"),
    }
)
FATE: Final = Words(
    {
        "kept": gettext_noop("Kept by the earliest day given"),
        "done in time, told after": gettext_noop("Done by its day, told after it"),
        "late, told before": gettext_noop("Late, as told in time"),
        "late, without a word": gettext_noop("Late, without a word"),
        "dropped": gettext_noop("Dropped"),
        "taken back with its text": gettext_noop("Taken back with its text"),
        "not due yet": gettext_noop("To come"),
    }
)
