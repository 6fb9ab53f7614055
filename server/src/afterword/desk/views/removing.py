"""Removing a customer, or one of their contacts, after a look at what goes and what stays."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.queries import the_page
from afterword.desk.shell import for_the_team, show, the_person
from afterword.fanout.actions import remove_customer, what_goes
from afterword.kit import clock
from afterword.kit.errors import BadInput, WrongState


@for_the_team("GET", "POST", posting="manage_audience", reading="manage_audience")
def remove(request: HttpRequest) -> HttpResponse:
    """Show what would go; POST removes it once somebody has said that they are sure."""
    page = the_page()
    told = request.POST if request.method == "POST" else request.GET
    account, email = told.get("account", "")[:80], told.get("contact", "")[:254]
    going = what_goes(page=page, account_id=account, email=email)
    problem, status = "", 200
    if request.method == "POST":
        try:
            if not request.POST.get("sure"):
                raise BadInput("Nothing was removed: say that you are sure.", {"sure": "not said"})
            remove_customer(
                actor=the_person(request), now=clock.now(), page=page, account_id=account,
                email=email, despite_owed=bool(request.POST.get("despite_owed")),
            )  # fmt: skip
        except (BadInput, WrongState) as refused:
            problem, status = refused.message, refused.status
        else:
            who = email or going.customer.name
            messages.success(request, f"{who} was removed. The log says who did it.")
            return redirect("desk:customers")
    context = {"going": going, "email": email, "problem": problem}
    return show(request, "desk/customer_remove.html", context, status=status, page=page)
