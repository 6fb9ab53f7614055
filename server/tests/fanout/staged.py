"""A drawn world, stored and lived through by the rooms' own verbs."""

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.actions.subscribers import (
    choose_components,
    choose_digest,
    choose_moments,
    confirm,
    quarantine,
    subscribe,
    unsubscribe,
)
from afterword.audience.actions.suppressions import suppress
from afterword.audience.links import confirmation_of
from afterword.audience.queries.suppressions import must_not_get
from afterword.components.models import Component, Page
from afterword.fanout.actions import expand_due
from afterword.fanout.queries import about_of
from afterword.followups import queries
from afterword.followups.actions import decide
from afterword.followups.people import Plan
from afterword.incidents.actions import save_record
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.incidents.record import starting_record
from afterword.kit.errors import NotFound, WrongState
from afterword.postbox.actions import claim, record_results
from afterword.postbox.models import Letter, Stream
from afterword.postbox.outcomes import Outcome, Result
from afterword.publishing.actions import announce_incident, announce_update
from afterword.publishing.actions.facts import facts_of_statement
from afterword.publishing.actions.press import append, hold_page
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.models import Publication
from fanout.drawn import Reader, World
from postbox.letters import a_message, posted

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LETTERS = {"data_affected": "data_notice", "sla": "follow_up", "high_impact": "follow_up"}


@dataclass
class Stage:
    """What came of a drawn world. ``in_force`` are the decisions, ``planned`` what the plan says of
    everybody then; ``said`` the publications by what they are.
    """

    page: Page
    parts: dict[str, Component]
    pia: Person
    now: datetime
    tokens: dict[str, str] = field(default_factory=dict)
    said: dict[str, Publication] = field(default_factory=dict)
    in_force: dict[str, str] = field(default_factory=dict)

    @property
    def incident(self) -> Incident:
        return incident_by_public_id(self.page, self.said["beginning"].incident_id)

    def live(self, world: World) -> Plan:
        """Live through the world up to the decisions, and return the plan under them."""
        self._before(world)
        self._while_it_lasts(world)
        self._after(world)
        return self.plan()

    def plan(self) -> Plan:
        incident = self.incident
        return queries.outlook(incident, queries.plan_of(incident, self.now), self.now)

    def leave(self) -> dict[str, str]:
        """Let every text leave that the decisions allow; return what could not, and why."""
        refused = {}
        for segment in ("high_impact", "everyone", "sla", "data_affected"):
            kind = LETTERS.get(segment, "summary")
            try:
                to, listed = queries.recipients_for(self.incident, kind, segment)
            except WrongState as why:
                refused[segment] = str(why)
                continue
            self.said[segment] = self._publish(kind, to, listed)
        expand_due(now=self.now)
        for hours in (0, 1, 12, 24, 36):
            self._send(self.now + hours * HOUR)
        return refused

    def got(self, said: str) -> Counter[str]:
        """Return how many mails of a publication were sent to whom."""
        found = Letter.objects.filter(about=about_of(self.said[said]), state="sent")
        return Counter(found.values_list("recipient", flat=True))

    def not_demanded_since(self, at: datetime) -> set[str]:
        """Return who was sent mail since then that neither law nor contract demands."""
        found = Letter.objects.filter(sent_at__gte=at).exclude(message__stream=Stream.NOTICE)
        return set(found.values_list("recipient", flat=True))

    def _before(self, world: World) -> None:
        self._had(world)
        for email, held in world.held.items():
            if held.before:
                self._hold(email, held.reason, self.now - 3 * DAY)
        at = self.now - 2 * DAY
        for email, reader in world.readers.items():
            self._join(email, reader, at)
        for email, held in world.held.items():
            if not held.before:
                self._hold(email, held.reason, self.now - DAY)

    def _had(self, world: World) -> None:
        batches: dict[tuple[int, int], list[str]] = {}
        for email, days in world.had.items():
            for n, day in enumerate(days):
                batches.setdefault((day, n), []).append(email)
        for (day, n), emails in sorted(batches.items(), reverse=True):
            at = self.now - day * DAY
            stream = (Stream.NOTICE, Stream.COURTESY)[n % 2]
            message = a_message(at, key=f"earlier:{day}:{n}", stream=stream)
            posted(at, emails, about=f"earlier:{day}:{n}", message=message)
            self._send(at)

    def _hold(self, email: str, reason: str, at: datetime) -> None:
        suppress(actor=MACHINE, now=at, page=self.page, email=email, reason=reason)

    def _join(self, email: str, reader: Reader, at: datetime) -> None:
        parts = [self.parts[name].public_id for name in reader.parts]
        token = subscribe(now=at, page=self.page, email=email, component_ids=parts).token
        self.tokens[email] = token
        if reader.confirmed:
            confirm(now=at, token=confirmation_of(token, at))
            choose_moments(now=at, token=token, wants=reader.wants, zone=reader.zone)
            choose_digest(now=at, token=token, digest=reader.digest)

    def _while_it_lasts(self, world: World) -> None:
        at = self.now - 6 * HOUR
        hit = {self.parts[name]: "major_outage" for name in world.announced}
        self.said["beginning"] = announce_incident(
            actor=MACHINE, now=at, page=self.page, title="Invoices were not sent",
            body="Invoices are not being sent. We are looking for the cause.", components=hit,
            severity=world.facts.severity,
        )  # fmt: skip
        expand_due(now=at)
        self._send(at)
        for email, reader in world.readers.items():
            for n, act in enumerate(reader.late):
                self._late(email, reader, act, at + (n + 1) * timedelta(minutes=20))
        over = dict.fromkeys(hit, "operational")
        self.said["ending"] = announce_update(
            actor=MACHINE, now=self.now - 2 * HOUR, incident=self.incident, status="resolved",
            body="Invoices are being sent again.", components=over, notify=not world.quietly,
        )  # fmt: skip
        expand_due(now=self.now - 2 * HOUR)
        self._send(self.now - 2 * HOUR)

    def _late(self, email: str, reader: Reader, act: str, at: datetime) -> None:
        token = self.tokens[email]
        if act == "leave":
            unsubscribe(now=at, token=token)
        elif act == "quarantine":
            quarantine(now=at, page=self.page, email=email, because="The mailbox is full.")
        elif act.startswith("follow"):
            ref = "another" if "another" in act else self.incident.public_id
            with contextlib.suppress(NotFound):
                confirm(now=at, token=confirmation_of(token, at, ref))
        elif act in ("every", "ends", "after"):
            choose_moments(now=at, token=token, wants=act, zone=reader.zone)
        else:
            whole = act == "whole page"
            exports = [] if whole else [self.parts["Exports"].public_id]
            choose_components(now=at, token=token, component_ids=exports, whole_page=whole)

    def _after(self, world: World) -> None:
        incident, facts = self.incident, world.facts
        kept = current_record(incident)
        data = dict(kept.data) if kept else starting_record(incident)
        data["incident"] = {**data["incident"], "severity": facts.severity}
        data["components"] = [
            {"name": name, "impact": impact} for name, impact in facts.parts.items()
        ]
        data["data"] = {**data["data"], "confidentiality": facts.data, "loss": "none",
                        "integrity": "none"}  # fmt: skip
        if facts.customers is not None:
            data["customers"] = facts.customers
        if facts.regions:
            data["regions"] = {"affected": list(facts.regions), "all": ["EU", "US"],
                               "basis": "measured"}  # fmt: skip
        if facts.levels is not None:
            data["sla"] = [{"account": ref, **one} for ref, one in facts.levels.items()]
        save_record(
            actor=MACHINE, now=self.now, incident=incident, data=data, expected_version=None
        )
        self._bring(world)
        for segment, level in world.decisions:
            # A letter to nobody is refused, and what was decided before stands.
            with contextlib.suppress(WrongState):
                decide(
                    actor=self.pia, now=self.now, incident=incident, segment=segment, level=level,
                    reason="They could not send invoices.",
                )  # fmt: skip
                self.in_force[segment] = level

    def _bring(self, world: World) -> None:
        told = {"actor": MACHINE, "now": self.now, "page": self.page}
        rows = ["account_id,name,sla_target,regions,components,contact_email"]
        for n, one in enumerate(world.accounts):
            target = "99.9" if one.contract else ""
            rows += [
                f"a{n},Company {n},{target},{';'.join(one.regions)},{';'.join(one.parts)},{email}"
                for email in one.people
            ]
        assert not world.accounts or import_customers(csv_text="\n".join(rows), **told).written
        ref = self.incident.public_id
        rows = ["account_id,hardest,loss,failed"]
        rows += [
            f"a{n},{'yes' if one.hardest else ''},{one.loss},{one.failed}"
            for n, one in world.measured.items()
            if n < len(world.accounts)
        ]
        if len(rows) > 1:
            assert import_impacts(csv_text="\n".join(rows), incident_ref=ref, **told).written
        if world.affected:
            file = "\n".join(("email", *world.affected))
            assert add_affected(csv_text=file, incident_ref=ref, **told).written

    def _publish(self, kind: str, to: str, listed: str) -> Publication:
        """Let a text leave through the press; its words are nobody's question here."""
        incident, record = self.incident, current_record(self.incident)
        assert record is not None
        with transaction.atomic():
            return append(
                Publication(
                    page=hold_page(self.page), kind=kind, incident_id=incident.public_id,
                    source_id=f"{kind}-{listed or to}", title="Invoices were not sent",
                    body="Invoices are sent again.", html=html_of("Invoices.", "markdown"),
                    facts=facts_of_statement(incident, record.data),
                    language=self.page.first_language, audience=to, recipient_list=listed,
                    display_at=self.now, published_at=self.now,
                )
            )  # fmt: skip

    def _send(self, at: datetime) -> None:
        """Send all that is due, as a worker does: it asks at the claim who wants no more."""
        while got := claim(now=at, limit=200, lease_seconds=60, worker="w", unwanted=must_not_get):
            record_results(
                results=[
                    Result(each.pk, each.lease_until, Outcome.ACCEPTED, at, 250) for each in got
                ]
            )
