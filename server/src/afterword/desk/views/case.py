"""The case: eight steps, what each asks for, and everything that hangs on the incident."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.audience.queries.answers import FEWEST, answers_about
from afterword.components.queries import the_page
from afterword.desk.acts import letters_to_write, shown_steps
from afterword.desk.case_view import gather
from afterword.desk.shell import for_the_team, show, the_person, the_reader
from afterword.desk.views.recurrence import OutsideForm, looks_alike
from afterword.fanout.queries import letter_counts
from afterword.incidents import actions
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.models import HeardOutside
from afterword.incidents.queries import (
    heard_outside,
    hold_in_force,
    incident_by_public_id,
    proposal_for,
)
from afterword.incidents.record import gaps
from afterword.kit import clock
from afterword.publishing.corrections import (
    CLARIFICATION,
    FACT,
    TYPO,
    weight_of,
    withdrawn_by,
)
from afterword.publishing.models import Audience, Publication, PublicationKind


@dataclass(frozen=True)
class Sent:
    """A publication with the state of its letters."""

    publication: Publication
    letters: dict[str, int]
    fate: str = ""
    can_be_corrected: bool = True

    @property
    def total(self) -> int:
        return sum(self.letters.values())

    @property
    def goes_to_list(self) -> bool:
        return self.publication.audience == Audience.LIST


@for_the_team("GET")
def show_case(request: HttpRequest, incident_id: str) -> HttpResponse:
    page, now = the_page(), clock.now()
    incident = incident_by_public_id(page, incident_id)
    view = gather(page, incident, now)
    heard = heard_outside(incident)
    context = {
        "view": view,
        "incident": incident,
        "hold": hold_in_force(incident),
        "steps": shown_steps(view, the_reader(request, page)),
        "proposal": proposal_for(incident),
        "facts": facts_at_hand(view.data),
        "gaps": gaps(view.data),
        "sent": _sent(view.publications),
        "readers": answers_about(page, incident.public_id),
        "fewest": FEWEST,
        "before": looks_alike(incident),
        "heard": heard,
        "outside": OutsideForm(initial=_noted(heard)),
        "running": [c for c in view.clocks if c.met_at is None],
        "met": [c for c in view.clocks if c.met_at is not None],
        "letters_to_write": letters_to_write(view),
    }
    return show(request, "desk/case.html", context, now=now, page=page)


def _noted(heard: HeardOutside | None) -> dict[str, object]:
    names = ("first_at", "nobody_before", "repeat_questions")
    return {name: getattr(heard, name) for name in names} if heard else {}


def _sent(publications: Sequence[Publication]) -> list[Sent]:
    """Return what was published, each with its letters and what became of it."""
    withdrawn = withdrawn_by(publications)
    weights = {p.corrects_id: weight_of(p) for p in publications if weight_of(p)}
    return [
        Sent(
            each,
            letter_counts(each),
            "withdrawn" if each.pk in withdrawn else _FATES.get(weights.get(each.pk, ""), ""),
            can_be_corrected=each.pk not in withdrawn
            and weight_of(each) != TYPO
            and each.kind != PublicationKind.TRANSLATION,
        )
        for each in publications
    ]


_FATES = {TYPO: "mended", CLARIFICATION: "clarified", FACT: "corrected"}


@for_the_team("POST", posting="run_incident")
def close(request: HttpRequest, incident_id: str) -> HttpResponse:
    page, now = the_page(), clock.now()
    incident = incident_by_public_id(page, incident_id)
    view = gather(page, incident, now)
    actions.close_case(actor=the_person(request), now=now, incident=incident, open_steps=view.owed)
    messages.success(request, "The case is closed. Everything that was owed has been done.")
    return redirect("desk:case", incident_id=incident.public_id)
