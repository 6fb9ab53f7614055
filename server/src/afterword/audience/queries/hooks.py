from collections.abc import Iterator
from dataclasses import dataclass

from afterword.audience.models import Hook, SubscriberState
from afterword.audience.sealed import HOOKS
from afterword.components.models import Page
from afterword.kit.ids import is_token
from afterword.kit.sealing import unseal


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


def active_hooks(page: Page) -> Iterator[Target]:
    """Yield the hooks that get messages, by id, each with its address."""
    found = Hook.objects.filter(page=page, state=SubscriberState.ACTIVE).order_by("pk")
    for hook in found.iterator(chunk_size=500):
        if (target := opened(hook)) is not None:
            yield target
