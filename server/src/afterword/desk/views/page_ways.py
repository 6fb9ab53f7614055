"""How the page speaks and counts: its languages, and what counts as downtime."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.actions import choose_languages, set_uptime_weights
from afterword.components.models import ComponentStatus, Page
from afterword.components.queries import the_page, weights_of
from afterword.components.uptime import USUAL_WEIGHTS
from afterword.desk.forms import blame
from afterword.desk.fresh_pages import with_fresh_pages
from afterword.desk.shell import for_the_team, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.kit.languages import KNOWN


class LanguagesForm(forms.Form):
    """The first language is the one people write in; it may be ticked or not."""

    first = forms.ChoiceField(
        label="Texts are written in", choices=list(KNOWN.items()),
        help_text="Its pages stand at /. What is published already stays in its language.",
    )  # fmt: skip
    others = forms.MultipleChoiceField(
        label="Pages and letters are there in", choices=list(KNOWN.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each at an address of its own, such as /de/. A publication builds its pages "
        "once more for each.",
    )  # fmt: skip

    def chosen(self) -> list[str]:
        """Return the codes, the first one first. Only for a form that is valid."""
        first = str(self.cleaned_data["first"])
        return [first, *(code for code in self.cleaned_data["others"] if code != first)]


def _weight(status: ComponentStatus) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{status.label}, per cent", min_value=0, max_value=100,
        help_text=f"Usually {USUAL_WEIGHTS[status]}.",
    )  # fmt: skip


class WeightsForm(forms.Form):
    """Fields are called as the statuses are."""

    major_outage = _weight(ComponentStatus.MAJOR)
    partial_outage = _weight(ComponentStatus.PARTIAL)
    degraded_performance = _weight(ComponentStatus.DEGRADED)


@for_the_team("GET", "POST", posting="administer")
def ways(request: HttpRequest) -> HttpResponse:
    """Show both; POST changes the one whose button was pressed and rebuilds every page."""
    page = the_page()
    counts = "weigh" in request.POST
    sent = request.POST if request.method == "POST" else None
    languages = LanguagesForm(None if counts else sent, initial=_spoken(page), auto_id="speak_%s")
    weights = WeightsForm(sent if counts else None, initial=weights_of(page), auto_id="weigh_%s")
    asked: forms.Form = weights if counts else languages
    status = 200
    if request.method == "POST":
        status = 422
        if asked.is_valid():
            try:
                said = (
                    _weigh(request, page, weights) if counts else _speak(request, page, languages)
                )
            except BadInput as refusal:
                blame(asked, refusal)
            else:
                messages.success(request, with_fresh_pages(said))
                return redirect("desk:ways")
    context = {"languages": languages, "weights": weights}
    return show(request, "desk/ways.html", context, status=status, page=page)


def _speak(request: HttpRequest, page: Page, form: LanguagesForm) -> str:
    choose_languages(actor=the_person(request), now=clock.now(), page=page, languages=form.chosen())
    return "Saved. The pages are built in the languages that were chosen; it takes a moment."


def _weigh(request: HttpRequest, page: Page, form: WeightsForm) -> str:
    set_uptime_weights(
        actor=the_person(request), now=clock.now(), page=page, weights=form.cleaned_data
    )
    return "Saved. Uptime is counted with these weights, for the past too; the pages follow."


def _spoken(page: Page) -> dict[str, Any]:
    return {"first": page.first_language, "others": page.languages[1:]}
