"""The follow-up plan: for each group, how far the word goes, how many that is, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from afterword.audience.models import Segment
from afterword.audience.queries.customers import count_members, people_on
from afterword.components.queries import the_page
from afterword.desk.forms import PlanForm, blame
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.fanout.deciding_late import (
    MOST_COUNTED,
    AlreadySaid,
    already_said,
    has_said_to_everybody,
    on_page_alone,
    texts_that_left,
)
from afterword.followups import queries as followups
from afterword.followups.actions import decide
from afterword.followups.models import Level
from afterword.followups.people import WHY_LEFT_OUT, Plan
from afterword.followups.plan import ALLOWED
from afterword.followups.queries import SegmentPlan
from afterword.followups.reckoning import lists_that_left, record_of
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput, Refusal
from afterword.kit.ids import is_public_id
from afterword.publishing.models import Publication
from afterword.publishing.queries import letters_to_lists


@dataclass(frozen=True)
class Late:
    """What a decision for a group comes to once a text for everybody has left. ``listed``: the
    group waits for a letter that nobody has published. ``uncounted``: there are too many to count.
    """

    listed: bool
    said: list[AlreadySaid]
    uncounted: bool = False


@for_the_team("GET", "POST", posting="plan_follow_up", holds_text=True)
def plan(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the plan; POST decides for one segment, maybe on the way to publishing a text."""
    if (back := sent_before(request)) is not None:
        return back
    incident = incident_by_public_id(the_page(), incident_id)
    if request.method == "GET":
        return _page(request, incident)
    segment = request.POST.get("segment", "")
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, bound={segment: form}, status=422)
    level = form.cleaned_data["level"]

    def keep() -> str:
        decide(
            actor=the_person(request),
            now=clock.now(),
            incident=incident,
            segment=segment,
            level=level,
            reason=normal_newlines(form.cleaned_data["reason"]),
        )
        if is_public_id(text := request.POST.get("then_publish", "")):
            return reverse("desk:publish", args=[text])
        return reverse("desk:follow-up", args=[incident.public_id])

    try:
        return once(
            request, keep, lambda: f"{Segment(segment).label}: {Level(level).label.lower()}."
        )
    except BadInput as refusal:
        blame(form, refusal)
        return _page(request, incident, bound={segment: form}, status=refusal.status)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _page(request, incident, bound={segment: form}, status=refusal.status)


def _decided(segment: str, level: str) -> str:
    return f"{Segment(segment).label}: {Level(level).label.lower()}."


def _page(
    request: HttpRequest,
    incident: Incident,
    bound: dict[str, PlanForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    lines = followups.plan_of(incident, now)
    outlook = followups.outlook(incident, lines, now)
    texts, unmailed = _said_to_everybody(incident, lines, now)
    left = lists_that_left(incident)
    context = {
        "incident": incident,
        "outlook": outlook,
        "left_out": [(n, WHY_LEFT_OUT[why]) for why, n in sorted(outlook.left_out.items()) if n],
        "lines": [
            (
                one,
                _form(one, (bound or {}).get(one.segment)),
                _now(one, outlook, left.get(one.segment, ())),
                _late(one, outlook, texts),
                outlook.accounts.get(one.segment, 0),
            )
            for one in lines
        ],
        "unmailed": unmailed,
        "forgotten": followups.count_forgotten(incident),
        "data_people": _data_people(incident, lines),
        "history": followups.history_of(incident)[::-1],
    }
    return show(request, "desk/follow_up.html", context, status=status, page=incident.page)


def _now(one: SegmentPlan, outlook: Plan, left: Collection[str]) -> int | None:
    """Return how many would be on the list if it were frozen now, where that is another number.

    Once the letter has left, that are those who would get one and have had none; None for nobody.
    """
    if one.line is None or one.line.recipients is None:
        return None
    fitting = sum(not each.had for each in outlook.letters.get(one.segment, {}).values())
    if one.line.recipients.public_id in left:
        return fitting or None
    return fitting if fitting != one.line.count else None


def _data_people(incident: Incident, lines: list[SegmentPlan]) -> int | None:
    """Return how many people's data was affected by the record, where the list has another number;
    None too while there is no list, or where the record only estimates it.
    """
    data = record_of(incident).get("data") or {}
    people = data.get("people")
    if people is None or data.get("people_basis") != "measured":
        return None
    listed = next((one.proposed.count for one in lines if one.segment == Segment.DATA), 0)
    return people if listed and listed != people else None


def _late(one: SegmentPlan, outlook: Plan, texts: list[Publication]) -> Late | None:
    """Return what there is to know of a group before it is decided for anew; None for everyone,
    where its letter is published, and where no text for everybody has left.
    """
    if one.segment == Segment.EVERYONE or not texts:
        return None
    if one.line is None or one.line.recipients is None:
        return Late(False, already_said(texts, outlook.letters.get(one.segment, ())))
    listed = one.line.recipients.public_id
    published = letters_to_lists(texts[0].page, texts[0].incident_id)
    if any(each.recipient_list == listed for each in published):
        return None
    if count_members(listed) > MOST_COUNTED:
        return Late(True, already_said(texts, ()), uncounted=True)
    return Late(True, already_said(texts, people_on(listed), without=listed))


def _said_to_everybody(
    incident: Incident, lines: list[SegmentPlan], now: datetime
) -> tuple[list[Publication], list[Publication]]:
    """Return the texts for everybody that left and may still be sent, and those that were mailed to
    nobody. None leaves before it is decided for everyone.
    """
    page, ref = incident.page, incident.public_id
    if not any(one.segment == Segment.EVERYONE and one.line for one in lines):
        return [], []
    if not has_said_to_everybody(page, ref):
        return [], []
    return texts_that_left(page, ref, now), on_page_alone(page, ref)


def _form(one: SegmentPlan, bound: PlanForm | None) -> PlanForm:
    """Return the form of a segment: as decided, else as proposed with the proposal's reason."""
    initial = {
        "level": one.line.level if one.line else one.proposed.level,
        "reason": one.line.reason if one.line else one.proposed.because,
    }
    form = bound or PlanForm(initial=initial, auto_id=f"{one.segment}_%s")
    form.auto_id = f"{one.segment}_%s"
    allowed = ALLOWED[one.segment]
    form.fields["level"].widget.choices = [(lv.value, lv.label) for lv in Level if lv in allowed]
    return form
