"""The second pair of eyes: read, accept a finding by name, approve, or ask for changes."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from afterword.accounts.queries import people_who_may
from afterword.components.queries import the_page
from afterword.desk.amendments import about_correction, facts_leave
from afterword.desk.check_panel import panel_of
from afterword.desk.differences import Change, differences
from afterword.desk.forms import OverrideForm, chosen_person
from afterword.desk.preview_choices import preview_choices
from afterword.desk.record_changes import changed_facts
from afterword.desk.shell import for_the_team, may_do, normal_newlines, show, the_person
from afterword.followups.figures_held import figures_findings
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.models import RecordVersion
from afterword.incidents.queries import current_record, record_versions
from afterword.incidents.record import starting_record
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed
from afterword.kit.markdown import render_markdown
from afterword.statements import actions
from afterword.statements import queries as statements
from afterword.statements.approvers import legal_reasons
from afterword.statements.facts import facts_stopped
from afterword.statements.models import Review, Revision, Statement
from afterword.statements.promises import promises_hash, promises_leaving
from afterword.statements.queries import Approval
from afterword.statements.texts import Text


@for_the_team("GET")
def page(request: HttpRequest, statement_id: str) -> HttpResponse:
    return _page(request, statements.statement_by_public_id(the_page(), statement_id))


@for_the_team("POST", posting="write")
def ask(request: HttpRequest, statement_id: str) -> HttpResponse:
    statement = statements.statement_by_public_id(the_page(), statement_id)
    actions.ask_review(actor=the_person(request), now=clock.now(), statement=statement)
    messages.success(request, "Asked for a review. Somebody other than you can approve it.")
    return redirect("desk:review", statement_id=statement.public_id)


@for_the_team("POST", posting="approve", holds_text=True)
def approve(request: HttpRequest, statement_id: str) -> HttpResponse:
    statement = statements.statement_by_public_id(the_page(), statement_id)
    seen_revision, seen_record = _number(request, "seen_revision"), _number(request, "seen_record")
    seen_promises = request.POST.get("seen_promises")
    if seen_revision is None or seen_record is None or seen_promises is None:
        raise BadInput("An approval says what was read. Open the review and approve from there.")
    actions.approve(
        actor=the_person(request),
        now=clock.now(),
        statement=statement,
        comment=normal_newlines(request.POST.get("comment", "")),
        seen_revision=seen_revision,
        seen_record=seen_record,
        seen_promises=seen_promises,
    )
    messages.success(request, "Approved, for exactly this text, this record and these promises.")
    return redirect("desk:review", statement_id=statement.public_id)


@for_the_team("POST", posting="review", holds_text=True)
def ask_changes(request: HttpRequest, statement_id: str) -> HttpResponse:
    statement = statements.statement_by_public_id(the_page(), statement_id)
    comment = normal_newlines(request.POST.get("comment", ""))
    try:
        actions.ask_changes(
            actor=the_person(request),
            now=clock.now(),
            statement=statement,
            comment=comment,
            seen_revision=_number(request, "seen_revision"),
        )
    except BadInput as refusal:
        return _page(request, statement, comment=comment, refusal=refusal.message, status=422)
    messages.success(request, "Given back to its writer.")
    return redirect("desk:review", statement_id=statement.public_id)


@for_the_team("POST", posting="override", holds_text=True)
def override(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Let one finding stand, by name and with a reason."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _page(request, statement, override=form, status=422)
    told = form.cleaned_data
    people = people_who_may("override", page=statement.incident.page_id)
    try:
        made = actions.override(
            actor=the_person(request),
            now=clock.now(),
            statement=statement,
            rule=told["rule"],
            quote=normal_newlines(told["quote"]),
            reason=told["reason"],
            second_person=chosen_person(people, told["second_person"]),
            beside=figures_findings(statement),
        )
    except (BadInput, NotAllowed) as refusal:
        form.add_error(None, refusal.message)
        return _page(request, statement, override=form, status=refusal.status)
    second = made.second_person
    messages.success(
        request,
        f"{told['rule']} may stand once {second.name} has agreed, signed in."
        if second
        else f"{told['rule']} may stand. Your name and reason are kept with it.",
    )
    return redirect("desk:review", statement_id=statement.public_id)


@for_the_team("POST", posting="override")
def confirm(request: HttpRequest, statement_id: str, override_id: int) -> HttpResponse:
    """Agree to let a finding stand, as the second person named."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    waiting = statements.override_of(statement, override_id)
    actions.confirm_override(
        actor=the_person(request),
        now=clock.now(),
        override=waiting,
        beside=figures_findings(statement),
    )
    messages.success(request, f"{waiting.rule} may stand. Both names are kept with it.")
    return redirect("desk:review", statement_id=statement.public_id)


def _page(
    request: HttpRequest,
    statement: Statement,
    *,
    comment: str = "",
    refusal: str = "",
    override: OverrideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person = the_person(request)
    newest = statements.newest_revision(statement)
    checked = statements.findings(statement)
    figures = [] if statement.published_at else figures_findings(statement)
    with_figures = replace(checked, findings=(*checked.findings, *figures))
    accepted = statements.overrides_in_force(statement, with_figures)
    text = Text(newest.title, newest.body)
    read = statements.told_revision(statement, newest)
    told = statements.told_text(statement.incident, newest.title, newest.body)
    record = current_record(statement.incident)
    approval = statements.approval(statement)
    page = statement.incident.page_id
    let_through = frozenset((o.rule, o.quote) for o in accepted)
    reviews = statements.reviews_of(statement)
    page_key = statement.incident.page_id
    may = may_do(person, page_key)
    reader = statements.reader_of(person, page_key)
    needs = statements.needs_of(statement)
    missing = approval.missing if approval.missing or approval.valid else needs
    compared = _compared(request, statement, newest, reviews)
    bypass = statements.bypass_of(statement)
    context = {
        "needs": [(need, need in missing) for need in needs],
        "may_approve": may["review"] or any(reader.can(need) for need in needs),
        "no_counsel": legal_reasons(statements.record_data(statement.incident))
        if not any(n.part == "legal" for n in needs)
        else [],
        "compared": compared,
        "earlier": [r for r in statements.revisions_of(statement) if r.pk != newest.pk],
        "changes": _between(compared, newest) if compared else [],
        "comments": statements.comments_of(statement),
        "may_remark": may["remark"],
        "bypass": bypass,
        "may_read": bypass is not None
        and person.pk not in statements.authors_of(newest) | {bypass.used_by_id},
        "statement": statement,
        "incident": statement.incident,
        "newest": newest,
        "record": record,
        "panel": panel_of(text, statement.kind, checked, let_through, told),
        # Rendered without raw HTML and cleaned in kit.markdown.
        "rendered": mark_safe(render_markdown(read.body)),  # noqa: S308
        "approval": approval,
        "since": _since(approval, newest),
        "facts_since": _facts_since(approval, statement, record),
        "reviews": reviews,
        "accepted": accepted,
        "waiting": statements.overrides_waiting(statement, with_figures),
        "figures": [one for one in figures if (one.rule, one.quote) not in let_through],
        "promises": promises_leaving(statement),
        "promises_hash": promises_hash(statement),
        "facts_leave": facts_leave(statement),
        "facts_stopped": facts_stopped(statement.incident) if facts_leave(statement) else [],
        **about_correction(statement, newest),
        **preview_choices(statement.incident.page),
        "facts": facts_at_hand(record.data if record else starting_record(statement.incident)),
        "is_author": person.pk in statements.authors_of(newest),
        "reviewers": [p for p in people_who_may("review", page=page) if p.pk != newest.author_id],
        "seconds": [p for p in people_who_may("override", page=page) if p.pk != person.pk],
        "comment": comment,
        "refusal": refusal,
        "override": override,
    }
    return show(request, "desk/review.html", context, status=status)


def _since(approval: Approval, newest: Revision) -> list[Change]:
    """Return what changed in the text since an approval that is void now."""
    if approval.valid or approval.review is None:
        return []
    approved = approval.review.revision
    if approved.pk == newest.pk:
        return []
    return _between(approved, newest)


def _between(before: Revision, after: Revision) -> list[Change]:
    was, now = Text(before.title, before.body), Text(after.title, after.body)
    return differences(was.whole, now.whole)


def _compared(
    request: HttpRequest, statement: Statement, newest: Revision, reviews: list[Review]
) -> Revision | None:
    """Return the revision to compare the newest with: the one asked for, else the one this person
    judged last; None when that is the newest itself or there is none.
    """
    wanted = request.GET.get("since", "")
    if wanted.isascii() and wanted.isdigit():
        every = statements.revisions_of(statement)
        return next((r for r in every if str(r.number) == wanted and r.pk != newest.pk), None)
    own = [r.revision for r in reviews if r.reviewer_id == the_person(request).pk]
    return own[-1] if own and own[-1].pk != newest.pk else None


def _facts_since(
    approval: Approval, statement: Statement, record: RecordVersion | None
) -> list[tuple[str, str, str]]:
    """Return (label, before, now) of the facts that changed since an approval that is void now."""
    if approval.valid or approval.review is None or record is None:
        return []
    seen = approval.review.record_version
    versions = record_versions(statement.incident)
    before = next((v for v in versions if v.version == seen), None)
    return changed_facts(before.data, record.data) if before else []


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
