"""Writing a statement: the text with its findings in place, saved as revisions."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from afterword.accounts.permissions import may
from afterword.components.queries import the_page
from afterword.desk.actions import forget_typed, keep_typed
from afterword.desk.amendments import about_correction
from afterword.desk.check_panel import Panel, applied, as_json, panel_of
from afterword.desk.devices import device_named
from afterword.desk.differences import differences
from afterword.desk.held_texts import OWNER, owner_mark
from afterword.desk.models import TypedText
from afterword.desk.preview_choices import preview_choices
from afterword.desk.queries import is_pad, new_pad, typed_text, typed_unsaved
from afterword.desk.shell import ANY_ROLE, for_the_team, normal_newlines, show, the_person
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.incidents.record import starting_record
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict, Refusal, TextRejected
from afterword.postmortems.queries import Review, review_of
from afterword.statements import actions
from afterword.statements import queries as statements
from afterword.statements.models import Revision, Statement, StatementState
from afterword.statements.texts import Text

LONGEST_CHECKED = 60_000
INTERIM = "interim"


@dataclass
class Sheet:
    """What the editor shows: a text, the revision it stands on, and what went wrong with it."""

    text: Text
    based_on: int
    problems: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    unsaved: bool = False
    status: int = 200
    pad: str = ""


@for_the_team("POST", posting="write")
def start(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Start a text of the kind asked for, or open the one that was started already."""
    incident = incident_by_public_id(the_page(), incident_id)
    kind = request.POST.get("kind", "")
    statement = actions.start(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        kind="summary" if kind == INTERIM else kind,
        segment=request.POST.get("segment", ""),
        interim=kind == INTERIM,
    )
    return redirect("desk:statement", statement_id=statement.public_id)


# Any role: a refusal by the verb gives the words back.
@for_the_team("GET", "POST", posting=ANY_ROLE, holds_text=True)
def edit(request: HttpRequest, statement_id: str) -> HttpResponse:
    statement = statements.statement_by_public_id(the_page(), statement_id)
    newest = statements.newest_revision(statement)
    if request.method == "POST":
        return _act(request, statement)
    typed = typed_text(the_person(request), statement, request.GET.get("pad", ""))
    if typed is not None:
        return _page(request, statement, _typed_sheet(statement, typed))
    if statement.state == StatementState.PUBLISHED:
        return redirect("desk:review", statement_id=statement.public_id)
    return _page(request, statement, Sheet(Text(newest.title, newest.body), newest.number))


def _typed_sheet(statement: Statement, typed: TypedText) -> Sheet:
    """Return what a pad holds, as it was typed and not saved."""
    sheet = Sheet(Text(typed.title, typed.body), typed.based_on, unsaved=True, pad=typed.pad)
    if statement.state == StatementState.PUBLISHED:
        sheet.refusal = (
            "This text was published meanwhile, without what you typed. Copy what is still needed "
            "and start a correction from the case."
        )
    return sheet


@for_the_team("POST", posting=ANY_ROLE)
def live_check(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Check the text as it stands in the browser; nothing is saved."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    text = _posted(request)
    if len(text.body) > LONGEST_CHECKED:
        return JsonResponse({"message": "The text is too long to check; shorten it."}, status=422)
    try:
        panel = _panel(statement, text)
    except BadInput as wrong:
        return JsonResponse({"message": wrong.message, "problems": wrong.problems}, status=422)
    answer = as_json(panel)
    context = {"panel": panel, "statement": statement}
    answer["panels"] = {
        "findings": render_to_string("desk/parts/findings.html", context, request),
        "coverage": render_to_string("desk/parts/coverage.html", context, request),
    }
    return JsonResponse(answer)


def _act(request: HttpRequest, statement: Statement) -> HttpResponse:
    text = _posted(request)
    based_on = request.POST.get("based_on", "")
    sheet = Sheet(text, int(based_on) if based_on.isascii() and based_on.isdigit() else 0)
    sheet.pad = _posted_pad(request)
    if "apply" in request.POST:
        return _apply(request, statement, sheet, request.POST["apply"])
    try:
        saved = actions.save_revision(
            actor=the_person(request),
            now=clock.now(),
            statement=statement,
            title=text.title,
            body=text.body,
            based_on=sheet.based_on,
        )
        forget_typed(person=the_person(request), statement=statement, pad=sheet.pad)
        if request.POST.get("do") == "ask":
            actions.ask_review(actor=the_person(request), now=clock.now(), statement=statement)
            messages.success(request, "Asked for a review. Somebody other than you can approve it.")
            return redirect("desk:review", statement_id=statement.public_id)
    except Conflict as refusal:
        return _conflict(request, statement, refusal)
    except TextRejected as refusal:
        kept = statements.newest_revision(statement)
        refused = Sheet(text, kept.number, refusal=refusal.message, status=refusal.status)
        return _page(request, statement, refused)
    except BadInput as refusal:
        sheet.problems, sheet.refusal = refusal.problems, refusal.message
        sheet.unsaved, sheet.status = True, refusal.status
        _keep(request, statement, sheet)
        return _page(request, statement, sheet)
    except Refusal as refusal:
        _keep(request, statement, sheet)
        sheet.refusal, sheet.unsaved, sheet.status = refusal.message, True, refusal.status
        return _page(request, statement, sheet)
    messages.success(request, f"Saved as revision {saved.number}.")
    return redirect("desk:statement", statement_id=statement.public_id)


def _keep(request: HttpRequest, statement: Statement, sheet: Sheet) -> None:
    """Keep a text that was not saved, so that a closed tab does not lose it."""
    with suppress(Refusal):
        keep_typed(
            person=the_person(request),
            now=clock.now(),
            statement=statement,
            pad=sheet.pad,
            title=sheet.text.title,
            body=sheet.text.body,
            based_on=sheet.based_on,
            device=request.headers.get("User-Agent", ""),
        )


def _apply(request: HttpRequest, statement: Statement, sheet: Sheet, key: str) -> HttpResponse:
    """Put one replacement into the posted text, for browsers without scripts. Saves nothing."""
    panel, _ = _panel_or_trouble(statement, sheet.text)
    changed = applied(panel, key) if panel else None
    if changed is None:
        messages.warning(request, "The text changed there meanwhile. Look at the findings again.")
    else:
        sheet.text = changed
    sheet.unsaved = True
    return _page(request, statement, sheet)


def _conflict(request: HttpRequest, statement: Statement, refusal: Conflict) -> HttpResponse:
    """Show both texts. The writer's is kept already; saving on top of the newest settles it."""
    newest = statements.newest_revision(statement)
    text, pad = _posted(request), _posted_pad(request)
    forget_typed(person=the_person(request), statement=statement, pad=pad)
    own = Text(newest.title, newest.body).hash == Text(*_tidy(text)).hash
    sheet = Sheet(
        text, newest.number, refusal=refusal.message, unsaved=not own, status=409, pad=pad
    )
    return _page(request, statement, sheet, others=[] if own else [newest])


def _tidy(text: Text) -> tuple[str, str]:
    return " ".join(text.title.split()), text.body.rstrip()


def _page(
    request: HttpRequest, statement: Statement, sheet: Sheet, others: list[Revision] | None = None
) -> HttpResponse:
    incident = statement.incident
    person = the_person(request)
    sheet.pad = sheet.pad or new_pad()
    record = current_record(incident)
    newest = statements.newest_revision(statement)
    panel, trouble = _panel_or_trouble(statement, sheet.text)
    reviews = statements.reviews_of(statement)
    context: dict[str, Any] = {
        "statement": statement,
        "incident": incident,
        "sheet": sheet,
        "typed_by": (OWNER, owner_mark(person)),
        "typed": [
            (each, device_named(each.device))
            for each in typed_unsaved(person, statement, but=sheet.pad)
        ],
        "panel": panel,
        "trouble": trouble,
        "newest": newest,
        "others": [
            (one, differences(one.body, sheet.text.body))
            for one in [*statements.set_aside(statement), *(others or [])]
        ],
        "record": record,
        "facts": facts_at_hand(record.data if record else starting_record(incident)),
        "approval": statements.approval(statement),
        **about_correction(statement, newest),
        **preview_choices(incident.page),
        "beside": _review_beside(request, incident),
        "last_review": reviews[-1] if reviews else None,
        "remarks": [c for c in statements.comments_of(statement) if c.settled_at is None],
    }
    return show(request, "desk/editor.html", context, status=sheet.status)


def _review_beside(request: HttpRequest, incident: Incident) -> Review | None:
    """Return the internal review, for those alone who may read it."""
    person = the_person(request)
    if not may(person, "postmortem", page=incident.page_id):
        return None
    return review_of(incident, person)


def _panel_or_trouble(statement: Statement, text: Text) -> tuple[Panel | None, str]:
    try:
        return _panel(statement, text), ""
    except BadInput as wrong:
        return None, wrong.message


def _panel(statement: Statement, text: Text) -> Panel:
    checked = statements.check_text(
        incident=statement.incident,
        kind=statement.kind,
        title=text.title,
        body=text.body,
        interim=statement.interim,
    )
    accepted = statements.overrides_in_force(statement, checked)
    told = statements.told_text(statement.incident, text.title, text.body)
    let_through = frozenset((o.rule, o.quote) for o in accepted)
    return panel_of(text, statement.kind, checked, let_through, told)


def _posted_pad(request: HttpRequest) -> str:
    pad = request.POST.get("pad", "")
    return pad if is_pad(pad) else new_pad()


def _posted(request: HttpRequest) -> Text:
    title = " ".join(normal_newlines(request.POST.get("title", "")).splitlines())
    return Text(title, normal_newlines(request.POST.get("body", "")))
