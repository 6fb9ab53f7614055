"""Words for people, and when such a word does not name the one who acted."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern
from plaintalk.text import Sentence


def any_of(listed: str) -> str:
    """A group that matches any of the words listed; "_" stands for a blank within one."""
    return f"(?:{'|'.join(listed.split())})".replace("_", " ")


ROLE: Final = any_of(
    "engineers? developers? devs? programmers? coders? admins? administrators? sysadmins? dbas? sres? "
    "operators? technicians? techs? testers? designers? architects? analysts? researchers? scientists? "
    "consultants? contractors? subcontractors? freelancers? interns? trainees? apprentices? temps? "
    "newcomers? starters? joiners? hires? recruits? juniors? seniors? employees? workers? staffers? "
    "labourers? colleagues? co-?workers? teammates? hands? persons? people individuals? m[ae]n wom[ae]n "
    "guys? folks? humans? managers? directors? supervisors? chiefs? bosse?s? heads? leaders? leads? "
    "foremen foreman officers? officials? executives? executive presidents? founders? owners? "
    "predecessors? successors? agents? representatives? reps? assistants? aides? secretar(?:y|ies) "
    "receptionists? clerks? cashiers? tellers? dispatchers? planners? schedulers? controllers? "
    "coordinators? inspectors? auditors? reviewers? approvers? accountants? bookkeepers? payrollers? "
    "buyers? purchasers? traders? brokers? underwriters? actuar(?:y|ies) lawyers? paralegals? editors? "
    "writers? authors? copywriters? translators? photographers? illustrators? marketers? salesm[ae]n "
    "salespersons? salespeople recruiters? nurses? doctors? surgeons? pharmacists? physicians? "
    "midwi(?:fe|ves) dentists? carers? teachers? lecturers? professors? librarians? headteachers? "
    "caretakers? janitors? cleaners? guards? porters? stewards? conductors? pilots? drivers? couriers? "
    "riders? postm[ae]n mechanics? fitters? welders? plumbers? electricians? builders? roofers? "
    "installers? joiners? gardeners? farmers? bakers? cooks? chefs? waiters? waitress(?:es)? butchers? "
    "packers? pickers? loaders? storekeepers? warehousem[ae]n linesm[ae]n handlers? cutters? printers? "
    "machinists? moderators? maintainers? contributors? committers? volunteers? hosts? ushers? lodgers? "
    "diggers? excavators? (?:staff|team|crew|board)_members? members?_of_staff remote_hands staff "
    "personnel crews? squads? gangs? novices? amateurs? bystanders? passers-?by"
)
"""Who works for us or for somebody else, by trade or by rank."""

TEAM: Final = any_of(
    "teams? departments? divisions? units? groups? offices? desks? squads? shifts? crews? branch(?:es)? "
    "management marketing finance sales procurement purchasing accounting payroll logistics legal "
    "infrastructure operations ops networking engineering hr it devops headquarters boards? committees?"
)
"""Part of a company, as others in it speak of it."""

SUPPLIED: Final = any_of(
    "suppliers? providers? vendors? carriers? wholesalers? retailers? manufacturers? makers? "
    "distributors? banks? insurers? agenc(?:y|ies) firms? compan(?:y|ies) outfits? utilit(?:y|ies) "
    "councils? airports? landlords? hosters? registrars? processors? resellers? integrators? printers? "
    "caterers? brokers? partners? factor(?:y|ies) depots? haulers? hauliers? shippers? couriers? "
    "telcos? isps? authorit(?:y|ies) ministr(?:y|ies) railways? operators? studios? laborator(?:y|ies) "
    "clinics? hospitals? schools? universit(?:y|ies) consultanc(?:y|ies) contractors? subcontractors? "
    "hotels? airlines? publishers? warehouses?"
)
"""Who delivers something to us, or to whom we deliver."""

READER: Final = any_of(
    "users? customers? clients? tenants? subscribers? members? players? merchants? shoppers? guests? "
    "visitors? passengers? patients? pupils? students? parents? residents? applicants? travell?ers? "
    "drivers? readers? viewers? recipients? buyers? sellers? holders? neighbou?rs? households? "
    "account_holders? cardholders?"
)
"""Whom we serve."""

BELONGING: Final = (
    r"(?:data|records?|accounts?|details|portals?|lists?|names?|payments?|invoices?|information|files?|hours|logins?"
    r"|contracts?|numbers?|addresses|profiles?|pages?|tools?|consoles?|roles?|permissions?|credentials|apps?|librar(?:y|ies)"
    r"|badges?|cards?|mail(?:box(?:es)?|s)?|e-?mails?|messages|requests?|devices?|laptops?|sessions?|side|interfaces?|dashboards?|certificates?|folders?)"
)
"""What stands behind a word for a person where that only says whose it is: "contractor data"."""

_THING_OF: Final = Pattern(
    r"\b(?:engineer|developer|technician|contractor|employee|operator|administrator|admin|member|colleague|intern|manager|volunteer"
    rf"|user|customer|client|tenant|partner|subscriber|player|merchant|staff|team|supplier|vendor|provider|driver|student) {BELONGING}\b"
)
_UNDERGOES: Final = Pattern(
    r"\b(?:was|were|is|are|been|being|be|got) (?:\w+ )?(?:unintentionally|accidentally|mistakenly|inadvertently|wrongly|erroneously|unknowingly|incorrectly|unwittingly)\Z"
)
_DOES_SO: Final = Pattern(r" \w+ing\b")
_OF_THEIRS: Final = Pattern(r"\b(?:of|for|about|from|to|belonging to) \Z")


def is_not_the_one(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the person in a match is no actor: "contractor data that ...", "was mistakenly sent".

    For a match that runs from a word for a person to an adverb or verb of mishap.
    """
    scan = document.scan
    if _THING_OF.search(scan, found.start(), found.end()):
        return True
    if _UNDERGOES.search(scan, found.start(), found.end()):
        return _DOES_SO.match(scan, found.end(), sentence.end) is None
    return False


_PERSON: Final = (
    r"(?:users?|customers?|part(?:y|ies)|clients?|tenants?|accounts?|integrators?|partners?|subscribers?|members?|players?|merchants?|crawlers?|bots?"
    r"|contributors?|persons?|individuals?|someone|somebody|people|providers?|vendors?|suppliers?|engineers?|employees?|contractors?|teams?|developers?|hosts?"
    r"|operators?|technicians?|compan(?:y|ies)|firms?|interns?|colleagues?|attackers?|hackers?|spammers?|guys?|drivers?|cleaners?|tenants?|visitors?|agenc(?:y|ies)|carriers?|they|he|she)"
)
_A_PERSON: Final = Pattern(
    rf"\b{_PERSON}\b(?!(?:'s)? (?:\w+ )?(?:{BELONGING}|librar(?:y|ies)|code|scripts?|jobs?|services?|software|server|cache|process|query|import|setting|machine|disk|cable|bug)\b|-)"
)
_IS: Final = Pattern(
    r"(?: (?:was|were|is|are|seems?|turned out|turns out|appears?|proved|could|may|might)\b|[:,]| -| \u2013| \u2014)[^.;]*"
)
_CHASED: Final = Pattern(
    r"\b(?:caught|catch|punish\w*|track\w*|ban(?:ned)?|blocked|arrest\w*|report\w*|warn\w*|contact\w*|told|removed|suspended|who|spoken to|named?)\b"
)


def points_at_a_person(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether "the culprit" is somebody, and not a full disk."""
    scan = document.scan
    named = _IS.match(scan, found.end(), sentence.end)
    if named:
        return _A_PERSON.search(scan, found.end(), named.end()) is not None
    lead = (sentence.start, found.start())
    return _CHASED.search(scan, *lead) is not None or _A_PERSON.search(scan, *lead) is not None
