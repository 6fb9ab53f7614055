"""The internal reviews of two incidents, and when they were written. None of it is for readers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from afterword.demo.stage import Script, Stage
from afterword.demo.telling import Story, began_at
from afterword.postmortems import actions as postmortems
from afterword.postmortems.content import Content, Entry, Factor, content_of

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """Work that follows; ``due`` counts days from the incident, ``ticket`` names it."""

    what: str
    mechanism: str
    owner: str
    due: int
    ticket: str
    done: bool = False


@dataclass(frozen=True)
class Inside:
    """What a team keeps of an incident. ``seen``: minutes from its start, kind, what, known."""

    content: Content
    seen: tuple[tuple[int, str, str, str], ...]
    items: tuple[Item, ...]
    is_final: bool = True
    hours_after: int = 20


INSIDE = {
    "order-list-full": Inside(
        Content(
            body="""\
## Before it began
The list had stood at a few hundred entries for months. Nobody had asked what a tour of that size \
would do to it; the size of the list was chosen in the first year and had not been looked at since.

## How it looked
The first alert said "list full", not "list filling". On call it looked like a stuck worker, for \
the last three alerts of that kind had been one. Restarting shop-worker-2 was a sensible first step.

## What was tried
Two restarts, then a larger list on orders-db-1. The larger list needed a lock that waited for the \
very orders it was to make room for; that took forty minutes to see.

## What ended it
Orders of the one tour were set aside by hand. Selling came back within two minutes for all others.

## What surprised us
We believed that each venue had a list of its own. The diagram says so; the code never did.""",
            went_well="Support told us which venue it was before any graph did.",
            luck="The tour opened in the evening. At noon the box offices would have been hit too.",
            hard="The right to set orders aside was held by one person, who was on a train.",
            factors=(
                Factor("f1", "technical", "All venues share one list of waiting orders."),
                Factor("f2", "detection", "The only alert came when the list was full already."),
                Factor("f3", "knowledge", "The diagram showed a list per venue."),
                Factor("f4", "organisation", "One person could set orders aside."),
            ),
            hosts=("shop-worker-2", "orders-db-1"),
            tickets=("BW-4088",),
        ),
        seen=(
            (9, "detected", "The alert “list full” reached the person on call.", "A stuck worker?"),
            (24, "done", "shop-worker-2 was restarted, twice.", "It had helped before."),
            (52, "done", "A larger list was tried on orders-db-1.", "Nobody saw the lock yet."),
            (139, "mitigated", "Orders of the one tour were set aside.", "Support had named it."),
        ),
        items=(
            Item("A graph of the list by venue", "detect", "Shop", 14, "BW-4091", done=True),
            Item("Two more people may set orders aside", "recover", "Platform", 10, "BW-4092",
                 done=True),
            Item("Correct the diagram of the order path", "prevent", "Shop", 21, "BW-4093",
                 done=True),
        ),
    ),
    "api-errors": Inside(
        Content(
            body="""\
## How it looked
One answer in four was an error, and only on the API. From the graphs it looked like a bad network \
card, since all failures came from one address.

## What was tried
api-server-7 was taken out of the pool, and came back by itself a minute later: the pool adds what \
answers its port. That happened twice before anybody wrote the time down.

## What ended it
The setting of the morning was taken back. [blank: who noticed that the times fit, and how?]""",
            went_well="The customers' reports held request numbers; we found the server with them.",
            hard="The change of the morning was in another team's channel.",
            factors=(
                Factor("f1", "process", "The setting reached every server at the same moment."),
                Factor("f2", "technical", "A server counted as ready once its port was open."),
            ),
            hosts=("api-server-7",),
            tickets=("BW-4131",),
        ),
        seen=(
            (5, "detected", "The error rate crossed the line on the API board.", ""),
            (31, "done", "api-server-7 left the pool, and came back.", "A network card?"),
            (97, "mitigated", "The setting was taken back on all servers.", ""),
        ),
        items=(
            Item("Announce changes of settings in one channel", "prevent", "Platform", 20,
                 "BW-4132"),
            Item("The pool asks for a page before it adds a server", "prevent", "Platform", 12,
                 "BW-4133"),
        ),
        is_final=False,
        hours_after=26,
    ),
}  # fmt: skip
"""By the key of the story. One is final; the other waits for its second reader."""


def plan_review(script: Script, stage: Stage, story: Story) -> None:
    """Plan the internal review of a story that has one: Noor writes it, Ada reads it."""
    if (inside := INSIDE.get(story.key)) is not None:
        began = began_at(story.days_ago, story.clock, stage.now)
        at = began + story.minutes * MINUTE + inside.hours_after * HOUR
        _Review(stage, story.key, inside, began).plan(script, at)


@dataclass
class _Review:
    stage: Stage
    key: str
    inside: Inside
    began: datetime
    revision: int = field(default=0, init=False)

    def plan(self, script: Script, at: datetime) -> None:
        script.at(at, self.write)
        for number, item in enumerate(self.inside.items, start=1):
            script.at(at + number * MINUTE, self._adding(item))
        script.at(at + HOUR, self.ask)
        if self.inside.is_final:
            script.at(at + DAY, self.settle)

    def write(self, at: datetime) -> None:
        """Begin with what is known already, and put the writer's own words to it."""
        noor, incident = self.stage.people["noor"], self.stage.incidents[self.key]
        known = postmortems.fill_timeline(actor=noor, now=at, incident=incident)
        begun = content_of(known.body, known.parts)
        own = tuple(
            Entry(
                id=f"s{number}", at=f"{self.began + minutes * MINUTE:%Y-%m-%dT%H:%M:%SZ}",
                kind=kind, what=what, known=assumed, source="the channel of the incident",
            )
            for number, (minutes, kind, what, assumed) in enumerate(self.inside.seen, start=1)
        )  # fmt: skip
        saved = postmortems.save(
            actor=noor, now=at, incident=incident, based_on=known.number,
            content=replace(self.inside.content, timeline=(*begun.timeline, *own)),
        )  # fmt: skip
        self.revision = saved.number

    def _adding(self, item: Item) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            noor, incident = self.stage.people["noor"], self.stage.incidents[self.key]
            due = (self.began + item.due * DAY).date()
            ticket = f"https://tracker.brambleworth.example/{item.ticket}"
            made = postmortems.add_item(
                actor=noor, now=at, incident=incident, what=item.what, mechanism=item.mechanism,
                owner_name=item.owner, due=due, tracker_url=ticket,
            )  # fmt: skip
            if item.done:
                postmortems.change_item(
                    actor=noor, now=at, item=made, what=item.what, mechanism=item.mechanism,
                    state="done", owner_name=item.owner, due=due, tracker_url=ticket,
                )  # fmt: skip

        return do

    def ask(self, at: datetime) -> None:
        postmortems.ask_reading(
            actor=self.stage.people["noor"], now=at, incident=self.stage.incidents[self.key]
        )

    def settle(self, at: datetime) -> None:
        postmortems.settle_reading(
            actor=self.stage.people["ada"], now=at, incident=self.stage.incidents[self.key],
            revision=self.revision, verdict="final",
            comment="Reads like what happened, and nobody is blamed in it.",
        )  # fmt: skip
