"""Plays a story: everything that was said, decided, reviewed, published and promised, in time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from afterword.audience.actions.affected import add_affected
from afterword.commitments import actions as commitments
from afterword.commitments.models import Commitment
from afterword.demo import company
from afterword.demo.mailing import deliver
from afterword.demo.records import full_record, started_record
from afterword.demo.stage import Script, Stage
from afterword.demo.stories.this_morning import STARTED_BEFORE_NOW
from afterword.demo.telling import Promise, Story, Written, began_at, figures_of
from afterword.fanout.actions import expand_due
from afterword.followups import actions as followups
from afterword.incidents import actions as incidents
from afterword.incidents.models import Incident
from afterword.publishing import actions as publishing
from afterword.statements import actions as statements
from afterword.statements.models import Statement
from afterword.statements.queries import approval, newest_revision

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DATA, SLA, EVERYONE = "data_affected", "sla", "everyone"


def plan_story(script: Script, stage: Stage, story: Story) -> None:
    """Plan every act of a story from its first update to the last promise kept."""
    _Telling(script, stage, story, began_at(story.days_ago, story.clock, stage.now)).plan()


def plan_this_morning(script: Script, stage: Stage, story: Story) -> None:
    """Plan the incident that is just over: its updates and a record somebody has begun."""
    began = (stage.now - STARTED_BEFORE_NOW * MINUTE).replace(second=0, microsecond=0)
    telling = _Telling(script, stage, story, began)
    telling.plan_updates(notify=True)
    script.at(telling.ended + MINUTE, lambda at: expand_due(now=at))
    script.at(telling.ended + 9 * MINUTE, lambda at: telling.save_record(at, complete=False))


class _Telling:
    """One story on its way through the rooms."""

    def __init__(self, script: Script, stage: Stage, story: Story, began: datetime) -> None:
        self.script = script
        self.stage = stage
        self.story = story
        self.began = began
        self.ended = began + story.minutes * MINUTE
        self.tomas, self.mara = stage.people["tomas"], stage.people["mara"]
        self.ilse, self.jonah = stage.people["ilse"], stage.people["jonah"]
        self.promised: dict[int, Commitment] = {}

    @property
    def incident(self) -> Incident:
        return self.stage.incidents[self.story.key]

    @property
    def earlier(self) -> Incident | None:
        return self.stage.incidents.get(self.story.previous)

    def plan(self) -> None:
        story, ended = self.story, self.ended
        self.plan_updates(notify=False)
        self.script.at(ended + 8 * MINUTE, self.save_record)
        self.script.at(ended + 10 * MINUTE, self.decide_follow_up)
        closure_at = ended + (story.watched + 4) * MINUTE
        if story.closure is not None:
            self._plan_statement("closure", story.closure, publish_at=closure_at, wait=3 * MINUTE)
        self.script.at(closure_at + 40 * MINUTE, self.decide_summary)
        summary_at = self._summary_at()
        self._plan_promises(summary_at)
        if story.summary is not None:
            self._plan_statement("summary", story.summary, publish_at=summary_at, wait=HOUR)
        if story.data_letter is not None:
            self._plan_statement(
                "data_notice", story.data_letter, publish_at=ended + 5 * HOUR, wait=HOUR,
                segment=DATA,
            )  # fmt: skip
        if story.sla_letter is not None:
            self._plan_statement(
                "follow_up", story.sla_letter, publish_at=summary_at + HOUR, wait=HOUR, segment=SLA
            )

        self.script.at(self._settled_at(summary_at), self._close)

    def _settled_at(self, summary_at: datetime) -> datetime:
        """Return when nothing is owed any more; ahead of the present where a promise is open."""
        last = summary_at
        for promise in self.story.promises:
            days = promise.done if promise.dropped is None else promise.dropped
            if days is None:
                return self.stage.now + DAY
            last = max(last, self.began + days * DAY)
        return last + DAY

    def _close(self, at: datetime) -> None:
        incidents.close_case(actor=self.tomas, now=at, incident=self.incident, open_steps=())

    def plan_updates(self, *, notify: bool) -> None:
        first, *rest = self.story.said
        self.script.at(self.began + first.minutes * MINUTE, lambda at: self._announce(at, notify))
        for number, said in enumerate(rest, start=1):
            self.script.at(
                self.began + said.minutes * MINUTE,
                lambda at, number=number: self._update(at, number, notify=notify),  # type: ignore[misc]
            )

    def _announce(self, at: datetime, notify: bool) -> None:
        first = self.story.said[0]
        publication = publishing.announce_incident(
            actor=self.tomas, now=at, page=self.stage.page, title=self.story.title,
            body=first.words, status=first.status, severity=self.story.severity,
            components=self.stage.statuses(first.components), started_at=self.began,
            notify=notify,
        )  # fmt: skip
        self.stage.keep(self.story.key, publication.incident_id)

    def _update(self, at: datetime, number: int, *, notify: bool) -> None:
        said = self.story.said[number]
        publishing.announce_update(
            actor=self.tomas, now=at, incident=self.incident, status=said.status,
            body=said.words, components=self.stage.statuses(said.components), notify=notify,
        )  # fmt: skip
        self.incident.refresh_from_db()

    def save_record(self, at: datetime, *, complete: bool = True) -> None:
        data = (
            full_record(self.story, self.incident)
            if complete
            else started_record(self.story, self.incident)
        )
        incidents.save_record(
            actor=self.tomas, now=at, incident=self.incident, data=data, expected_version=None
        )
        if complete and self.earlier is not None:
            incidents.judge_recurrence(
                actor=self.tomas, now=at, incident=self.incident, earlier=self.earlier,
                is_same=True,
            )  # fmt: skip

    def decide_follow_up(self, at: datetime) -> None:
        story = self.story
        concerned = bool(story.data)
        if concerned:
            add_affected(
                actor=self.jonah, now=at, page=self.stage.page,
                incident_ref=self.incident.public_id, csv_text=company.DATA_AFFECTED,
            )  # fmt: skip
        wanted = {
            DATA: ("targeted", "Each of these venues hears about its own guests from us.")
            if concerned
            else ("none", f"No data was seen, lost or changed: {story.checked_how}."),
            SLA: story.sla or ("none", "No service level was missed by this."),
            EVERYONE: ("subscribers", story.everyone)
            if story.severity < 3
            else ("page", "Few venues for a short time; the page and its feed will do."),
        }
        for segment, (level, reason) in wanted.items():
            followups.decide(
                actor=self.jonah, now=at, incident=self.incident, segment=segment, level=level,
                reason=reason,
            )  # fmt: skip

    def decide_summary(self, at: datetime) -> None:
        lower = self.story.outcome != "summary"
        decision = incidents.decide_summary(
            actor=self.mara, now=at, incident=self.incident, outcome=self.story.outcome,
            reason=self.story.reason,
            review_on=(at + 30 * DAY).date() if self.story.outcome == "none" else None,
            second_person=self.jonah if lower else None,
        )  # fmt: skip
        if lower:
            incidents.confirm_decision(actor=self.jonah, now=at, decision=decision)

    # -- statements ---------------------------------------------------------------------------

    def _plan_statement(
        self,
        kind: str,
        written: Written,
        *,
        publish_at: datetime,
        wait: timedelta,
        segment: str = "",
    ) -> None:
        """Mara writes, Ilse reads, Jonah publishes; ``wait`` lies between each of them."""
        self.script.at(publish_at - 3 * wait, lambda at: self._write(at, kind, written, segment))
        self.script.at(publish_at - wait, lambda at: self._approve(at, kind, segment))
        self.script.at(publish_at, lambda at: self._publish(at, kind, segment))

    def _write(self, at: datetime, kind: str, written: Written, segment: str) -> None:
        figures = figures_of(
            self.story, self.began, self.earlier.started_at if self.earlier else None
        )
        statement = statements.start(
            actor=self.mara, now=at, incident=self.incident, kind=kind, segment=segment
        )
        statements.save_revision(
            actor=self.mara, now=at, statement=statement,
            title=written.title.format_map(figures), body=written.body.format_map(figures),
            based_on=newest_revision(statement).number,
        )  # fmt: skip
        statements.ask_review(actor=self.mara, now=at, statement=statement)

    def _approve(self, at: datetime, kind: str, segment: str) -> None:
        statement = self._statement(at, kind, segment)
        statements.approve(
            actor=self.ilse, now=at, statement=statement, comment="Figures match the record."
        )
        if approval(statement).missing:
            statements.approve(actor=self.jonah, now=at, statement=statement, comment="I answer.")

    def _publish(self, at: datetime, kind: str, segment: str) -> None:
        publishing.publish_statement(
            actor=self.jonah, now=at, statement=self._statement(at, kind, segment)
        )
        deliver(at)

    def _statement(self, at: datetime, kind: str, segment: str) -> Statement:
        return statements.start(
            actor=self.mara, now=at, incident=self.incident, kind=kind, segment=segment
        )

    # -- promises -----------------------------------------------------------------------------

    def _summary_at(self) -> datetime:
        day = self.ended + self.story.summary_after_days * DAY
        return day.replace(hour=14, minute=10)

    def _plan_promises(self, summary_at: datetime) -> None:
        for number, promise in enumerate(self.story.promises):
            self.script.at(
                summary_at - 5 * HOUR,
                self._promising(number, promise, summary_at),
            )
            due = self.began + promise.due * DAY
            if promise.slipped_to is not None:
                self.script.at(due - 2 * DAY, self._slipping(number, promise.slipped_to))
            if promise.done is not None:
                done = self.began + promise.done * DAY
                if done.date() > (summary_at - 5 * HOUR).date():
                    self.script.at(done, self._keeping(number))
            if promise.dropped is not None:
                self.script.at(
                    self.began + promise.dropped * DAY,
                    self._dropping(number, promise.dropped_because),
                )

    def _promising(
        self, number: int, promise: Promise, summary_at: datetime
    ) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            done = None if promise.done is None else self.began + promise.done * DAY
            already = done is not None and done.date() <= at.date()
            self.promised[number] = commitments.promise(
                actor=self.mara, now=at, incident=self.incident, what=promise.what,
                why=promise.why, effect=promise.effect, mechanism=promise.mechanism,
                due=(self.began + promise.due * DAY).date(),
                state="done" if already else promise.state,
                done_on=done.date() if done is not None and already else None,
                owner_name=promise.owner,
                tracker_url=f"https://tracker.brambleworth.example/BW-{4100 + number}",
            )  # fmt: skip

        return do

    def _slipping(self, number: int, days: int) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            commitments.change(
                actor=self.mara, now=at, commitment=self.promised[number],
                due=(self.began + days * DAY).date(),
                note="The test found a case we had not thought of; we need two more weeks.",
            )  # fmt: skip
            self._tell_promises(at)

        return do

    def _keeping(self, number: int) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            commitments.change(
                actor=self.mara, now=at, commitment=self.promised[number], state="done",
                done_on=at.date(), note="In place and tried.",
            )  # fmt: skip
            self._tell_promises(at)

        return do

    def _dropping(self, number: int, because: str) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            commitments.change(
                actor=self.mara, now=at, commitment=self.promised[number], state="dropped",
                dropped_because=because,
            )  # fmt: skip
            self._tell_promises(at)

        return do

    def _tell_promises(self, at: datetime) -> None:
        publishing.publish_promises(actor=self.jonah, now=at, incident=self.incident)
