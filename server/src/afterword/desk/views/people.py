"""Who works here: inviting, roles, new passwords, switching off; and one's own account."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterword.accounts import actions
from afterword.accounts.actions import Link
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import require
from afterword.accounts.queries import (
    everybody,
    link_of,
    person_by_id,
    second_steps_of,
    waiting_for,
)
from afterword.components.models import Page
from afterword.components.queries import every_page
from afterword.desk.devices import device_of
from afterword.desk.entrance import first_step
from afterword.desk.forms import blame, new_password_field
from afterword.desk.shell import for_the_team, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotFound
from afterword.kit.networks import address_of


def _roles() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)
    name = forms.CharField(max_length=120, help_text="Shown beside what they do.")
    roles = _roles()


class RolesForm(forms.Form):
    roles = _roles()


class WelcomeForm(forms.Form):
    password = new_password_field()


@for_the_team("GET", "POST", reading="manage_people", posting="manage_people", holds_text=True)
def listing(request: HttpRequest) -> HttpResponse:
    """List everybody; POST invites somebody and shows their link, once."""
    actor = the_person(request)
    require(actor, "manage_people", page=None)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person, link = actions.invite(
                actor=actor, now=clock.now(), email=given["email"], name=given["name"],
                roles=[Role(role) for role in given["roles"]],
            )  # fmt: skip
        except BadInput as refusal:
            blame(form, refusal)
        else:
            return _show_link(request, person, link)
    now = clock.now()
    context = {"people": everybody(), "waiting": waiting_for(now), "form": form, "now": now}
    status = 422 if form.errors else 200
    return show(request, "desk/people_here.html", context, status=status, now=now)


@for_the_team("GET", "POST", reading="manage_people", posting="manage_people")
def one(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show somebody's roles; POST gives them exactly those that are ticked, on one page or all.

    Raises NotFound for a page that is not there.
    """
    actor = the_person(request)
    require(actor, "manage_people", page=None)
    person = person_by_id(person_id)
    pages = every_page()
    if request.method == "POST":
        on = next((p for p in pages if p.public_id == request.POST.get("page", "")), None)
        if on is None and request.POST.get("page"):
            raise NotFound("There is no such page here.")
        form = RolesForm(request.POST)
        if form.is_valid():
            roles = [Role(role) for role in form.cleaned_data["roles"]]
            actions.set_roles(
                actor=actor, now=clock.now(), person=person, roles=roles, page=on.pk if on else None
            )
            messages.success(request, f"{person.name} has the roles that were ticked.")
            return redirect("desk:person", person_id=person.pk)
    context = {
        "person": person,
        "scopes": _scopes(person, pages),
        "steps": second_steps_of(person),
        "until": waiting_for(clock.now()).get(person.pk),
    }
    return show(request, "desk/person.html", context)


def _scopes(person: Person, pages: list[Page]) -> list[tuple[Page | None, RolesForm]]:
    """Return a form for the roles on every page, and one for each page where there are several."""
    held: dict[int | None, list[str]] = {}
    for grant in person.grants.order_by("role"):
        held.setdefault(grant.page_id, []).append(grant.role)
    scopes: list[Page | None] = [None, *(pages if len(pages) > 1 else [])]
    return [
        (
            page,
            RolesForm(
                initial={"roles": held.get(page.pk if page else None, [])},
                auto_id=f"id_{page.public_id}_%s" if page else "id_%s",
            ),
        )
        for page in scopes
    ]


@for_the_team("POST", posting="manage_people")
def make_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a link to a new password, and show it once."""
    person = person_by_id(person_id)
    link = actions.send_in_again(actor=the_person(request), now=clock.now(), person=person)
    return _show_link(request, person, link)


@for_the_team("POST", posting="manage_people")
def take_off_second_steps(request: HttpRequest, person_id: int) -> HttpResponse:
    """Take app and passkeys off for somebody who lost them."""
    person = person_by_id(person_id)
    actions.take_off_second_steps(actor=the_person(request), now=clock.now(), person=person)
    messages.success(request, f"{person.name} signs in with the password alone.")
    return redirect("desk:person", person_id=person.pk)


@for_the_team("POST", posting="manage_people")
def sign_out(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign somebody out everywhere; they may come in again."""
    person = person_by_id(person_id)
    actions.end_sessions(actor=the_person(request), now=clock.now(), person=person)
    messages.success(request, f"{person.name} is signed out everywhere.")
    return redirect("desk:person", person_id=person.pk)


@for_the_team("POST", posting="manage_people")
def switch(request: HttpRequest, person_id: int) -> HttpResponse:
    """Switch somebody off, or on again."""
    person = person_by_id(person_id)
    on = request.POST.get("to") == "on"
    act: Callable[..., None] = actions.switch_on if on else actions.switch_off
    act(actor=the_person(request), now=clock.now(), person=person)
    messages.success(request, f"{person.name} {'may come in again' if on else 'is switched off'}.")
    return redirect("desk:person", person_id=person.pk)


def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of a link choose a password. Opening the page alone uses nothing up.

    Raises NotFound for a link that does not hold.
    """
    link = link_of(token, clock.now())
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.follow_link(
                now=clock.now(), token=token, password=form.cleaned_data["password"],
                came_from=address_of(request.META), device=device_of(request),
            )  # fmt: skip
        except BadInput as refusal:
            blame(form, refusal)
        else:
            return first_step(request, person, "a link")
    context = {"form": form, "person": link.person}
    answer = render(request, "desk/welcome.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


welcome.access_rule = "whoever holds the link"  # type: ignore[attr-defined]


def _show_link(request: HttpRequest, person: Person, link: Link) -> HttpResponse:
    address = request.build_absolute_uri(reverse("desk:welcome", args=[link.token]))
    context = {"person": person, "address": address, "until": link.expires_at}
    return show(request, "desk/person_link.html", context)
