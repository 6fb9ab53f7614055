from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import NEEDS


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()).first()


def names_by_id(ids: set[int]) -> dict[int, str]:
    """Return the display name of each person in the set."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


def people_who_may(act: str) -> list[Person]:
    """Return the active people whose roles allow the act, by name. Raises KeyError for no act."""
    wanted = {*NEEDS[act], Role.ADMIN}
    found = Person.objects.filter(is_active=True, grants__role__in=wanted)
    return list(found.distinct().order_by("name", "pk"))
