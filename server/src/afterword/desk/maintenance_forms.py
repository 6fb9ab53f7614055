"""The forms about planned work."""

from django import forms

from afterword.desk.forms import MomentField


class _Times(forms.Form):
    scheduled_for = MomentField(
        label="Begins", help_text="UTC unless you write another zone: 2026-04-02 03:00"
    )
    scheduled_until = MomentField(label="Ends")


class PlanForm(_Times):
    title = forms.CharField(
        max_length=255, help_text="What you do, in customers' words: “Reports move to a new disk”."
    )
    body = forms.CharField(
        label="What customers need to know", max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What will not work, for how long, and whether they have to do anything.",
    )  # fmt: skip
    begins_itself = forms.BooleanField(
        label="Begin by itself at that time, and say so", required=False, initial=True
    )
    ends_itself = forms.BooleanField(
        label="End by itself at that time, and say so", required=False, initial=True
    )
    notify = forms.BooleanField(label="Send it to subscribers", required=False, initial=True)


class MoveForm(_Times):
    body = forms.CharField(
        label="What you tell customers", max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    notify = forms.BooleanField(label="Send it to subscribers", required=False, initial=True)


class CallOffForm(forms.Form):
    body = forms.CharField(
        label="What you tell customers", max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    notify = forms.BooleanField(label="Send it to subscribers", required=False, initial=True)
