"""Figures of two texts that should say the same in two languages. Pure, and no wording check."""

import re
from collections import Counter
from collections.abc import Iterator

# Thousands are parted by a comma, a dot, a blank or an apostrophe; decimals by a comma or a dot.
_FIGURE = re.compile(r"\d+(?:[.,'’\u00a0\u2009\u202f ]\d{3}(?!\d))*(?:[.,:]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[.,'’\u00a0\u2009\u202f ](?=\d{3}(?!\d))")


def figures_apart(original: str, translation: str) -> Iterator[str]:
    """Yield a sentence for each figure that one text has and the other has not as often.

    Figures written as words are not seen, and neither is a 12-hour clock turned into 24.
    """
    there, here = _figures(original), _figures(translation)
    for figure in there:
        if here[figure] < there[figure]:
            yield f"The original says {figure}; the translation does not."
    for figure in here:
        if there[figure] < here[figure]:
            yield f"The translation says {figure}; the original does not."


def _figures(text: str) -> Counter[str]:
    wide = text.translate({ord("０") + n: str(n) for n in range(10)})
    return Counter(_plain(found) for found in _FIGURE.findall(wide))


def _plain(figure: str) -> str:
    return _THOUSANDS.sub("", figure).replace(",", ".")
