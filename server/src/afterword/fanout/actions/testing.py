from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Hook, SubscriberState
from afterword.audience.queries.hooks import opened
from afterword.audit.actions import record_act
from afterword.fanout.actions.expanding import to_machine
from afterword.fanout.machine_words import test_words
from afterword.kit.errors import WrongState
from afterword.kit.hashing import sha256_of_text
from afterword.postbox.actions import post, write_message
from afterword.postbox.models import Stream


def send_test(*, actor: Actor, now: datetime, hook: Hook) -> None:
    """Put a message into the outbox that says it is a test; one a minute to a hook.

    Raises WrongState for one that nobody has confirmed, or that was sealed with another key.
    """
    require(actor, "manage_audience", page=hook.page_id)
    target = opened(hook)
    if hook.state != SubscriberState.ACTIVE or target is None:
        raise WrongState("Its owner has to confirm it first: nothing is sent to it.")
    words = test_words(hook.page, hook.channel)
    with transaction.atomic():
        message = write_message(
            now=now, key=f"hook-test:{hook.channel}:{sha256_of_text(words.text)[:16]}",
            stream=Stream.STATUS, words=words,
        )  # fmt: skip
        minute = int(now.timestamp() // 60)
        post(
            now=now, message=message, about=f"hook-test:{hook.pk}:{minute}",
            letters=[to_machine(target)], channel=hook.channel,
        )  # fmt: skip
        record_act(actor=actor, verb="fanout.test_hook", subject=f"hook:{hook.pk}", now=now)
