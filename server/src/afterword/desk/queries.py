from afterword.accounts.models import Person
from afterword.desk.models import SentForm


def went_to(person: Person, key: str) -> str | None:
    """Return where the person's form with this key led, or None when it was not sent yet."""
    found = SentForm.objects.filter(person=person, key=key).values_list("went_to", flat=True)
    return found.first() if key else None
