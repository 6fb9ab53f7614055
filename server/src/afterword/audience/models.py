from django.db import models

from afterword.components.models import Component, Page
from afterword.kit.ids import new_public_id, new_token


class SubscriberState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", "Waiting for confirmation"
    ACTIVE = "active", "Active"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"
    QUARANTINED = "quarantined", "Quarantined"


class Subscriber(models.Model):
    """One e-mail address and its consent. No components chosen means the whole page.

    ``token`` stays the same for life, so that a link in an old mail still unsubscribes.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    state = models.CharField(
        max_length=16, choices=SubscriberState.choices, default=SubscriberState.UNCONFIRMED
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    language = models.CharField(max_length=12, default="en")
    components = models.ManyToManyField(Component, related_name="+", blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("page", "email"), name="one_subscription_per_address"),
        )
        indexes = (models.Index(fields=("page", "state", "id")),)

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class SignUpRequest(models.Model):
    """Somebody on a network asked for mail. Kept for a day, to slow down whoever floods others.

    ``network`` is a keyed hash, never the address itself.
    """

    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("network", "at")), models.Index(fields=("at",)))

    def __str__(self) -> str:
        return f"request {self.pk}"


class Customer(models.Model):
    """An account with a contract. ``sla_target`` is the agreed monthly uptime in percent."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    account_id = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    tier = models.CharField(max_length=40, blank=True)
    sla_target = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("page", "account_id"), name="one_row_per_account"),
        )

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("customer", "email"), name="one_row_per_contact"),
        )

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Segment(models.TextChoices):
    """A group of people one decision of the follow-up plan is about."""

    EVERYONE = "everyone", "Everyone subscribed"
    DATA = "data_affected", "People whose data was affected"
    SLA = "sla", "Customers with an SLA"


class AffectedPerson(models.Model):
    """Somebody on the data-affected list of an incident."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "incident_ref", "email"), name="one_row_per_affected_person"
            ),
        )

    def __str__(self) -> str:
        return f"affected person {self.pk}"


class RecipientList(models.Model):
    """A list frozen when a follow-up plan was decided; later arrivals are not on it."""

    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    segment = models.CharField(max_length=20, choices=Segment.choices)
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.segment} of {self.incident_ref}"


class RecipientListMember(models.Model):
    recipient_list = models.ForeignKey(
        RecipientList, on_delete=models.CASCADE, related_name="members"
    )
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("recipient_list", "email"), name="once_on_a_list"),
        )

    def __str__(self) -> str:
        return f"member {self.pk}"


class Question(models.TextChoices):
    """What a reader of an incident may still be asking."""

    OVER = "over", "Is it over?"
    AFFECTED = "affected", "Was I affected?"
    DATA = "data", "Is my data safe?"
    HAPPENED = "happened", "What happened?"
    AGAIN = "again", "Could it happen again?"
    OTHER = "other", "Something else"


class ReaderAnswer(models.Model):
    """How often readers of an incident said that their question was answered, or which was not.

    A tally and nothing else: ``question`` is empty for "yes", and no row is about anybody.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    question = models.CharField(max_length=10, choices=Question.choices, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "incident_ref", "question"), name="one_tally_per_question"
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident_ref} {self.question or 'answered'}: {self.times}"
