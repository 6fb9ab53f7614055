"""Who ought to hear what of a drawn world: read off docs/followups.md sentence by sentence, one
person after the other, and slowly. It knows nothing of the planner, and asks no database.
"""

from collections import Counter
from dataclasses import dataclass

from fanout.drawn import NOBODY, PARTS, Account, Reader, World

SENT_TO_EACH = ("targeted", "personal")


@dataclass
class Subscribed:
    """What a reader's choices come to in the end."""

    state: str
    parts: set[str]
    only_followed: bool = False
    follows: bool = False


def subscribed(world: World, email: str) -> Subscribed:
    reader = world.readers[email]
    complained = email in world.held and world.held[email].reason == "complained"
    now = Subscribed("active" if reader.confirmed else "unconfirmed", set(reader.parts))
    for act in reader.late:
        if act == "leave":
            now.state = "left"
        elif act == "quarantine":
            now.state = "quarantined" if now.state == "active" else now.state
        elif act.startswith("follow"):
            # Links work for whoever has not left since they were made; here they are made at once.
            # Whose mail came back has their choices again, but for who called it spam.
            if now.state != "active":
                chose = now.state == "quarantined" and not complained
                now.only_followed = now.only_followed if chose else True
                now.state = "active"
            now.follows = now.follows or act == "follow"
        elif act == "whole page":
            now.parts, now.only_followed = set(), False
        elif act == "only exports":
            now.parts, now.only_followed = {"Exports"}, False
    return now


def confirmed_late(reader: Reader) -> bool:
    """Whether they last confirmed their address while the incident went on."""
    confirmed, active = False, reader.confirmed
    for act in reader.late:
        if act.startswith("follow") and not active:
            confirmed = active = True
        elif act in ("leave", "quarantine"):
            active = False
    return confirmed


def wants_no_status_mail(world: World, email: str) -> bool:
    """Held since they last confirmed that the address is theirs and they want mail."""
    held = world.held.get(email)
    return held is not None and not held.before and not confirmed_late(world.readers[email])


def hears_afterwards(world: World, email: str) -> bool:
    """Whether a text for everybody after the end is for this reader, held or not."""
    if email not in world.readers:
        return False
    one = subscribed(world, email)
    if one.state != "active":
        return False
    in_scope = not one.parts or bool(one.parts & set(world.announced))
    return one.follows or (in_scope and not one.only_followed)


def chose_not_to_hear_the_end(world: World, email: str) -> bool:
    """Whether a reader heard that it began, and would not hear of its end by what they chose since.

    What is asked here is only how often such people are drawn: that they hear is the rule.
    """
    reader = world.readers[email]
    hit, wants = set(world.announced), reader.wants
    in_scope = not reader.parts or bool(set(reader.parts) & hit)
    heard = reader.confirmed and wants != "after" and in_scope
    if not heard or (email in world.held and not world.held[email].before):
        return False
    for act in reader.late:
        wants = act if act in ("every", "ends", "after") else wants
    now = subscribed(world, email)
    in_scope = now.follows or (not now.only_followed and (not now.parts or bool(now.parts & hit)))
    return now.state == "active" and (wants == "after" or not in_scope)


def wants_no_letters(world: World, email: str) -> bool:
    """Suppressed as far as letters to a list go: also whoever unsubscribed and did not come back.
    Confirming an address shows that mail arrives there, and takes no wish back.
    """
    reader, held = world.readers.get(email), world.held.get(email)
    if reader is not None and subscribed(world, email).state == "left":
        return True
    if held is None:
        return False
    works = reader is not None and subscribed(world, email).state == "active" and (
        (reader.confirmed and held.before) or confirmed_late(reader)
    )  # fmt: skip
    return not (held.reason == "bounced" and works)


def had_enough(world: World, email: str) -> bool:
    days = world.had.get(email, ())
    return sum(day < 7 for day in days) >= 2 or sum(day < 30 for day in days) >= 4


def is_untouched(world: World, number: int) -> bool:
    """Whether an account is known not to be affected."""
    account, facts = world.accounts[number], world.facts
    measured = {n for n in world.measured if n < len(world.accounts)}
    if measured:
        return number not in measured
    if facts.customers is NOBODY and all(impact == "none" for impact in facts.parts.values()):
        return True
    hit = {name for name, impact in facts.parts.items() if impact != "none"}
    if account.parts and hit and hit <= set(PARTS) and not hit & set(account.parts):
        return True
    return bool(account.regions and facts.regions) and not set(account.regions) & set(facts.regions)


def service_level_kept(world: World, number: int) -> bool:
    """Whether the record says, or lets everybody conclude, that the account's level was kept."""
    if world.facts.levels is None:
        return False
    said = world.facts.levels.get(f"a{number}")
    if said is None:
        return True
    return said.get("breached") is not True and said["actual"] is not None and (
        said["actual"] >= said["target"]  # type: ignore[operator]
    )  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """``gets``: a segment, or why nothing. ``must``: whatever they asked for."""

    gets: str
    must: bool = False


def accounts_of(world: World, email: str) -> list[tuple[int, Account]]:
    return [(n, one) for n, one in enumerate(world.accounts) if email in one.people]


def fate(world: World, levels: dict[str, str], email: str) -> Fate:
    """What one person gets, or why nothing."""
    mine = [n for n, _ in accounts_of(world, email)]
    hit = [n for n in mine if not is_untouched(world, n)]
    contracts = [n for n in hit if world.accounts[n].contract]
    worst = [n for n in hit if n in world.measured and (
        world.measured[n].hardest or world.measured[n].loss)]  # fmt: skip
    for_everybody = levels.get("everyone") == "subscribers" and hears_afterwards(world, email)
    if email in world.affected and levels.get("data_affected") in SENT_TO_EACH:
        return Fate("data_affected", must=True)
    letter = ""
    if contracts and levels.get("sla") in SENT_TO_EACH:
        if not all(service_level_kept(world, n) for n in contracts):
            return Fate("sla", must=True)
        letter = "sla"
    elif worst and levels.get("high_impact") in SENT_TO_EACH:
        letter = "high_impact"
    if letter and not wants_no_letters(world, email) and not had_enough(world, email):
        return Fate(letter)
    if for_everybody and not wants_no_status_mail(world, email):
        return Fate("everyone")
    if letter:
        return Fate("suppressed" if wants_no_letters(world, email) else "over_budget")
    if for_everybody:
        return Fate("suppressed")
    # Of a reader who stands for no account nobody knows whether it touched them.
    affected = email in world.affected or hit or not mine
    return Fate("not_planned" if affected else "not_affected")


def everybody(world: World) -> set[str]:
    """Everybody the plan is about."""
    contacts = {email for one in world.accounts for email in one.people}
    readers = {email for email in world.readers if hears_afterwards(world, email)}
    return contacts | set(world.affected) | readers


def fates(world: World, levels: dict[str, str]) -> dict[str, Fate]:
    return {email: fate(world, levels, email) for email in sorted(everybody(world))}


def tally(found: dict[str, Fate]) -> Counter[str]:
    return Counter(one.gets for one in found.values())
