"""Seeds the demo: company, history, stories and the case of this morning, each at its time."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.bringing import import_subscribers
from afterword.audience.actions.customers import import_customers
from afterword.components.actions import backfill_span, create_component, create_page, roll_up
from afterword.components.models import Component, Page
from afterword.demo import company
from afterword.demo.before import HISTORY
from afterword.demo.performing import plan_story, plan_this_morning
from afterword.demo.reviews import plan_review
from afterword.demo.stage import Script, Stage
from afterword.demo.stories import PLANNED, STORIES, THIS_MORNING
from afterword.demo.telling import Past, began_at
from afterword.incidents.actions import ImportedUpdate, import_incident
from afterword.incidents.models import Incident, Status
from afterword.incidents.queries import updates_of
from afterword.kit.hashing import sha256_of_text
from afterword.publishing.actions import publish_imported, turn_measures_held, turn_promises_late

FIRST_DAY = 548
AFTERWORD_SINCE = 200
Progress = Callable[[int, int], None]


def seed(*, now: datetime, progress: Progress) -> Page:
    """Fill an empty database with the demo, as of ``now`` (UTC); return its page.

    One transaction: a demo that was interrupted leaves nothing. ``progress`` is told
    (done, of) in acts.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    with transaction.atomic():
        stage = _founded(now)
        script = Script(now)
        for past in HISTORY:
            _plan_past(script, stage, past)
        for past in PLANNED:
            _plan_past(script, stage, past)
        _plan_audience(script, stage)
        for story in STORIES:
            plan_story(script, stage, story)
            plan_review(script, stage, story)
        plan_this_morning(script, stage, THIS_MORNING)
        script.play(progress)
        turn_promises_late(now=now)
        turn_measures_held(now=now)
        roll_up(now=now)
    return stage.page


def _founded(now: datetime) -> Stage:
    """Create people, page and components as they were on the first day."""
    start = now - timedelta(days=FIRST_DAY)
    people = {
        member.key: create_person(
            actor=MACHINE, now=start, email=member.email, name=member.name,
            password=company.PASSWORD, roles=[Role(role) for role in member.roles],
        )
        for member in company.TEAM
    }  # fmt: skip
    page = create_page(
        actor=MACHINE, now=start, name=company.NAME, url=company.URL, time_zone="Europe/Brussels",
        public_id=_id("page"), support_contact=company.SUPPORT,
    )  # fmt: skip
    return Stage(now=now, page=page, people=people, components=_components(page, now))


def _components(page: Page, now: datetime) -> dict[str, Component]:
    start = now - timedelta(days=FIRST_DAY)
    groups = {
        name: create_component(
            actor=MACHINE, now=start, page=page, name=name, is_group=True, public_id=_id(name)
        )
        for name in company.GROUPS
    }
    return {
        part.name: create_component(
            actor=MACHINE, now=start if part.days is None else now - timedelta(days=part.days),
            page=page, name=part.name, description=part.description,
            aliases=part.aliases, group=groups[part.group], public_id=_id(part.name),
        )
        for part in company.PARTS
    }  # fmt: skip


def _plan_audience(script: Script, stage: Stage) -> None:
    """Subscribers come a few at a time; customers with contracts come with Afterword."""
    since = stage.now - timedelta(days=AFTERWORD_SINCE)
    batch = len(company.SUBSCRIBERS) // 4
    for number in range(4):
        emails = company.SUBSCRIBERS[number * batch : (number + 1) * batch]
        script.at(since + timedelta(days=45 * number), _subscribing(stage, emails))
    script.at(
        since,
        lambda at: import_customers(
            actor=MACHINE, now=at, page=stage.page, csv_text=company.SLA_CUSTOMERS
        ),
    )


def _subscribing(stage: Stage, emails: Sequence[str]) -> Callable[[datetime], object]:
    return lambda at: import_subscribers(
        actor=MACHINE, now=at, page=stage.page, emails=emails, source="demo"
    )


def _plan_past(script: Script, stage: Stage, past: Past) -> None:
    """Plan what the old page (or a maintenance calendar) says, when it said the last of it."""
    began = began_at(past.days_ago, past.clock, stage.now)
    last = began + timedelta(minutes=past.said[-1].minutes)
    script.at(last, lambda at: _keep_past(stage, past, began, at))


def _keep_past(stage: Stage, past: Past, began: datetime, at: datetime) -> None:
    status = past.said[-1].status
    over = status in {Status.RESOLVED, Status.COMPLETED}
    updates = _updates(stage, past, began)
    planned = past.kind == "maintenance"
    incident, _ = import_incident(
        actor=MACHINE, now=at, page=stage.page, public_id=_id(f"{past.title} {past.days_ago}"),
        title=past.title, status=status, impact=past.impact, started_at=began, updates=updates,
        kind=past.kind, resolved_at=at if over else None,
        scheduled_for=began if planned else None,
        scheduled_until=began + timedelta(minutes=past.planned_minutes) if planned else None,
        created_at=updates[0].display_at, updated_at=at,
        components=[stage.components[name] for name in past.components], source="demo",
    )  # fmt: skip
    publish_imported(actor=MACHINE, now=at, incident=incident, updates=updates_of(incident))
    _tell_spans(stage, past, began, incident)


def _updates(stage: Stage, past: Past, began: datetime) -> list[ImportedUpdate]:
    state = dict.fromkeys(past.components, "operational")
    found = []
    for number, said in enumerate(past.said):
        before = dict(state)
        state |= said.components
        found.append(
            ImportedUpdate(
                public_id=_id(f"{past.title} {past.days_ago} {number}"),
                status=said.status,
                body=said.words,
                body_format="markdown",
                display_at=began + timedelta(minutes=said.minutes),
                affected=[
                    {
                        "code": stage.components[name].public_id,
                        "name": name,
                        "old_status": before[name],
                        "new_status": state[name],
                    }
                    for name in past.components
                ],
            )
        )
    return found


def _tell_spans(stage: Stage, past: Past, began: datetime, incident: Incident) -> None:
    for name in past.components:
        holding, since = "operational", began
        for said in past.said:
            status = said.components.get(name, holding)
            at = began + timedelta(minutes=said.minutes)
            if holding not in {status, "operational"} and at > since:
                backfill_span(
                    actor=MACHINE, now=at, component=stage.components[name], status=holding,
                    began=since, ended=at, because_of=f"incident:{incident.public_id}",
                )  # fmt: skip
            if status != holding:
                since = began if holding == "operational" else at
                holding = status


def _id(of: str) -> str:
    """Return a public id that is the same in every demo."""
    return f"{int(sha256_of_text('demo ' + of)[:15], 16) % 36**12:012d}"[:12]
