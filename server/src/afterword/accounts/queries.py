from afterword.accounts.models import Person


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()).first()


def names_by_id(ids: set[int]) -> dict[int, str]:
    """Return the display name of each person in the set."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
