from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.postbox.queries import Counted, any_unsent, counts_about

_AT_ONCE = 50


def keep_counts() -> int:
    """Count the letters of runs of which none may leave any more, once; return how many runs.

    What is kept does not change: such a letter stays what it is. Fifty runs at a time.
    """
    open_runs = Mailing.objects.filter(counted__isnull=True, expanded_at__isnull=False)
    kept = 0
    for mailing in open_runs.select_related("publication").order_by("pk"):
        about = about_of(mailing.publication)
        if any_unsent(about):
            continue
        counted = counts_about(about)
        if Counted(counted).unsent:
            continue
        Mailing.objects.filter(pk=mailing.pk).update(counted=counted, letters=sum(counted.values()))
        kept += 1
        if kept == _AT_ONCE:
            break
    return kept
