"""The only writers of people, their roles, their links and their tries to sign in."""

from afterword.accounts.actions.changing import set_roles, switch_off, switch_on
from afterword.accounts.actions.creating import create_person, invite
from afterword.accounts.actions.linking import Link, follow_link, send_in_again
from afterword.accounts.actions.passkeys import add_passkey, remove_passkey, use_passkey
from afterword.accounts.actions.passwords import change_password, refuse_weak
from afterword.accounts.actions.second_steps import (
    WRONG_CODE,
    begin_app,
    confirm_app,
    remove_app,
    renew_codes,
    take_code,
    take_off_second_steps,
)
from afterword.accounts.actions.sessions import end_session, end_sessions, note_sign_in
from afterword.accounts.actions.signing_in import (
    FREE_TRIES,
    SIGN_IN_WINDOW,
    TRIES_AT_CODES,
    TRIES_OF_KNOWN,
    TRIES_PER_ADDRESS,
    TRIES_PER_NETWORK,
    Try,
    begin_nameless,
    begin_proof,
    begin_sign_in,
    finish_sign_in,
)
from afterword.accounts.actions.signing_on import sign_on
from afterword.accounts.actions.tokens import (
    MadeToken,
    TooOften,
    UnknownToken,
    end_token,
    make_token,
    use_token,
)

__all__ = [
    "FREE_TRIES",
    "SIGN_IN_WINDOW",
    "TRIES_AT_CODES",
    "TRIES_OF_KNOWN",
    "TRIES_PER_ADDRESS",
    "TRIES_PER_NETWORK",
    "WRONG_CODE",
    "Link",
    "MadeToken",
    "TooOften",
    "Try",
    "UnknownToken",
    "add_passkey",
    "begin_app",
    "begin_nameless",
    "begin_proof",
    "begin_sign_in",
    "change_password",
    "confirm_app",
    "create_person",
    "end_session",
    "end_sessions",
    "end_token",
    "finish_sign_in",
    "follow_link",
    "invite",
    "make_token",
    "note_sign_in",
    "refuse_weak",
    "remove_app",
    "remove_passkey",
    "renew_codes",
    "send_in_again",
    "set_roles",
    "sign_on",
    "switch_off",
    "switch_on",
    "take_code",
    "take_off_second_steps",
    "use_passkey",
    "use_token",
]
