"""Whether a refusal to our face is plainly about the one person, held against what others got."""

from afterword.postbox.breaker import WITHIN, Heard
from afterword.postbox.models import Attempt, CameBack
from afterword.postbox.outcomes import Outcome

_BESIDE = 100
_ONE_IN = 3


def is_the_one(refused: CameBack) -> bool:
    """Whether the server took letters of others within an hour of refusing this one, and refused no
    more than a third of those about it. It looks at the hundred answers before and after.
    """
    own = Attempt.objects.filter(letter=refused.letter_id, outcome=Outcome.REFUSED.value)
    tried = own.order_by("pk").last()
    if tried is None:
        return False
    rows = Attempt.objects.filter(letter__channel="email", code__isnull=False).values_list(
        "letter_id", "at", "outcome", "code", "answer"
    )
    beside = [
        *rows.filter(pk__lt=tried.pk).order_by("-pk")[:_BESIDE],
        *rows.filter(pk__gt=tried.pk).order_by("pk")[:_BESIDE],
    ]
    heard = [each for row in beside if abs((each := Heard(*row)).at - tried.at) <= WITHIN]
    taken = {each.letter_id for each in heard if each.outcome == Outcome.ACCEPTED}
    gone = {each.letter_id for each in heard if each.is_refusal} - taken | {tried.letter_id}
    return bool(taken) and (len(gone) == 1 or _ONE_IN * len(gone) <= len(gone) + len(taken))
