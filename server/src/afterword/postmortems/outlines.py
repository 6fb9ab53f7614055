"""What a review may begin with: questions to answer, in an order that helps. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from afterword.postmortems.content import Content


@dataclass(frozen=True)
class Outline:
    """``content`` holds the questions as blanks, ``[blank: …]``, to fill in or cut."""

    name: str
    good_for: str
    content: Content


_SEEN = """## How it looked
[blank: what did the first person who noticed it see, and what did it look like to them?]

## What was tried
[blank: which steps were taken, and why did each make sense with what was known then?]

## What ended it
[blank: what made the difference, and how was that known?]"""

OUTLINES: Final[Mapping[str, Outline]] = {
    "full": Outline(
        "Full review",
        "An incident that many felt, or that taught you something.",
        Content(
            body=f"""## Before it began
[blank: what was normal, and what had changed in the days before?]

{_SEEN}

## What surprised us
[blank: what did we believe about the system that was not so?]""",
            went_well="[blank: what worked as it was meant to, and should be kept?]",
            luck="[blank: what could have made it worse, and did not only by chance?]",
            hard="[blank: what cost time: access, knowledge, tools, sleep?]",
        ),
    ),
    "short": Outline(
        "Short review",
        "Something small or well known.",
        Content(body=_SEEN),
    ),
    "data": Outline(
        "Data review",
        "Data was or may have been seen, lost or changed.",
        Content(
            body=f"""## Which data, whose, since when
[blank: what was reachable, by whom, and how is that known?]

## How far it was checked
[blank: which logs were read, for which time, and where do they end?]

{_SEEN}""",
            went_well="[blank: which safeguard held?]",
            luck="[blank: what limited it only by chance?]",
            hard="[blank: what could not be answered, and for want of what?]",
        ),
    ),
    "empty": Outline("Nothing", "You have your own way.", Content()),
}
