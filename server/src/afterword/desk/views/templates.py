"""Templates of updates: the list, a new one, one written anew, one retired."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.models import Page
from afterword.components.queries import components_of, the_page
from afterword.desk.forms import TemplateForm, blame, component_statuses
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.incidents import actions
from afterword.incidents import queries as incidents
from afterword.incidents.models import UpdateTemplate
from afterword.incidents.template_fields import FIELDS
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict


@for_the_team("GET")
def listing(request: HttpRequest) -> HttpResponse:
    page = the_page()
    return show(request, "desk/templates.html", {"found": incidents.templates_of(page)}, page=page)


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, the_page(), None)


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def one(request: HttpRequest, template_id: str) -> HttpResponse:
    page = the_page()
    return _edit(request, page, incidents.template_by_public_id(page, template_id))


@for_the_team("POST", posting="run_incident")
def retire(request: HttpRequest, template_id: str) -> HttpResponse:
    template = incidents.template_by_public_id(the_page(), template_id)
    actions.retire_template(actor=the_person(request), now=clock.now(), template=template)
    messages.success(request, f"“{template.name}” is offered no more.")
    return redirect("desk:templates")


def _edit(request: HttpRequest, page: Page, template: UpdateTemplate | None) -> HttpResponse:
    form = TemplateForm(request.POST or None, initial=_initial(template))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = _save(request, page, form, template)
            except BadInput as refusal:
                blame(form, refusal)
            except Conflict as refusal:
                form.add_error("name", refusal.message)
                status = refusal.status
            else:
                messages.success(request, f"“{saved.name}” is offered from now on.")
                return redirect("desk:templates")
    chosen = component_statuses(request.POST.dict()) if request.POST else {}
    if not request.POST and template:
        chosen = template.parts
    parts = [(c, chosen.get(c.public_id, ""), False) for c in components_of(page) if not c.is_group]
    context = {"form": form, "parts": parts, "fields": FIELDS.items(), "template": template}
    return show(request, "desk/template.html", context, status=status, page=page)


def _save(
    request: HttpRequest, page: Page, form: TemplateForm, template: UpdateTemplate | None
) -> UpdateTemplate:
    told = form.cleaned_data
    return actions.save_template(
        actor=the_person(request),
        now=clock.now(),
        page=page,
        template=template,
        name=told["name"],
        title=told["title"],
        body=normal_newlines(told["body"]),
        status=told["status"],
        severity=int(told["severity"]) if told["severity"] else None,
        parts=component_statuses(request.POST.dict()),
        next_word=int(told["next_word"]) if told["next_word"] else None,
        notify=told["notify"],
    )


def _initial(template: UpdateTemplate | None) -> dict[str, object]:
    if template is None:
        return {}
    return {
        "name": template.name,
        "title": template.title,
        "body": template.body,
        "status": template.status,
        "severity": str(template.severity or ""),
        "next_word": str(template.next_word or ""),
        "notify": template.notify,
    }
