"""What the door asks before anything leaves: is the case held?"""

from afterword.components.models import Page
from afterword.incidents.queries import hold_about
from afterword.kit.errors import WrongState


def refuse_held(page: Page, incident_id: str) -> None:
    """Raise WrongState, with who holds it and why, while the incident is held. Needs the held page,
    which the hold waits for: what is refused here cannot slip past it.
    """
    hold = hold_about(page, incident_id)
    if hold is not None:
        raise WrongState(
            f"{hold.placed_by.name} holds this case: {hold.reason} Nothing about it leaves until "
            "the hold is released on the case page."
        )
