"""The internal review: its own page, its own permission, never on an outward path."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from afterword.accounts.models import Person
from afterword.accounts.queries import all_names, people_who_may
from afterword.components.queries import the_page
from afterword.desk.differences import differences
from afterword.desk.forms import ActionItemForm, AskReadingForm, SettleReadingForm, chosen_person
from afterword.desk.review_check import ReviewPanel, panel_of_review
from afterword.desk.review_form import entry_rows, factor_rows, read_review
from afterword.desk.shell import for_the_team, show, the_person
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.incidents.record import starting_record
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict
from afterword.postmortems import actions
from afterword.postmortems import queries as postmortems
from afterword.postmortems.content import (
    ENTRY_KINDS,
    FACTOR_KINDS,
    NAME_KINDS,
    SECTIONS,
    Content,
    content_of,
)
from afterword.postmortems.models import PostmortemRevision
from afterword.postmortems.outlines import OUTLINES
from afterword.postmortems.queries import Review

LONGEST_CHECKED = 120_000
SHOWN_REVISIONS = 50
_NAME_LABELS = {
    "people": "People",
    "hosts": "Machines and services",
    "tickets": "Tickets",
    "customers": "Customers",
}


@for_the_team("GET", "POST", reading="postmortem", posting="postmortem", holds_text=True)
def edit(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the review as a form; POST saves all of it as the next revision."""
    incident = incident_by_public_id(the_page(), incident_id)
    # Asked before anything is read: who may not read it is refused here, with what would help.
    review = postmortems.review_of(incident, the_person(request))
    if request.method == "GET":
        return _page(request, incident, review, review.content if review else Content())
    typed = read_review(request.POST.dict())
    based_on = _number(request.POST.get("based_on", "0"))
    before = review.newest.number if review else 0
    try:
        saved = actions.save(
            actor=the_person(request),
            now=clock.now(),
            incident=incident,
            content=typed,
            based_on=based_on,
        )
    except BadInput as refusal:
        return _page(
            request, incident, review, typed, refusal=refusal.message,
            problems=refusal.problems, based_on=based_on, status=422,
        )  # fmt: skip
    except Conflict as refusal:
        kept = postmortems.review_of(incident, the_person(request))
        return _page(
            request, incident, kept, kept.content if kept else typed, refusal=refusal.message,
            theirs=review.newest if review else None, status=409,
        )  # fmt: skip
    if saved.number > before and based_on not in {before, saved.number}:
        messages.info(request, f"Put together with what others saved up to revision {before}.")
    messages.success(request, f"Saved as revision {saved.number}. It stays inside.")
    return redirect("desk:postmortem", incident_id=incident.public_id)


@for_the_team("POST", posting="postmortem")
def live_check(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Check the review as it stands in the browser; nothing is saved."""
    incident = incident_by_public_id(the_page(), incident_id)
    typed = read_review(request.POST.dict())
    if sum(len(text) for text in typed.texts()) > LONGEST_CHECKED:
        message = "The review is too long to check as you type; what you save is kept all the same."
        return JsonResponse({"message": message}, status=422)
    try:
        panel = panel_of_review(typed, _record(incident), all_names())
    except BadInput as wrong:
        return JsonResponse({"message": wrong.message}, status=422)
    html = render_to_string("desk/parts/review_findings.html", {"panel": panel}, request)
    return JsonResponse(panel.as_json() | {"html": html})


@for_the_team("POST", posting="postmortem")
def begin(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = incident_by_public_id(the_page(), incident_id)
    actions.begin(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        outline=request.POST.get("outline", ""),
    )
    messages.success(request, "Begun, with the timeline as far as it is known. It stays inside.")
    return redirect("desk:postmortem", incident_id=incident.public_id)


@for_the_team("POST", posting="postmortem")
def fill(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Fill the timeline from the public updates and the record."""
    incident = incident_by_public_id(the_page(), incident_id)
    person = the_person(request)
    before = postmortems.latest(incident, person)
    saved = actions.fill_timeline(actor=person, now=clock.now(), incident=incident)
    had = len(content_of(before.body, before.parts).timeline) if before else 0
    added = len(content_of(saved.body, saved.parts).timeline) - had
    if added:
        messages.success(request, f"{added} {'line' if added == 1 else 'lines'} added.")
    else:
        messages.info(request, "All that the updates and the record tell is in it already.")
    return redirect("desk:postmortem", incident_id=incident.public_id)


@for_the_team("POST", posting="postmortem")
def ask(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Ask a second person to read the review as it was saved last."""
    incident = incident_by_public_id(the_page(), incident_id)
    able = people_who_may("postmortem", page=incident.page_id)
    actions.ask_reading(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        reader=chosen_person(able, request.POST.get("reader", "")),
    )
    messages.success(request, "Asked. Somebody other than its writer finds it final.")
    return redirect("desk:postmortem", incident_id=incident.public_id)


@for_the_team("POST", posting="postmortem", holds_text=True)
def settle(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Find the review final, or ask for changes."""
    incident = incident_by_public_id(the_page(), incident_id)
    reading = actions.settle_reading(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        revision=_number(request.POST.get("revision", "")),
        verdict=request.POST.get("verdict", ""),
        comment=request.POST.get("comment", ""),
    )
    messages.success(
        request, "It is final." if reading.verdict == "final" else "Changes are asked for."
    )
    return redirect("desk:postmortem", incident_id=incident.public_id)


@for_the_team("GET", reading="postmortem")
def revisions(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show earlier revisions, and what changed in the one chosen."""
    incident = incident_by_public_id(the_page(), incident_id)
    person = the_person(request)
    listed = postmortems.revisions_of(incident, person, limit=SHOWN_REVISIONS)
    number = _number(request.GET.get("number", "")) or (listed[0].number if listed else 0)
    known = {each.number: each for each in listed}
    chosen = known.get(number) or postmortems.revision_of(incident, number, person)
    before = known.get(number - 1)
    if before is None and number > 1:
        before = postmortems.revision_of(incident, number - 1, person)
    context = {
        "incident": incident,
        "listed": listed,
        "chosen": chosen,
        "changes": differences(_as_text(before), _as_text(chosen)),
    }
    return show(request, "desk/postmortem_revisions.html", context, page=incident.page)


@for_the_team("POST", posting="postmortem")
def export(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Send the review as a Markdown file marked INTERNAL. A POST, for the log keeps who took it."""
    incident = incident_by_public_id(the_page(), incident_id)
    text = actions.export(actor=the_person(request), now=clock.now(), incident=incident)
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    name = f"INTERNAL-review-{incident.public_id}.md"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(
    request: HttpRequest,
    incident: Incident,
    review: Review | None,
    content: Content,
    *,
    refusal: str = "",
    problems: dict[str, str] | None = None,
    theirs: PostmortemRevision | None = None,
    based_on: int | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = problems or {}
    record = review.record if review else _record(incident)
    panel, trouble = _panel_or_trouble(record, content)
    able = people_who_may("postmortem", page=incident.page_id)
    newest = review.newest if review else None
    context: dict[str, Any] = {
        "incident": incident,
        "review": review,
        "newest": newest,
        "content": content,
        "based_on": based_on if based_on is not None else (newest.number if newest else 0),
        "entries": entry_rows(content, problems),
        "factors": factor_rows(content, problems),
        "sections": [
            (name, label, getattr(content, name), problems.get(name, ""))
            for name, label in SECTIONS.items()
        ],
        "names": [
            (kind, _NAME_LABELS[kind], "\n".join(getattr(content, kind)), problems.get(kind, ""))
            for kind in NAME_KINDS
        ],
        "entry_kinds": ENTRY_KINDS.items(),
        "factor_kinds": FACTOR_KINDS.items(),
        "outlines": OUTLINES.items(),
        "facts": facts_at_hand(record),
        "panel": panel,
        "trouble": trouble,
        "problems": problems,
        "refusal": refusal,
        "theirs": _as_text(theirs),
        "theirs_to_yours": theirs and differences(_as_text(theirs), _as_text(newest)),
        "theirs_by": theirs,
        **(_about_reading(request, review, able) if review else {}),
        "item_form": ActionItemForm(able),
        "late": [
            each
            for each in (review.items if review else [])
            if postmortems.is_overdue(each, clock.now().date())
        ],
    }
    return show(request, "desk/postmortem.html", context, status=status, page=incident.page)


def _about_reading(
    request: HttpRequest, review: Review, investigators: list[Person]
) -> dict[str, Any]:
    """Return the forms for asking and for judging, as far as this person may use them."""
    person, postmortem = the_person(request), review.postmortem
    own = person.pk in {review.newest.author_id, postmortem.asked_by_id}
    able = [each for each in investigators if each.pk not in {review.newest.author_id, person.pk}]
    return {
        "ask_form": AskReadingForm(able) if postmortem.state == "draft" else None,
        "nobody_else": not able,
        "settle_form": (
            SettleReadingForm() if postmortem.state == "in_review" and not own else None
        ),
        "last_reading": review.readings[-1] if review.readings else None,
    }


def _panel_or_trouble(
    record: Mapping[str, Any], content: Content
) -> tuple[ReviewPanel | None, str]:
    if sum(len(text) for text in content.texts()) > LONGEST_CHECKED:
        return None, "The review is too long to be checked."
    try:
        return panel_of_review(content, record, all_names()), ""
    except BadInput as wrong:
        return None, wrong.message


def _record(incident: Incident) -> dict[str, Any]:
    record = current_record(incident)
    return dict(record.data) if record else starting_record(incident)


def _as_text(revision: PostmortemRevision | None) -> str:
    """Return a revision as one text, for comparing."""
    if revision is None:
        return ""
    content = content_of(revision.body, revision.parts)
    lines = [content.body]
    lines += [f"{e.at} {e.label}: {e.what} {e.known} {e.source}".rstrip() for e in content.timeline]
    lines += [f"{factor.label}: {factor.text}" for factor in content.factors]
    lines += [f"{label}\n{getattr(content, n)}" for n, label in SECTIONS.items()
              if getattr(content, n)]  # fmt: skip
    lines += [", ".join(getattr(content, kind)) for kind in NAME_KINDS if getattr(content, kind)]
    return "\n\n".join(line for line in lines if line)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
