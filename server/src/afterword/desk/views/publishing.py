"""The last look before a text leaves: who gets it, where it appears, what was let through."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe

from afterword.audience.models import Segment
from afterword.audience.queries.customers import count_members
from afterword.audience.queries.subscribers import count_active
from afterword.components.queries import the_page
from afterword.desk.amendments import about_correction, facts_leave
from afterword.desk.forms import LeaveAtForm
from afterword.desk.fresh_pages import said_of
from afterword.desk.once import once, sent_before
from afterword.desk.preview_choices import preview_choices
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.desk.templatetags.desk_words import moment
from afterword.fanout.choosing import FOR_EVERYBODY, PassedOver, waiting_for_their_own
from afterword.fanout.queries import count_who_got
from afterword.followups.figures_held import blocking_figures, figures_findings
from afterword.followups.plan import Proposed
from afterword.followups.queries import (
    LIST,
    SUBSCRIBERS,
    lines_in_force,
    proposals,
    recipients_for,
)
from afterword.followups.reckoning import counts
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.queries import current_record, hold_in_force
from afterword.kit import clock
from afterword.kit.errors import Refusal
from afterword.kit.markdown import render_markdown
from afterword.kit.timespans import parse_iso
from afterword.publishing.actions import (
    cancel_departure,
    publish_statement,
    publish_unread,
    publish_without_rest,
    schedule_statement,
)
from afterword.publishing.actions.correction import correctable, reach_of
from afterword.publishing.cool_off import leaves_at
from afterword.publishing.departures import departure_of, newest_departures
from afterword.publishing.models import Audience, DepartureState, Publication
from afterword.statements import queries as statements
from afterword.statements.actions.bypassing import NEVER
from afterword.statements.facts import facts_stopped
from afterword.statements.models import Override, Statement, StatementKind, StatementState
from afterword.statements.promises import promises_leaving


@dataclass(frozen=True)
class Outlook:
    """What publishing would do. ``stops`` says, in words, what stands in the way.

    ``undecided`` is the proposal for everyone while nobody has decided on it. ``passed_over`` says
    whom it does not reach because a letter of their own is to come.
    """

    audience: str
    count: int
    on_page: bool
    stops: list[str]
    undecided: Proposed | None = None
    passed_over: PassedOver | None = None


@for_the_team("GET", "POST", posting="publish")
def publish(request: HttpRequest, statement_id: str) -> HttpResponse:
    statement = statements.statement_by_public_id(the_page(), statement_id)
    if led := sent_before(request):
        return led
    if request.method == "POST":
        seen = request.POST.get("revision", "")
        newest = statements.newest_revision(statement)
        if seen != str(newest.number) and statement.state != StatementState.PUBLISHED:
            messages.warning(request, "The text changed since you opened this page. Look again.")
            return redirect("desk:publish", statement_id=statement.public_id)
        return _act(request, statement)
    return _page(request, statement)


def _act(request: HttpRequest, statement: Statement) -> HttpResponse:
    """Let it leave now, at a time that was chosen, or when it has rested."""
    person, now = the_person(request), clock.now()
    wanted = request.POST.get("do", "")
    left: list[Publication] = []
    if wanted == "at":
        form = LeaveAtForm(request.POST)
        if not form.is_valid():
            return _page(request, statement, leave_at=form, status=422)
        at = parse_iso(form.cleaned_data["leave_at"])
    elif wanted in {"hurry", "unread"}:
        at = now
    else:
        at = _earliest(statement, outlook_of(statement), now)

    def leave() -> str:
        if wanted in {"hurry", "unread"}:
            verb = publish_without_rest if wanted == "hurry" else publish_unread
            reason = normal_newlines(request.POST.get("reason", ""))
            left.append(verb(actor=person, now=now, statement=statement, reason=reason))
        elif at > now or wanted == "at":
            schedule_statement(actor=person, now=now, statement=statement, leave_at=at)
            return reverse("desk:publish", args=[statement.public_id])
        else:
            left.append(publish_statement(actor=person, now=now, statement=statement))
        return reverse("desk:case", args=[statement.incident.public_id])

    return once(request, leave, lambda: said_of(left[0]) if left else f"It leaves {moment(at)}.")


@for_the_team("POST", posting="stop_departure")
def cancel(request: HttpRequest, statement_id: str, departure_id: int) -> HttpResponse:
    """Keep a text from leaving by itself."""
    departure = departure_of(the_page(), statement_id, departure_id)
    cancel_departure(actor=the_person(request), now=clock.now(), departure=departure)
    messages.success(request, "Cancelled. It does not leave by itself any more.")
    return redirect("desk:publish", statement_id=statement_id)


def _may_go_unread(statement: Statement, outlook: Outlook) -> bool:
    """Whether nothing but the second person is missing, and the text is of a kind that may."""
    kind_may = statement.kind not in NEVER and statement.state != StatementState.PUBLISHED
    return kind_may and not statements.approval(statement).valid and len(outlook.stops) == 1


def _earliest(statement: Statement, outlook: Outlook, now: datetime) -> datetime:
    """Return when it leaves if somebody presses publish now: ``now``, or after its rest."""
    return leaves_at(
        statement.kind,
        interim=statement.interim,
        written_at=statements.newest_revision(statement).created_at,
        recipients=outlook.count,
        now=now,
    )


def outlook_of(statement: Statement) -> Outlook:
    """Return who would get the text now, and what would stop it. Reads only."""
    stops: list[str] = []
    if statement.state == StatementState.PUBLISHED:
        stops.append("This text is published already.")
    approval = statements.approval(statement)
    if not approval.valid and not stops:
        stops.append(approval.why[:1].upper() + approval.why[1:] + ".")
    blocking = statements.blocking_findings(statement)
    stops += dict.fromkeys(f"{f.rule} stands on “{f.quote}”." for f in blocking)
    hold = hold_in_force(statement.incident)
    if hold is not None:
        stops.append(f"{hold.placed_by.name} holds this case: {hold.reason}")
    if facts_leave(statement):
        stops += [one.sentence for one in facts_stopped(statement.incident)]
    undecided = _undecided(statement)
    try:
        if statement.kind == StatementKind.CORRECTION:
            return _outlook_of_correction(statement, stops)
        audience, listed = recipients_for(
            incident=statement.incident, statement_kind=statement.kind, segment=statement.segment
        )
    except Refusal as refusal:
        stops = [*stops, refusal.message]
        return Outlook("nobody", 0, undecided is not None, stops, undecided)
    if audience == LIST:
        stops += [
            f"{f.rule} stands on “{f.quote}”. {f.message}" for f in blocking_figures(statement)
        ]
        return Outlook(audience, count_members(listed), on_page=False, stops=stops)
    page = statement.incident.page
    everyone = count_active(page)
    spares = (
        audience == SUBSCRIBERS
        and statement.kind in FOR_EVERYBODY
        and statement.state != StatementState.PUBLISHED
    )
    return Outlook(
        audience,
        everyone if audience == SUBSCRIBERS else 0,
        on_page=True,
        stops=stops,
        passed_over=waiting_for_their_own(page, statement.incident.public_id) if spares else None,
    )


def _outlook_of_correction(statement: Statement, stops: list[str]) -> Outlook:
    """A correction goes to those who got what it corrects, whatever the plan says of new texts."""
    audience, _ = reach_of(statement)
    wrong = correctable(statement.incident, statement.corrects)
    told = 0 if audience == Audience.PAGE else count_who_got(wrong)
    return Outlook(audience, told, on_page=audience != Audience.LIST, stops=stops)


def _accepted(statement: Statement) -> list[Override]:
    """Return what was let through of the text and, before it leaves, of its recipients' figures."""
    checked = statements.findings(statement)
    figures = [] if statement.published_at else figures_findings(statement)
    found = replace(checked, findings=(*checked.findings, *figures))
    return statements.overrides_in_force(statement, found)


def _undecided(statement: Statement) -> Proposed | None:
    """Return what is proposed for everyone while nobody has decided on a text for everybody."""
    incident = statement.incident
    if statement.segment or statement.kind == StatementKind.CORRECTION:
        return None
    if Segment.EVERYONE in lines_in_force(incident):
        return None
    found = proposals(incident, counts(incident))
    return next(one for one in found if one.segment == Segment.EVERYONE)


def _page(
    request: HttpRequest,
    statement: Statement,
    *,
    leave_at: LeaveAtForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    newest = statements.newest_revision(statement)
    record = current_record(statement.incident)
    outlook = outlook_of(statement)
    departure = newest_departures([statement.public_id]).get(statement.public_id)
    earliest = _earliest(statement, outlook, now)
    context = {
        "statement": statement,
        "incident": statement.incident,
        "newest": newest,
        "outlook": outlook,
        "departure": departure,
        "waits": departure is not None and departure.state == DepartureState.WAITING,
        "refused": departure is not None and departure.state == DepartureState.REFUSED,
        "may_go_unread": _may_go_unread(statement, outlook),
        "earliest": earliest if earliest > now else None,
        "leave_at": leave_at or LeaveAtForm(),
        "approval": statements.approval(statement),
        "accepted": _accepted(statement),
        "promises": promises_leaving(statement),
        **about_correction(statement, newest),
        **preview_choices(statement.incident.page),
        "facts": facts_at_hand(record.data) if record and facts_leave(statement) else [],
        # Rendered without raw HTML and cleaned in kit.markdown.
        "rendered": mark_safe(render_markdown(statements.told_revision(statement, newest).body)),  # noqa: S308
    }
    page = statement.incident.page
    return show(request, "desk/publish.html", context, status=status, page=page, now=now)
