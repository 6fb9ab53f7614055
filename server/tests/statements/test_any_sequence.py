"""Any sequence of verbs, by anybody, in any order: what must hold holds all the same."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from afterword.kit.errors import Conflict, Refusal
from afterword.statements import queries
from afterword.statements.actions import (
    approve,
    ask_changes,
    ask_review,
    mark_published,
    override,
    save_revision,
    start,
)
from afterword.statements.models import StatementState
from statements.world import HONEST, TITLE, build, change_record

BODIES = (
    HONEST,
    HONEST + " Thank you.",
    HONEST + " Thank you again.",
    HONEST.replace("From 08:12", "After a brief outage from 08:12"),
    HONEST + " [blank: who signs?]",
    "",
)
PEOPLE = ("noor", "ines", "bo", "pia", "ada", "guest")
WRITERS = ("noor", "ines", "ada")
REVIEWERS = ("ines", "bo", "ada")
# Everybody tries everything; those who may do it come up more often, so that walks get somewhere.
someone = st.sampled_from(PEOPLE)
writer = st.sampled_from(WRITERS) | someone
reviewer = st.sampled_from(REVIEWERS) | someone


class Walk(RuleBasedStateMachine):
    """Keeps its own plain account of what was said and compares it with what is stored."""

    company: ClassVar[SimpleNamespace]
    start_of_time: ClassVar[datetime]
    left: ClassVar[int] = 0
    refused: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = self.start_of_time
        self.statement = start(
            actor=self.company.noor,
            now=self.now,
            incident=self.company.incident,
            kind="closure",
        )
        first = queries.newest_revision(self.statement)
        self.revisions = {1: (first.title, first.body, "noor")}
        # Every verdict in order: (who, whether it approves, revision, record version).
        self.verdicts: list[tuple[str, bool, int, int]] = []
        self.record = queries.record_version_of(self.company.incident)
        self.published: int | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def try_to(self, verb: Any, **told: Any) -> Any:
        self.now += timedelta(minutes=1)
        try:
            return verb(now=self.now, statement=self.statement, **told)
        except Refusal as refusal:
            type(self).refused += 1
            assert refusal.message
            return refusal

    def person(self, name: str) -> Any:
        return getattr(self.company, name)

    @rule(name=writer, body=st.sampled_from(BODIES), behind=st.integers(0, 2))
    def save(self, name: str, body: str, behind: int) -> None:
        newest = max(self.revisions)
        outcome = self.try_to(
            save_revision,
            actor=self.person(name),
            title=TITLE,
            body=body,
            based_on=newest - behind,
        )
        stored = queries.newest_revision(self.statement)
        if stored.number > newest:
            assert stored.number == newest + 1
            assert isinstance(outcome, Conflict) == (behind > 0)
            self.revisions[stored.number] = (TITLE, body, name)
        if not isinstance(outcome, Refusal) or isinstance(outcome, Conflict):
            assert any(text[1] == body for text in self.revisions.values()), "a text was lost"

    @rule(name=writer)
    def ask(self, name: str) -> None:
        self.try_to(ask_review, actor=self.person(name))

    @rule(name=reviewer, seen=st.none() | st.integers(1, 4))
    def say_yes(self, name: str, seen: int | None) -> None:
        outcome = self.try_to(approve, actor=self.person(name), seen_revision=seen)
        if not isinstance(outcome, Refusal):
            assert name in REVIEWERS
            assert seen in {None, max(self.revisions)}
            self.verdicts.append((name, True, max(self.revisions), self.record))

    @rule(name=reviewer)
    def say_not_yet(self, name: str) -> None:
        outcome = self.try_to(ask_changes, actor=self.person(name), comment="Say it plainly.")
        if not isinstance(outcome, Refusal):
            self.verdicts.append((name, False, max(self.revisions), self.record))

    @rule(name=someone)
    def let_brief_through(self, name: str) -> None:
        found = [f for f in queries.findings(self.statement).findings if f.rule == "REC-01"]
        quote = found[0].quote if found else "nothing"
        told = {"rule": "REC-01", "quote": quote, "reason": "their own word, quoted"}
        outcome = self.try_to(override, actor=self.person(name), **told)
        assert isinstance(outcome, Refusal) or name in {"bo", "ines", "pia", "ada"}

    @rule()
    def learn_a_fact(self) -> None:
        told = f"invoices were late, {self.now.isoformat()}"
        self.record = change_record(self.company, self.now, symptoms=[told])

    @rule(name=st.sampled_from(WRITERS))
    def write_and_think_better_of_it(self, name: str) -> None:
        before = self.revisions[max(self.revisions)][1]
        self.save(name, "other words", 0)
        self.save(name, before, 0)

    @rule(
        first=st.sampled_from(WRITERS),
        second=st.sampled_from(REVIEWERS),
        body=st.sampled_from(BODIES[:3]),
    )
    def the_usual_way(self, first: str, second: str, body: str) -> None:
        self.save(first, body, 0)
        self.ask(first)
        self.say_yes(second, None)

    @precondition(lambda self: not self.published)
    @rule(body=st.sampled_from(BODIES[:3]))
    def the_usual_way_out(self, body: str) -> None:
        self.the_usual_way("noor", "bo", body)
        self.publish()

    @precondition(lambda self: not self.published)
    @rule(last=st.sampled_from(["learn_a_fact", "say_not_yet", "write_and_think_better_of_it"]))
    def change_something_at_the_last_moment(self, last: str) -> None:
        self.the_usual_way("noor", "bo", BODIES[1])
        by = {"learn_a_fact": (), "say_not_yet": ("ines",)}.get(last, ("noor",))
        getattr(self, last)(*by)
        self.publish()

    @precondition(lambda self: self.verdicts)
    @rule()
    def publish(self) -> None:
        was_published, expected = self.published, self.why_not()
        outcome = self.try_to(mark_published)
        if isinstance(outcome, Refusal):
            assert expected or was_published
            return
        assert not was_published, "it left twice"
        assert not expected, f"it left although {expected}"
        assert (outcome.title, outcome.body) == self.revisions[max(self.revisions)][:2]
        self.published = outcome.number
        type(self).left += 1

    def why_not(self) -> str:
        """Say, from the plain account alone, why the text may not leave; "" when it may."""
        newest = max(self.revisions)
        text = self.revisions[newest][:2]
        authors = {who for *words, who in self.revisions.values() if tuple(words) == text}
        approvals = [v for v in self.verdicts if v[1]]
        if not approvals:
            return "nobody approved"
        who, _, revision, record = approvals[-1]
        if (revision, record) != (newest, self.record):
            return "the approval is of another text or record"
        if who in authors:
            return "its author approved it"
        return "" if self.verdicts[-1][1] else "somebody asked for changes since"

    @invariant()
    def nothing_written_is_lost_or_changed(self) -> None:
        stored = {
            r.number: (r.title, r.body, r.author.name.lower() if r.author else None)
            for r in queries.revisions_of(self.statement)
        }
        assert stored == self.revisions

    @invariant()
    def the_approval_says_what_the_account_says(self) -> None:
        standing = queries.approval(self.statement)
        assert standing.valid == (not self.why_not())
        assert standing.why

    @invariant()
    def what_is_published_stays_what_it_was(self) -> None:
        is_out = self.statement.state == StatementState.PUBLISHED
        assert is_out == (self.published is not None)
        if self.published:
            assert self.published == max(self.revisions)


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_leaves_without_another_persons_approval_of_exactly_that_text_and_record(
    now: datetime,
):
    Walk.company, Walk.start_of_time, Walk.left, Walk.refused = build(now), now, 0, 0
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # The walks must have been somewhere: some texts left, many acts were refused.
    assert Walk.left > 0
    assert Walk.refused > 20
