"""Which language a text seems to be in, judged by its commonest words and its letters.

English is the one language with rules. A text that is plainly something else must never look
as if it had passed, so the question here is only: English, or plainly not?
"""

from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later
from plaintalk.known_sentences import KNOWN
from plaintalk.pattern import words

ENGLISH: Final = "English"
OTHER: Final = "another language"
_SAMPLE: Final = 40_000
_FIRST_GLANCE: Final = 400
_GLANCE: Final = 1_200
_FIRST_WORDS: Final = 24
_ENOUGH: Final = 10
_PART: Final = 8
_ENOUGH_IN_PART: Final = 4
_PARAGRAPH: Final = later(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")

_ENGLISH: Final = words(
    "the a an and or of to in on at by for from with without as is are was were be been "
    "it its this that these those there we our us you your they their them he she his her "
    "has have had do does did not no will would can could may might should which who what "
    "when where why how than then but if so all any some more most other after before "
    "during until while between about into over again also only each every both same new "
    "now one two failed fails working works customers users service resolved fixed update "
    "outage minutes hours access sign page pages data sorry thank please incident cause "
    "affected"
)
_OTHERS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (
        "German",
        words(
            "der die das und oder nicht ist sind wurde wurden werden wird haben hatte ein eine "
            "einen einem einer mit von vom zum zur für auf bei nach aus auch wir sie ihre ihnen "
            "uns unsere unser dass daß den dem des im durch über bis seit kein keine kunden "
            "störung behoben ausfall stunden uhr kleine kurze bitte danke entschuldigen"
        ),
    ),
    (
        "French",
        words(
            "le la les un une des et ou du de au aux est sont été était étaient nous vous votre "
            "vos notre nos ne pas pour par sur avec dans qui que ce cette ces il elle ils leur "
            "leurs plus sans depuis jusqu'à clients panne résolu heures merci désolés "
            "excusons"
        ),
    ),
    (
        "Spanish",
        words(
            "el la los las un una unos y o de del al es son fue fueron ha han se no que en por "
            "para con sin su sus nuestro nuestra nuestros nosotros hemos usted ustedes este esta "
            "estos más desde hasta clientes servicio resuelto horas gracias lamentamos pero "
            "también"
        ),
    ),
    (
        "Italian",
        words(
            "il lo la i gli le un una di del della dei delle e ed è sono stato stata stati state "
            "che non per con su nel nella da dal dalla si ci vi abbiamo hanno nostro nostra "
            "nostri vostri questo questa più anche fino clienti servizio risolto ore grazie "
            "scusiamo"
        ),
    ),
    (
        "Portuguese",
        words(
            "o os as um uma uns e ou de do da dos das no na nos nas é são foi foram que não para "
            "por com sem seu sua seus suas nosso nossa nossos você vocês este esta mais também "
            "até desde clientes serviço resolvido horas obrigado lamentamos"
        ),
    ),
    (
        "Dutch",
        words(
            "de het een en of van voor met niet is zijn werd werden was hebben heeft had wij we "
            "ons onze u uw dat die dit deze op in bij naar uit ook door over tot sinds geen "
            "klanten storing opgelost uur bedankt excuses onze wordt"
        ),
    ),
    (
        "Polish",
        words(
            "i w z na do nie się jest są był była było były że to dla przez po od oraz lub nasz "
            "nasza nasze państwa klienci klientów usługa awaria rozwiązana godzin dziękujemy "
            "przepraszamy"
        ),
    ),
    (
        "Swedish, Danish or Norwegian",
        words(
            "och og eller att at är er var blev har hade inte ikke det den ett en et av för for "
            "med på til till från fra vi oss vår våra vores våre ni du som kunder driftstopp "
            "timmar timer løst löst tack takk tak beklagar beklager"
        ),
    ),
)


def language_of(text: str) -> str:
    """`ENGLISH`, the English name of another language, or `OTHER` where no name is known.

    Short texts without evidence either way count as English, so that they are checked.
    """
    # The last word may be cut; what the first ones tell, all of them tell.
    if len(_ENGLISH.intersection(text[:_FIRST_GLANCE].lower().split()[:-1])) >= _ENOUGH:
        return ENGLISH
    if len(_ENGLISH.intersection(text[:_GLANCE].lower().split())) >= _ENOUGH:
        return ENGLISH
    low = text[:_SAMPLE].lower()
    if not low.isascii() and _foreign_letters(low):
        return OTHER
    said = low.split()
    distinct = set(said)
    english = len(distinct & _ENGLISH)
    name, best = ENGLISH, 0
    for other, common in _OTHERS:
        count = len(distinct & common)
        if count > best:
            name, best = other, count
    if best > english and (best >= 3 or (best == 2 and len(said) <= 4)):
        return name
    plain = [word for word in distinct if word.isalpha()]
    if len(plain) >= 20 and english * 25 < len(plain):
        return OTHER
    return ENGLISH


def foreign_parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Paragraphs of an English text that are in another language: start, end and its name.

    Only words in small letters count here, so that names of places do not make a language.
    """
    for found in _PARAGRAPH.finditer(text):
        name = KNOWN.told(_foreign, found.group())
        if name is not None:
            yield found.start(), found.end(), name


def _foreign(part: str) -> str | None:
    """The other language of a paragraph; None if it is English, or too short to tell."""
    first = part.split(None, _FIRST_WORDS)
    if len(first) < _PART and part.isascii():  # A heading says too little to tell.
        return None
    if len(_ENGLISH.intersection(first[:-1])) >= _ENOUGH_IN_PART:
        return None
    said = set(part.split())
    if len(said & _ENGLISH) >= _ENOUGH_IN_PART:
        return None
    if not part.isascii() and _foreign_letters(part.lower()):
        return OTHER
    if len(said) < _PART:
        return None
    name, common = max(_OTHERS, key=lambda other: len(said & other[1]))
    count = len(said & common)
    return name if count >= _ENOUGH_IN_PART and count > 2 * len(said & _ENGLISH) else None


def _foreign_letters(low: str) -> bool:
    """Whether most letters are of a script other than Latin."""
    letters = [c for c in low if c.isalpha()]
    latin = sum(
        c < "\u0250" or "\u1e00" <= c < "\u1f00" or "\uff21" <= c < "\uff5b" for c in letters
    )
    return len(letters) >= 4 and latin * 2 < len(letters)
