"""A run that began while the clock was ahead does not wait to open until it is there again."""

from datetime import datetime, timedelta

from django.conf import settings

from afterword.fanout.models import Mailing
from afterword.postbox.actions import CLOCKS_DIFFER


def open_in_time(*, now: datetime) -> int:
    """Let runs that open later than one that begins now could, open when that one would; return how
    many there were. By as much as clocks of machines differ, they may open later.
    """
    wait = timedelta(seconds=settings.CANCEL_SECONDS)
    late = Mailing.objects.filter(opens_at__gt=now + wait + CLOCKS_DIFFER)
    # One at a time: whoever writes letters holds a run, and several at once could be waited for.
    return sum(
        late.filter(pk=pk).update(opens_at=now + wait)
        for pk in list(late.order_by("pk").values_list("pk", flat=True))
    )
