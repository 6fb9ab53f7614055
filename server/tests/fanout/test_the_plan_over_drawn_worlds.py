"""Records, customers, readers and histories drawn at random, stored by the rooms' own verbs; then
the plan, the lists and every mail that leaves are held against an oracle that asks no database.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.models import Segment
from afterword.components.actions import create_component, create_page
from afterword.followups import queries
from fanout.drawn import PARTS, World, worlds
from fanout.oracle import (
    Fate,
    accounts_of,
    chose_not_to_hear_the_end,
    fates,
    is_untouched,
    subscribed,
    tally,
    wants_no_letters,
    wants_no_status_mail,
)
from fanout.staged import DAY, HOUR, Stage

pytestmark = pytest.mark.django_db
LETTERS = (Segment.DATA, Segment.SLA, Segment.HIGH)


class _Undo(Exception):
    pass


@pytest.fixture
def stage(db: None, now: datetime) -> Stage:
    """A page with three parts, and somebody who decides."""
    told = {"actor": MACHINE, "now": now - 40 * DAY}
    page = create_page(
        name="Larkbridge", url="https://status.larkbridge.example",
        support_contact="help@larkbridge.example", **told,
    )  # fmt: skip
    parts = {name: create_component(page=page, name=name, **told) for name in PARTS}
    pia = create_person(
        email="pia@larkbridge.example", name="Pia", password="a long enough password",
        roles=[Role.PUBLISHER], **told,
    )  # fmt: skip
    return Stage(page, parts, pia, now)


@settings(
    # Few, for each is dense: see the test below.
    max_examples=40,
    # Why an example fails is seen from the world; looking for it takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(world=worlds)
def test_everybody_gets_what_is_theirs_and_nothing_else(stage: Stage, world: World) -> None:
    try:
        with transaction.atomic():
            hold_against_the_oracle(Stage(stage.page, stage.parts, stage.pia, stage.now), world)
            raise _Undo
    except _Undo:
        pass


def test_the_drawn_worlds_come_to_the_edges_often() -> None:
    """What is easily got wrong by one, or by an order, decides about somebody in enough worlds."""
    seen: Counter[str] = Counter()

    @settings(max_examples=50, phases=(Phase.generate,), derandomize=True, database=None)
    @given(world=worlds)
    def look(world: World) -> None:
        levels = dict(world.decisions)
        told = fates(world, levels)
        had = {who: one_letter_fewer(days) for who, days in world.had.items()}
        nobody = fates(replace(world, affected=()), levels)
        anywhere = replace(world, facts=replace(world.facts, regions=()))
        seen["the cap and not one more"] += told != fates(replace(world, had=had), levels)
        seen["a contract besides the data"] += any(
            one.gets == Segment.DATA and who in nobody and nobody[who].gets == Segment.SLA
            for who, one in told.items()
        )
        seen["another region"] += told != fates(anywhere, levels)
        seen["another choice before the end"] += any(
            chose_not_to_hear_the_end(world, email) for email in world.readers
        )

    look()
    assert all(times >= 5 for times in seen.values()), seen


def one_letter_fewer(days: tuple[int, ...]) -> tuple[int, ...]:
    """Return the same history without its newest letter, where it has as many as a cap allows."""
    at_a_cap = sum(day < 7 for day in days) == 2 or sum(day < 30 for day in days) == 4
    return tuple(sorted(days)[1:]) if at_a_cap else days


def hold_against_the_oracle(stage: Stage, world: World) -> None:
    plan = stage.live(world)
    assert stage.plan() == plan, "the same input gives the same plan"
    proposed = {
        one.segment: one.proposed.level for one in queries.plan_of(stage.incident, stage.now)
    }
    levels = proposed | stage.in_force
    expected = fates(world, levels)
    for one in {each.gets for each in expected.values()}:
        event(one)
    for segment in LETTERS:
        planned = {who: letter.must for who, letter in plan.letters[segment].items()}
        assert planned == {who: one.must for who, one in expected.items() if one.gets == segment}, (
            segment
        )
    counted = tally(expected)
    assert plan.subscribers == counted["everyone"]
    left_out = {why: number for why, number in plan.left_out.items() if number}
    assert left_out == {
        why: number for why, number in counted.items() if why not in (*LETTERS, "everyone")
    }
    assert plan.people + sum(plan.left_out.values()) == len(expected)
    told_it_began = set(stage.got("beginning"))
    assert_whoever_heard_the_beginning_heard_the_end(stage, world, told_it_began)
    stage.leave()
    # What is proposed and not decided leaves nothing.
    assert_mails(stage, world, fates(world, stage.in_force))


def assert_whoever_heard_the_beginning_heard_the_end(
    stage: Stage, world: World, told: set[str]
) -> None:
    heard = stage.got("ending")
    assert set(heard.values()) <= {1}
    for email in told:
        still = subscribed(world, email).state == "active"
        if still and not wants_no_status_mail(world, email):
            assert heard[email] == 1, email
        else:
            assert email not in heard


def assert_mails(stage: Stage, world: World, expected: dict[str, Fate]) -> None:
    """Hold every mail that left against what everybody should get."""
    mails = {said: stage.got(said) for said in (*LETTERS, "everyone") if said in stage.said}
    for email in sorted({email for got in mails.values() for email in got} | set(expected)):
        got = [said for said, to in mails.items() for _ in range(to[email])]
        wanted = expected.get(email, Fate("")).gets
        assert got == ([wanted] if wanted in (*LETTERS, "everyone") else []), email
        if set(got) & {Segment.SLA, Segment.HIGH}:
            mine = [n for n, _ in accounts_of(world, email)]
            assert not all(is_untouched(world, n) for n in mine), "nobody unaffected is written to"
    if stage.in_force.get(Segment.DATA) in ("targeted", "personal"):
        assert set(mails[Segment.DATA]) == set(world.affected), "each of them gets the notice"
    optional = stage.not_demanded_since(stage.now - HOUR)
    on_lists = {email for said in LETTERS for email in mails.get(said, ())}
    for email in optional:
        assert not (wants_no_letters(world, email) if email in on_lists
                    else wants_no_status_mail(world, email)), email  # fmt: skip
