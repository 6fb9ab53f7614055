from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from afterword.audience.models import FollowedByHook, Hook, SubscriberState, Wants
from afterword.audience.queries.subscribers import Moment, Occasion, wants_of
from afterword.audience.sealed import HOOKS
from afterword.components.models import Page
from afterword.kit.errors import NotFound
from afterword.kit.ids import is_token
from afterword.kit.sealing import unseal

RECIPIENT: Final = "hook:"
"""Letters to a hook are addressed to this and the hook's key."""

FOLLOWED_FOR: Final = timedelta(days=30)
"""How long after the last word about an incident that is over a hook follows it. Our policy: the
closure and the summary are out by then."""

_Scope = Hook.components.through


@dataclass(frozen=True)
class Target:
    """Where a hook's messages go. ``secret`` signs them (Standard Webhooks: ``whsec_…``)."""

    hook: Hook
    url: str
    secret: str


def hook_by_token(token: str) -> Hook | None:
    """Return whose link carries the token, with the page; None when it is nobody's."""
    if not is_token(token):
        return None
    return Hook.objects.select_related("page").filter(token=token).first()


def opened(hook: Hook) -> Target | None:
    """Return the hook with its address and secret; None when they were sealed with another key."""
    url = unseal(hook.sealed_url, purpose=HOOKS)
    secret = unseal(hook.sealed_secret, purpose=HOOKS)
    return Target(hook, url, secret) if url and secret else None


def active_hooks(page: Page, occasion: Occasion | None = None) -> Iterator[Target]:
    """Yield the hooks that get messages, by id, each with its address.

    With an ``occasion``, those alone whose owners want to hear of it; its ``told`` are recipients
    of letters (``hook:7``).
    """
    found = Hook.objects.filter(page=page, state=SubscriberState.ACTIVE).order_by("pk")
    if occasion is not None:
        found = found.filter(_hears_of(occasion))
    for hook in found.iterator(chunk_size=500):
        if (target := opened(hook)) is not None:
            yield target


def hooks_told(page: Page, recipients: Iterable[str]) -> Iterator[Target]:
    """Yield the active hooks among the recipients of letters (``hook:7``), by id."""
    told = _ids_in(recipients)
    for hook in Hook.objects.filter(page=page, state=SubscriberState.ACTIVE, pk__in=told).order_by(
        "pk"
    ):
        if (target := opened(hook)) is not None:
            yield target


def hooks_of(page: Page, *, limit: int = 200) -> list[Hook]:
    """Return the page's hooks with what they are about, the newest first, at most ``limit``."""
    found = Hook.objects.filter(page=page).prefetch_related("components", "followed")
    return list(found.order_by("-pk")[:limit])


def hook_of_page(page: Page, hook_id: int) -> Hook:
    """Return a hook of the page. Raises NotFound."""
    found = Hook.objects.select_related("page").filter(page=page, pk=hook_id).first()
    if found is None:
        raise NotFound("There is no such webhook or room on this page.")
    return found


def parts_of_hook(hook: Hook) -> frozenset[str]:
    """Return the public ids of the components chosen; empty means the whole page."""
    return frozenset(hook.components.values_list("public_id", flat=True))


def followed_by(hook: Hook) -> list[str]:
    """Return the incidents that the hook follows, the newest first."""
    found = FollowedByHook.objects.filter(hook=hook).order_by("-pk")
    return list(found.values_list("incident_ref", flat=True))


def followed_by_hooks(page: Page) -> set[str]:
    """Return the incidents that any of the page's hooks follows."""
    found = FollowedByHook.objects.filter(hook__page=page)
    return set(found.values_list("incident_ref", flat=True))


def _hears_of(occasion: Occasion) -> Q:
    chosen = _Scope.objects.filter(hook_id=OuterRef("pk"))
    touched = chosen.filter(component__public_id__in=list(occasion.component_ids))
    follows = FollowedByHook.objects.filter(
        hook_id=OuterRef("pk"), incident_ref=occasion.incident_ref
    )
    in_scope = Q(only_followed=False) & (Q(~Exists(chosen)) | Q(Exists(touched)))
    about = in_scope | Q(Exists(follows))
    wanted = Q(wants__in=wants_of(occasion.moment)) & about
    if occasion.told is None:
        return wanted
    if occasion.moment == Moment.ENDING:
        return wanted | Q(pk__in=_ids_in(occasion.told))
    if occasion.moment == Moment.BETWEEN:
        return wanted | about & Q(wants=Wants.ENDS) & ~Q(pk__in=_ids_in(occasion.told))
    return wanted


def _ids_in(recipients: Iterable[str]) -> list[int]:
    return [int(each.rpartition(":")[2]) for each in recipients if each.startswith(RECIPIENT)]
