"""The small forms of the desk. They check shape and length; what may happen, the verbs decide."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms

from afterword.accounts.models import Person
from afterword.commitments.models import CommitmentState, Mechanism
from afterword.desk.record_fields import SEVERITIES, Field
from afterword.desk.record_form import read_moment
from afterword.followups.models import Level
from afterword.incidents.models import Outcome
from afterword.kit.errors import BadInput
from afterword.postmortems.models import ItemState
from afterword.publishing.actions.reopening import OPEN_AGAIN

_NEXT_WORD = (
    ("", "when there is news (no promise)"),
    ("15", "within 15 minutes"),
    ("30", "within 30 minutes"),
    ("60", "within an hour"),
    ("120", "within 2 hours"),
    ("240", "within 4 hours"),
    ("1440", "within a day"),
)
LARGEST_CSV = 5 * 1024 * 1024


def blame(form: forms.Form, refusal: BadInput) -> None:
    """Put a verb's problems at the fields they are about, the rest above the form."""
    at_fields = {k: v for k, v in refusal.problems.items() if k in form.fields}
    for name, problem in at_fields.items():
        form.add_error(name, problem[:1].upper() + problem[1:])
    if not at_fields or len(at_fields) < len(refusal.problems):
        form.add_error(None, refusal.message)


def new_password_field() -> forms.CharField:
    """A field for a password that is chosen; whether it is good enough the verb says."""
    return forms.CharField(
        label="New password", max_length=1_000, strip=False,
        help_text="At least 12 characters; four words do well.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class MomentField(forms.CharField):
    """A time typed or pasted: UTC unless it names a zone. Gives ISO 8601 text."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return read_moment(text)
        except ValueError as wrong:
            raise forms.ValidationError(f"This {wrong}.") from wrong


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _people(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [("", "nobody"), *((str(one.pk), one.name) for one in people)]


def next_word_field() -> forms.ChoiceField:
    """Return the choice by when readers hear more, in minutes from now."""
    return forms.ChoiceField(
        label="The next word comes", required=False, choices=_NEXT_WORD,
        help_text="Readers see the time on the page, and you are reminded of it.",
    )  # fmt: skip


def promised_at(minutes: str, now: datetime) -> datetime | None:
    """Return the instant a choice of ``next_word_field`` promises; None for no promise."""
    return now + timedelta(minutes=int(minutes)) if minutes else None


class IncidentForm(forms.Form):
    title = forms.CharField(
        max_length=255, help_text="What customers notice: “Invoices are not being sent”."
    )
    body = forms.CharField(
        label="First update", max_length=50_000, widget=_area(5),
        help_text="What you know, what you do not know yet, when the next word comes.",
    )  # fmt: skip
    severity = forms.ChoiceField(choices=SEVERITIES, initial="3")
    started_at = MomentField(
        label="Began", required=False,
        help_text="UTC unless you write another zone. Empty means now.",
    )  # fmt: skip
    next_word = next_word_field()
    notify = forms.BooleanField(label="Send it to subscribers", required=False, initial=True)


class BackfillForm(forms.Form):
    title = forms.CharField(
        max_length=255, help_text="What customers noticed: “Invoices were not sent”."
    )
    body = forms.CharField(
        label="What readers get", max_length=25_000, widget=_area(5),
        help_text="What happened and that it is over. It stands on the page with today's date: "
        "nobody said it any earlier.",
    )  # fmt: skip
    severity = forms.ChoiceField(choices=SEVERITIES, initial="3")
    started_at = MomentField(label="Began", help_text="UTC unless you write another zone.")
    resolved_at = MomentField(label="Was over", help_text="When the last customer could work.")


class LeaveAtForm(forms.Form):
    leave_at = MomentField(
        label="It leaves at", help_text="UTC unless you write another zone: 2026-04-02 09:00"
    )


class HoldForm(forms.Form):
    reason = forms.CharField(max_length=2_000)
    look_again_on = forms.DateField()


class ReleaseForm(forms.Form):
    reason = forms.CharField(max_length=2_000)


class TemplateForm(forms.Form):
    name = forms.CharField(
        max_length=120, help_text="What you look for at two at night: “Payments are failing”."
    )
    title = forms.CharField(
        max_length=255, required=False, help_text="For a new incident, in customers' words."
    )
    body = forms.CharField(
        label="Update", max_length=25_000, widget=_area(6),
        help_text="Facts in braces are filled in: {parts}, {began}, {how many}.",
    )  # fmt: skip
    status = forms.ChoiceField(
        choices=[
            ("investigating", "Investigating"), ("identified", "Identified"),
            ("monitoring", "Monitoring"), ("resolved", "Resolved"),
        ]
    )  # fmt: skip
    severity = forms.ChoiceField(choices=(("", "as chosen then"), *SEVERITIES), required=False)
    next_word = next_word_field()
    notify = forms.BooleanField(label="Send it to subscribers", required=False, initial=True)


class UpdateForm(forms.Form):
    status = forms.ChoiceField()
    body = forms.CharField(label="Update", max_length=50_000, widget=_area(5))
    next_word = next_word_field()
    notify = forms.BooleanField(
        label="Send it to subscribers", required=False, initial=True,
        help_text="The end goes to them in any case, if they were mailed that it goes on.",
    )  # fmt: skip

    def __init__(self, *args: Any, statuses: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["status"]).choices = list(statuses)


class ReopenForm(forms.Form):
    status = forms.ChoiceField(
        choices=[(s.value, s.label) for s in OPEN_AGAIN], initial="investigating"
    )
    body = forms.CharField(
        label="What readers get", max_length=50_000, widget=_area(4),
        help_text="That it is back, what fails now, when the next word comes. Whoever was mailed "
        "that it is over, or got a letter since, is mailed this too.",
    )  # fmt: skip
    reason = forms.CharField(label="Why (stays inside)", max_length=500, widget=_area(2))
    next_word = next_word_field()
    notify = forms.BooleanField(label="Send it to subscribers", required=False, initial=True)


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label="The public gets", choices=Outcome.choices)
    reason = forms.CharField(
        required=False, max_length=5_000, widget=_area(3),
        help_text="Needed for no summary, and for less than is proposed.",
    )  # fmt: skip
    review_on = forms.DateField(
        label="Look at it again on", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Needed for no summary.",
    )  # fmt: skip
    second_person = forms.ChoiceField(
        required=False, help_text="Needed for less than is proposed: somebody who agrees with you."
    )

    def __init__(self, *args: Any, people: Iterable[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["second_person"]).choices = _people(people)


class CommitmentForm(forms.Form):
    what = forms.CharField(label="What changes", max_length=500, widget=_area(2))
    why = forms.CharField(label="Why it matters here", max_length=500, widget=_area(2))
    effect = forms.CharField(
        label="How it lowers the risk", max_length=500, widget=_area(2),
        help_text="So that what, next time? “So that a full queue is noticed in minutes.”",
    )  # fmt: skip
    mechanism = forms.ChoiceField(label="It", choices=Mechanism.choices)
    due = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        label="Due", help_text="Needed unless it is done. Readers will see it.",
    )  # fmt: skip
    state = forms.ChoiceField(
        label="It is",
        choices=[(s.value, s.label) for s in CommitmentState if s != CommitmentState.DROPPED],
    )
    done_on = forms.DateField(
        label="Done on", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Only when it is done already.",
    )  # fmt: skip
    owner_name = forms.CharField(
        label="Who sees to it", max_length=120, required=False, help_text="Stays inside."
    )
    tracker_url = forms.URLField(
        label="Ticket", max_length=500, required=False, assume_scheme="https",
        help_text="Stays inside.",
    )  # fmt: skip


class CommitmentChangeForm(forms.Form):
    state = forms.ChoiceField(choices=CommitmentState.choices)
    due = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    done_on = forms.DateField(
        label="Done on", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Only when it becomes done; today if empty. An earlier day needs a note. Readers "
        "see both days, and it counts by the day they are told.",
    )  # fmt: skip
    note = forms.CharField(
        max_length=500, required=False,
        help_text="Stays inside. Needed for a new day, and for a day it was done before today.",
    )  # fmt: skip
    dropped_because = forms.CharField(
        label="Why it is dropped", max_length=500, required=False, widget=_area(2),
        help_text="Readers will see it.",
    )  # fmt: skip


class TellPromisesForm(forms.Form):
    note = forms.CharField(
        max_length=5_000, required=False, widget=_area(3), help_text="Readers will see it."
    )
    notify = forms.BooleanField(label="Send it to subscribers", required=False)


class CorrectionForm(forms.Form):
    weight = forms.ChoiceField(
        label="How grave is it?",
        widget=forms.RadioSelect,
        choices=[
            ("fact", "Wrong fact: on top of the page, and told to everybody who got it"),
            ("clarification", "Clarification: right, and easily misread; a note below"),
            ("typo", "Typo: mended where it stands, told to nobody"),
            ("retraction", "Retraction: the words go, the reason stays"),
            ("title", "Title of the incident: replaced wherever it stands, the old one goes"),
        ],
    )
    wrote = forms.CharField(
        label="We wrote", required=False, max_length=2_000, strip=False, widget=_area(2),
        help_text="Word for word, as it was published. Not needed for a retraction or a title.",
    )  # fmt: skip
    right = forms.CharField(
        label="It is", max_length=10_000, strip=False, widget=_area(3),
        help_text="What is true; for a typo, the words as they should stand; for a retraction, "
        "why the text is withdrawn, without repeating it; for the title, the new one.",
    )  # fmt: skip


class PlanForm(forms.Form):
    level = forms.ChoiceField(label="They get", choices=Level.choices)
    reason = forms.CharField(max_length=5_000, widget=_area(2))


class SheetForm(forms.Form):
    file = forms.FileField(
        label="CSV file", widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"})
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_CSV:
            raise forms.ValidationError("The file is larger than 5 MB. Split it.")
        return sent


class OverrideForm(forms.Form):
    rule = forms.CharField(max_length=10, widget=forms.HiddenInput)
    quote = forms.CharField(max_length=50_300, strip=False, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it may stand", max_length=5_000, widget=_area(2))
    second_person = forms.CharField(required=False)


class ActionItemForm(forms.Form):
    """Work that follows from a review. Who does it has an account here, or a name."""

    what = forms.CharField(label="What is to be done", max_length=500, widget=_area(2))
    mechanism = forms.ChoiceField(label="It", choices=Mechanism.choices)
    owner = forms.ChoiceField(label="Who does it", required=False)
    owner_name = forms.CharField(
        label="Or somebody without an account", max_length=120, required=False
    )
    due = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tracker_url = forms.URLField(
        label="Ticket", max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, people: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "item_%s"} | kwargs)
        cast(forms.ChoiceField, self.fields["owner"]).choices = _people(people)


class ActionItemChangeForm(ActionItemForm):
    state = forms.ChoiceField(label="It is", choices=ItemState.choices)
    note = forms.CharField(
        max_length=500, required=False,
        help_text="Why the day changes, or why it is dropped. Stays inside.",
    )  # fmt: skip


class LiftItemForm(forms.Form):
    """A promise in readers' words. There is no field for owner or ticket: neither leaves."""

    what = forms.CharField(label="What changes", max_length=500, widget=_area(2))
    why = forms.CharField(label="Why it matters here", max_length=500, widget=_area(2))
    effect = forms.CharField(label="How it lowers the risk", max_length=500, widget=_area(2))
    due = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Readers will see it.",
    )


class LiftFactForm(forms.Form):
    path = forms.ChoiceField(label="Which fact")
    value = forms.CharField(
        label="What the record will say", max_length=10_000, widget=_area(2),
        help_text="Times in UTC unless you write another zone; several things one a line. "
        "In readers' words: no names, no sentence of the review.",
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label="How well it is known",
        choices=[
            ("", "choose"),
            ("measured", "measured; of a cause: confirmed"),
            ("estimated", "estimated; of a cause: suspected"),
        ],
    )
    source = forms.CharField(
        label="Where it is known from", max_length=300, help_text="Stays inside."
    )
    reason = forms.CharField(
        label="Why the record changes", max_length=2000, required=False, widget=_area(2),
        help_text="Auditors read it. Needed when texts have left and the record becomes smaller. "
        "No sentence of the review.",
    )  # fmt: skip

    def __init__(self, fields: Iterable[Field], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["path"]).choices = [
            ("", "choose"), *((each.path, each.label) for each in fields),
        ]  # fmt: skip


class AskReadingForm(forms.Form):
    reader = forms.ChoiceField(label="Who reads it", required=False)

    def __init__(self, people: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reader"]).choices = [
            ("", "whoever may"), *((str(one.pk), one.name) for one in people),
        ]  # fmt: skip


class SettleReadingForm(forms.Form):
    comment = forms.CharField(
        max_length=5_000, required=False, widget=_area(3),
        help_text="Needed when you ask for changes. Stays inside.",
    )  # fmt: skip


def chosen_person(people: Iterable[Person], key: str) -> Person | None:
    """Return the person of the list with this key; nobody for an empty or foreign one."""
    return next((one for one in people if str(one.pk) == key), None)


def component_statuses(posted: Mapping[str, str]) -> dict[str, str]:
    """Return public id → status for each component that was not left as it is."""
    prefix = "component-"
    return {
        name.removeprefix(prefix): value
        for name, value in posted.items()
        if name.startswith(prefix) and value
    }
