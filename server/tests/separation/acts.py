"""What a team does around an incident, each act with a canary in everything it keeps inside."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Final

from afterword.accounts.models import Person
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.answers import keep_remark
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.actions.subscribers import confirm, quarantine, subscribe
from afterword.audience.links import confirmation_of
from afterword.commitments.actions import change, promise
from afterword.commitments.queries import of_incident
from afterword.components.actions import choose_languages
from afterword.desk.actions import keep_typed
from afterword.fanout.actions import expand_due, pause
from afterword.fanout.models import MailingState
from afterword.fanout.queries import newest_runs
from afterword.followups.actions import decide
from afterword.incidents import actions as incidents
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, incident_by_public_id, latest_decision
from afterword.kit.errors import Refusal
from afterword.postbox.actions import note_came_back
from afterword.postbox.models import Letter
from afterword.postbox.reports import Kind, Report
from afterword.postmortems import actions as postmortems
from afterword.postmortems.content import Content, Entry, Factor
from afterword.publishing import actions as door
from afterword.publishing.models import Publication
from afterword.publishing.queries import has_panel
from afterword.statements import actions as statements
from afterword.statements.models import Bypass, Statement
from afterword.statements.queries import findings, newest_revision
from afterword.trust.actions import keep_quarters
from desk.office import BRIEF, HONEST, TITLE, build, complete_record

CANARY: Final = "quetzal"


@dataclass
class World:
    """An office with a resolved incident, a clock that goes on, and a count of canaries."""

    office: SimpleNamespace
    now: datetime
    planted: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def incident(self) -> Incident:
        return incident_by_public_id(self.office.page, self.office.incident.public_id)

    def inside(self, where: str) -> str:
        """Return a word that nobody outside may ever read, new each time."""
        self.planted += 1
        return f"{CANARY}{where}{self.planted}"

    def reason(self, where: str) -> str:
        return f"{self.inside(where)} is why we do so here"

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**(span or {"minutes": 1}))
        return self.now


def a_world(now: datetime) -> World:
    office = build(now)
    world = World(office, now)
    for each in ("wanda", "rolf", "pia", "ines", "ada"):
        person: Person = getattr(office, each)
        person.name = f"{person.name} {world.inside('person').title()}"
        Person.objects.filter(pk=person.pk).update(name=person.name)
    choose_languages(actor=office.ada, now=now, page=office.page, languages=["en", "de"])
    for name in ("one", "two"):
        reader = subscribe(now=now, page=office.page, email=f"{name}@fernway.example")
        confirm(now=now, token=confirmation_of(reader.token, now))
    with contextlib.suppress(Refusal):
        complete_record(office, now)
    return world


def say_more(w: World) -> None:
    other = door.announce_incident(
        actor=w.office.wanda, now=w.later(), page=w.office.page, title="Exports are late",
        body="Exports are late. We look for the cause.", severity=3,
        components={w.office.sending: "degraded_performance"},
    )  # fmt: skip
    found = incident_by_public_id(w.office.page, other.incident_id)
    door.announce_update(
        actor=w.office.wanda, now=w.later(), incident=found, status="resolved",
        body="Exports are on time again.",
    )  # fmt: skip


def know_the_record(w: World) -> None:
    record = current_record(w.incident)
    data = record.data if record else {}
    lexicon = data.get("lexicon") or {}
    incidents.save_record(
        actor=w.office.wanda, now=w.later(), incident=w.incident, expected_version=None,
        reason=w.reason("changed"),
        data=data | {
            "lexicon": lexicon | {"hosts": [w.inside("host")], "services": [w.inside("service")]},
            "cause": data["cause"] | {
                "fingerprint": w.inside("print"), "vendor": w.inside("vendor"),
                "vendor_may_be_named": False,
            },
        },
    )  # fmt: skip


def review_inside(w: World) -> None:
    author, incident = w.office.ada, w.incident
    postmortems.save(
        actor=author, now=w.later(), incident=incident,
        content=Content(
            body=f"{w.inside('body')}: the retry loop had no limit at all.",
            went_well=w.inside("well"), luck=w.inside("luck"), hard=w.inside("hard"),
            people=(w.inside("colleague"),), hosts=(w.inside("machine"),),
            tickets=(w.inside("ticket"),), customers=(w.inside("buyer"),),
            factors=(Factor("", "process", w.inside("factor")),),
            timeline=(Entry("", w.now.isoformat(), "seen", w.inside("line"), w.inside("known"),
                            w.inside("whence")),),
        ),
    )  # fmt: skip
    item = postmortems.add_item(
        actor=author, now=w.later(), incident=incident, what=w.inside("item"),
        mechanism="prevent", owner_name=w.inside("doer"), due=w.now.date(),
        tracker_url=f"https://tracker.office.example/{w.inside('work')}",
    )  # fmt: skip
    postmortems.change_item(
        actor=author, now=w.later(), item=item, what=w.inside("reworded"), mechanism="prevent",
        state="open", owner_name=w.inside("other"), due=w.now.date(), tracker_url=item.tracker_url,
        note=w.inside("delay"),
    )  # fmt: skip
    postmortems.lift_fact(
        actor=author, now=w.later(), incident=incident, path="times.detected",
        value=incident.started_at.isoformat(), confidence="measured", source=w.inside("lifted"),
        expected_version=None,
    )  # fmt: skip


def read_the_review(w: World) -> None:
    postmortems.ask_reading(actor=w.office.ada, now=w.later(), incident=w.incident)
    postmortems.settle_reading(
        actor=w.office.ines, now=w.later(), incident=w.incident, revision=1, verdict="changes",
        comment=w.inside("reading"),
    )  # fmt: skip


def promise_something(w: World) -> None:
    made = promise(
        actor=w.office.wanda, now=w.later(), incident=w.incident,
        what="The list of waiting invoices stops taking work when it is nearly full",
        why="A full list is what held your invoices back", mechanism="prevent",
        effect="A backlog is noticed before invoices are late",
        due=(w.now + timedelta(days=14)).date(), owner_name=w.inside("owner"),
        tracker_url=f"https://tracker.office.example/{w.inside('tracker')}",
    )  # fmt: skip
    change(
        actor=w.office.wanda, now=w.later(), commitment=made, note=w.inside("note"),
        due=(w.now + timedelta(days=21)).date(),
    )  # fmt: skip


def tell_promises(w: World) -> None:
    if of_incident(w.incident):
        door.publish_promises(
            actor=w.office.pia, now=w.later(), incident=w.incident, note="We go on with it."
        )


def plan_follow_up(w: World) -> None:
    for segment in ("everyone", "sla", "data_affected", "high_impact"):
        level = "subscribers" if segment == "everyone" else "none"
        with contextlib.suppress(Refusal):
            decide(
                actor=w.office.pia, now=w.later(), incident=w.incident, segment=segment,
                level=level, reason=w.reason("plan"),
            )  # fmt: skip


def decide_on_a_summary(w: World) -> None:
    incidents.decide_summary(
        actor=w.office.wanda, now=w.later(), incident=w.incident, outcome="summary",
        reason=w.reason("decision"),
    )  # fmt: skip


def decide_on_none(w: World) -> None:
    incidents.decide_summary(
        actor=w.office.wanda, now=w.later(), incident=w.incident, outcome="none",
        reason=w.reason("below"), review_on=(w.now + timedelta(days=30)).date(),
        second_person=w.office.pia,
    )  # fmt: skip
    waiting = latest_decision(w.incident)
    if waiting is not None:
        incidents.confirm_decision(actor=w.office.pia, now=w.later(), decision=waiting)


def _closure(w: World) -> Statement:
    texts = Statement.objects.filter(incident=w.incident, kind="closure").exclude(state="published")
    found = texts.order_by("-pk").first()
    return found or statements.start(
        actor=w.office.wanda, now=w.later(), incident=w.incident, kind="closure"
    )


def _write(w: World, text: Statement, title: str, body: str) -> None:
    statements.save_revision(
        actor=w.office.wanda, now=w.later(), statement=text, title=title, body=body,
        based_on=newest_revision(text).number,
    )  # fmt: skip


def draft(w: World) -> None:
    text = _closure(w)
    _write(w, text, f"{TITLE} {w.inside('title')}", f"{HONEST} {w.inside('draft')}")
    keep_typed(
        person=w.office.wanda, now=w.later(), statement=text, pad="a" * 32,
        title=w.inside("typed"), body=w.inside("typing"), based_on=1, device=w.inside("device"),
    )  # fmt: skip


def remark(w: World) -> None:
    text = _closure(w)
    _write(w, text, TITLE, f"{HONEST} {w.inside('quoted')} was struck out.")
    statements.comment(
        actor=w.office.rolf, now=w.later(), statement=text, body=w.inside("remark"),
        quote=f"{CANARY}quoted{w.planted - 1}",
    )  # fmt: skip


def ask_for_changes(w: World) -> None:
    text = _closure(w)
    _write(w, text, TITLE, HONEST)
    statements.ask_review(actor=w.office.wanda, now=w.later(), statement=text)
    statements.ask_changes(
        actor=w.office.rolf, now=w.later(), statement=text, comment=w.inside("changes")
    )


def let_through_and_schedule(w: World) -> None:
    text = _closure(w)
    _write(w, text, TITLE, BRIEF)
    for each in findings(text).findings:
        if each.severity == "error":
            found = statements.override(
                actor=w.office.rolf, now=w.later(), statement=text, rule=each.rule,
                quote=each.quote, reason=w.reason("override"), second_person=w.office.pia,
            )  # fmt: skip
            with contextlib.suppress(Refusal):
                statements.confirm_override(actor=w.office.pia, now=w.later(), override=found)
    statements.ask_review(actor=w.office.wanda, now=w.later(), statement=text)
    for who in (w.office.ada, w.office.pia):
        with contextlib.suppress(Refusal):
            statements.approve(
                actor=who, now=w.later(), statement=text, comment=w.inside("approval")
            )
    text.refresh_from_db()
    departure = door.schedule_statement(
        actor=w.office.pia, now=w.later(), statement=text, leave_at=w.now + timedelta(hours=1)
    )
    door.cancel_departure(
        actor=w.office.pia, now=w.later(), departure=departure, why=w.inside("cancelled")
    )


def publish(w: World) -> None:
    text = _closure(w)
    if newest_revision(text).body not in (HONEST, BRIEF):
        _write(w, text, TITLE, HONEST)
    if text.state != "approved":
        statements.ask_review(actor=w.office.wanda, now=w.later(), statement=text)
        statements.approve(
            actor=w.office.rolf, now=w.later(), statement=text, comment=w.inside("approved")
        )
    text.refresh_from_db()
    plan_follow_up(w)
    door.publish_without_rest(
        actor=w.office.pia, now=w.later(), statement=text, reason=w.reason("rest")
    )


def publish_unread(w: World) -> None:
    text = statements.start(actor=w.office.wanda, now=w.later(), incident=w.incident, kind="note")
    _write(w, text, "Invoices", "Invoices are being sent. We go on watching them today.")
    text.refresh_from_db()
    plan_follow_up(w)
    door.publish_unread(actor=w.office.pia, now=w.later(), statement=text,
                        reason=w.reason("unread"))  # fmt: skip
    bypass = Bypass.objects.order_by("-pk")[0]
    statements.read_afterwards(
        actor=w.office.rolf, now=w.later(), bypass=bypass, stands=True, comment=w.inside("after")
    )


def translate(w: World) -> None:
    text = _closure(w)
    made = statements.save_translation(
        actor=w.office.wanda, now=w.later(), statement=text, language="de",
        title=w.inside("titel"), body=w.inside("text"), of_revision=newest_revision(text).number,
    )  # fmt: skip
    statements.ask_translation_changes(
        actor=w.office.rolf, now=w.later(), translation=made, comment=w.inside("wieso")
    )


def begin_corrections(w: World) -> None:
    numbers = Publication.objects.filter(page=w.office.page, incident_id=w.incident.public_id)
    for weight, number in zip(
        ("clarification", "retraction"),
        numbers.order_by("-number").values_list("number", flat=True), strict=False,
    ):  # fmt: skip
        with contextlib.suppress(Refusal):
            door.correct(
                actor=w.office.wanda, now=w.later(), incident=w.incident, number=number,
                weight=weight, right=w.inside("correction"),
            )  # fmt: skip


def hold_back(w: World) -> None:
    incidents.hold_case(
        actor=w.office.pia, now=w.later(), incident=w.incident, reason=w.reason("hold"),
        look_again_on=(w.now + timedelta(days=3)).date(),
    )  # fmt: skip
    with contextlib.suppress(Refusal):
        door.announce_update(
            actor=w.office.wanda, now=w.later(), incident=w.incident, status="monitoring",
            body=f"What {w.inside('held')} says.",
        )  # fmt: skip
    incidents.release_case(
        actor=w.office.pia, now=w.later(), incident=w.incident, reason=w.reason("release")
    )


def reopen(w: World) -> None:
    door.reopen_incident(
        actor=w.office.wanda, now=w.later(), incident=w.incident, reason=w.reason("reopened"),
        body="Invoices are late again. We are looking for the cause.",
    )  # fmt: skip
    door.announce_update(
        actor=w.office.wanda, now=w.later(), incident=w.incident, status="resolved",
        body="Invoices are being sent again.",
    )  # fmt: skip


def judge(w: World) -> None:
    earlier = door.announce_backfill(
        actor=w.office.wanda, now=w.later(), page=w.office.page, title="Exports were late",
        body="Exports were late for an hour.", started_at=w.now - timedelta(days=40),
        resolved_at=w.now - timedelta(days=40) + timedelta(hours=1),
        components={w.office.sending: "degraded_performance"}, severity=3,
    )  # fmt: skip
    before = incident_by_public_id(w.office.page, earlier.incident_id)
    incidents.judge_recurrence(
        actor=w.office.wanda, now=w.later(), incident=w.incident, earlier=before, is_same=False,
        reason=w.reason("unlike"),
    )  # fmt: skip


def switch_the_panel(w: World) -> None:
    page = w.office.page
    if not has_panel(page):
        door.switch_panel(actor=w.office.ada, now=w.later(), page=page, on=True)
    door.switch_panel(
        actor=w.office.ada, now=w.later(), page=page, on=False, reason=w.reason("unpanelled")
    )
    door.switch_panel(actor=w.office.ada, now=w.later(), page=page, on=True)
    keep_quarters(now=w.now + timedelta(days=120))


def keep_a_template(w: World) -> None:
    incidents.save_template(
        actor=w.office.wanda, now=w.later(), page=w.office.page, name=w.inside("template"),
        title=w.inside("heading"), body=w.inside("words"), status="investigating",
    )  # fmt: skip


def know_customers(w: World) -> None:
    ref, page = w.incident.public_id, w.office.page
    import_customers(
        actor=w.office.pia, now=w.later(), page=page,
        csv_text="account_id,name,tier,contact_name,contact_email\n"
        f"acme,{w.inside('customer')},{w.inside('tier')},{w.inside('contact')},it@acme.example\n",
    )  # fmt: skip
    import_impacts(
        actor=w.office.pia, now=w.later(), page=page, incident_ref=ref,
        csv_text=f"account_id,failed,loss\nacme,12,{w.inside('loss')}\n",
    )  # fmt: skip
    add_affected(
        actor=w.office.pia, now=w.later(), page=page, incident_ref=ref,
        csv_text=f"email,name\nsomebody@acme.example,{w.inside('affected')}\n",
    )  # fmt: skip


def lose_a_reader(w: World) -> None:
    gone = subscribe(now=w.later(), page=w.office.page, email="gone@fernway.example")
    confirm(now=w.now, token=confirmation_of(gone.token, w.now))
    quarantine(now=w.later(), page=w.office.page, email=gone.email, because=w.inside("bounce"))
    said = Report(Kind.SOFT, "4.2.2", w.inside("bounced"), ())
    letter = Letter.objects.filter(recipient=gone.email).latest("pk")
    note_came_back(now=w.now, letter=letter, report=said, proven=True, digest="one mail")


def hear_from_a_reader(w: World) -> None:
    keep_remark(
        now=w.later(), page=w.office.page, incident_ref=w.incident.public_id,
        text=w.inside("missing"), question="data",
    )  # fmt: skip


def pause_letters(w: World) -> None:
    expand_due(now=w.later())
    under_way = [run for run in newest_runs(w.office.page, limit=20) if run.can_be_held]
    for run in [each for each in under_way if each.mailing.state == MailingState.RUNNING][:1]:
        pause(actor=w.office.pia, now=w.later(), mailing=run.mailing, reason=w.reason("paused"))


def let_time_pass(w: World) -> None:
    w.later(hours=5)
    door.let_out(now=w.now)


ACTS: Final[tuple[Callable[[World], None], ...]] = (
    say_more, know_the_record, review_inside, read_the_review, promise_something, plan_follow_up,
    decide_on_none, decide_on_a_summary, draft, remark, translate, ask_for_changes,
    let_through_and_schedule, publish, publish_unread, tell_promises, begin_corrections, hold_back,
    judge, switch_the_panel, keep_a_template, know_customers, lose_a_reader, hear_from_a_reader,
    pause_letters, let_time_pass, reopen,
)  # fmt: skip


def do(world: World, act: Callable[[World], None]) -> None:
    """Do it; where the product says no, that is an answer to the team and goes nowhere else."""
    try:
        act(world)
    except Refusal as refusal:
        world.refused.append(f"{act.__name__}: {refusal.message}")
