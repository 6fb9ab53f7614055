"""What reached people, and what they said of it."""

from collections import Counter

from afterword.trust.incidents_seen import Seen, seen
from afterword.trust.measure import Item, Measure
from afterword.trust.rows import Rows, number


def reader_answered(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        # A row for each text they had read.
        times: Counter[str] = Counter()
        for said_of_it in rows.answers.get(each.pk, ()):
            times[said_of_it["question"]] += said_of_it["times"]
        yes, all_of_them = times[""], sum(times.values())
        left = sorted((q for q in times if q), key=lambda q: (-times[q], q))
        said = f"{yes} of {all_of_them} say yes" if all_of_them else "nobody answered"
        if left:
            said += f"; still asking most: {left[0]} ({times[left[0]]})"
        items.append(_item(each, said, part=yes, whole=all_of_them))
    return Measure(
        code="reader_answered",
        name="Readers answered",
        definition="Readers who say that an incident's page answered their question, of all who "
        "said either. Whoever is upset or engaged answers more often.",
        reads_as="Falling: texts do not answer what people ask.",
        kind="share",
        items=tuple(items),
        pair=("completeness",),
    )


def repeat_questions(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        heard = rows.heard.get(each.pk)
        asked = heard["repeat_questions"] if heard else None
        told = sorted(rows.told.get(each.pk, ()), key=lambda text: int(text["number"]))
        numbers = [n for text in told if (n := number(text["affected"])) is not None]
        known = asked is not None and bool(numbers) and numbers[-1] > 0
        said = f"{asked} questions, {numbers[-1]:,} customers" if known else "not known"
        items.append(
            _item(each, said, part=asked or 0, whole=numbers[-1]) if known else _item(each, said)
        )
    return Measure(
        code="repeat_questions",
        name="Questions asked again",
        definition="Questions that came within 72 hours of the summary though it answers them, of "
        "the customers affected.",
        reads_as="High: need that the texts did not meet.",
        kind="share",
        items=tuple(items),
        pair=("reader_answered", "completeness"),
    )


def told_first(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        heard, word = rows.heard.get(each.pk), rows.first_word.get(each.pk)
        known = heard is not None and bool(heard["nobody_before"] or heard["first_at"])
        first = (
            known
            and word is not None
            and (
                heard["nobody_before"] or word <= heard["first_at"]  # type: ignore[index]
            )
        )
        said = "not known"
        if known:
            said = "told by us first" if first else "heard from outside first"
        items.append(_item(each, said, part=int(first), whole=int(known)))
    return Measure(
        code="told_first",
        name="Told first",
        definition="Incidents that we made public before the first report from outside, of those "
        "where the first report was noted.",
        reads_as="Falling: others tell our story.",
        kind="share",
        items=tuple(items),
        pair=("coverage",),
    )


def affected_reached(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        lists = rows.lists.get(each.pk, ())
        on_them = sum(one["members"] for one in lists)
        reached = sum(min(one["reached"], one["members"]) for one in lists)
        said = f"{reached:,} of {on_them:,} reached" if on_them else "no list"
        items.append(_item(each, said, part=reached, whole=on_them))
    return Measure(
        code="affected_reached",
        name="Affected people reached",
        definition="People on the frozen lists of those affected whose letter left, of all on "
        "them.",
        reads_as="Low: those concerned were not told.",
        kind="share",
        items=tuple(i for i in items if i.whole),
        pair=("mailed_beyond", "opt_outs"),
    )


def mailed_beyond(rows: Rows) -> Measure:
    items = []
    for each in seen(rows):
        sent = rows.letters.get(each.pk, {"everybody": 0, "lists": 0})
        whole = sent["everybody"] + sent["lists"]
        said = f"{sent['everybody']:,} of {whole:,} letters went to everybody subscribed"
        items.append(_item(each, said, part=sent["everybody"], whole=whole))
    return Measure(
        code="mailed_beyond",
        name="Letters to everybody",
        definition="Letters that went to everybody subscribed, affected or not, of all letters "
        "about these incidents.",
        reads_as="High: noise for people who were not affected.",
        kind="share",
        items=tuple(i for i in items if i.whole),
        pair=("affected_reached", "opt_outs"),
    )


def opt_outs(rows: Rows) -> Measure:
    letters = [
        _item(each, f"{sum(sent.values()):,} letters", whole=sum(sent.values()))
        for each in seen(rows)
        if (sent := rows.letters.get(each.pk)) and sum(sent.values())
    ]
    left = [Item(at=at, about="", title="Somebody unsubscribed", said="", part=1)
            for at in rows.left_mail]  # fmt: skip
    return Measure(
        code="opt_outs",
        name="Unsubscribed",
        definition="People who unsubscribed in the period, of all letters sent about its "
        "incidents.",
        reads_as="Rising: letters are not wanted.",
        kind="share",
        items=(*letters, *left),
        pair=("mailed_beyond",),
    )


def _item(each: Seen, said: str, *, part: int = 0, whole: int = 0) -> Item:
    return Item(
        at=each.over_at, about=each.about, title=each.title, said=said, part=part, whole=whole
    )
