"""What a good review still lacks: hints, which keep nobody from anything. Pure."""

from collections.abc import Sequence

from afterword.commitments.models import Mechanism
from afterword.postmortems.content import SECTIONS, Content
from afterword.postmortems.models import ActionItem, ItemState

BLANK = "[blank: "
_FEWEST_FACTORS = 2


def hints(content: Content, items: Sequence[ActionItem]) -> list[str]:
    """Return what is still missing, each as a sentence that says what to do."""
    wanted = [
        (content.body.strip() == "", "Tell what happened, as it looked to those who were there."),
        (_blanks(content) > 0, f"Fill in or cut what the outline asks: {_blanks(content)} left."),
        (not content.timeline, "Fill the timeline from the updates and the record."),
        (
            content.milestone("detected") is None,
            "Say in the timeline when it was noticed, and by what.",
        ),
        (
            content.milestone("mitigated") is None,
            "Say in the timeline when most of it was over.",
        ),
        (
            any(e.kind in {"done", "change"} and not e.known for e in content.timeline),
            "Say for each act what was known or seen then: it made sense at the time.",
        ),
        (
            len(content.factors) < _FEWEST_FACTORS,
            "Name at least two factors: a failure needs several conditions to meet.",
        ),
        (
            bool(content.factors) and not any(f.kind == "detection" for f in content.factors),
            "Ask what kept it from being noticed sooner.",
        ),
        *((not getattr(content, name), f"Write down: {label.lower()}.")
          for name, label in SECTIONS.items()),
        *_about_items(items),
    ]  # fmt: skip
    return [sentence for lacks, sentence in wanted if lacks]


def _about_items(items: Sequence[ActionItem]) -> list[tuple[bool, str]]:
    kept = [each for each in items if each.state != ItemState.DROPPED]
    nobodys = sum(not each.owned_by for each in kept)
    undated = sum(each.due is None for each in kept)
    only_detect = bool(kept) and {each.mechanism for each in kept} == {Mechanism.DETECT}
    return [
        (not kept, "Say what is to be done, by whom and until when."),
        (nobodys > 0, f"{_count(nobodys)} nobody who does it; work of nobody is not done."),
        (undated > 0, f"{_count(undated)} no day."),
        (only_detect, "All that is to be done notices it sooner; ask what would prevent it."),
    ]


def _count(number: int) -> str:
    return "One action item has" if number == 1 else f"{number} action items have"


def _blanks(content: Content) -> int:
    return sum(text.count(BLANK) for text in content.texts())
