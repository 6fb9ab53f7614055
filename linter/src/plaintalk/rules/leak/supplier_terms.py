"""LEK-16: unpaid bills, free plans, what a supplier costs."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:us(?:ed|ing|e)|on|runs?|running|ran|outgr(?:ew|own)|hosted|stay(?:ed)?|relied) (?:[\w'.-]+ ){0,3}?(?:free|hobby|trial|cheapest|basic|starter|cheap|entry-level|lowest) (?:tier|plan|package|account|subscription|version)s?\b(?: (?:of|from|at|with|by|for) )?"
    r"|\b(?:forgot(?:ten)?|failed|missed|neglected|late) (?:to pay|paying|a payment|the payment|to renew (?:the|our) (?:subscription|contract|plan))\b|\b(?:unpaid|overdue|outstanding) (?:\w+ )?(?:invoices?|bills?|balance|payments?)\b|\b(?:invoice|bill) (?:was|were|had|went) (?:\w+ )?(?:unpaid|not (?:been )?paid|overdue|forgotten|missed)\b"
    r"|\b(?:the|our|an?|my|this) (?:\w+ )?(?:bill|invoice|balance|past-due amount|payment) (?:has|had|is|was|have) (?:now |since |finally |already |just )?(?:been )?(?:now |since )?(?:paid|settled|topped up|cleared|past due|paid off|refilled)\b"
    r"|\b(?:our|my|the|company) (?:company )?(?:credit card|card|payment method|payment) (?:on file )?(?:had |has |was |for \w+ )?(?:expired|declined|failed|bounced|been declined)\b"
    r"|\b(?:our|my|the|\w+'s) (?:[\w-]+ ){0,3}?(?:grant|funding|sponsorship|billing account|budget|prepaid balance|funds|credits|quota of credits|credit balance|allowance)s? (?:\w+ ){0,6}?(?:ran out|run out|expired|ended|lapsed|exhausted|was cut|were cut|used up|dried up|depleted|was not renewed|ends|runs out|was cancel\w+|is gone)\b|\bran out of (?:funds|funding|budget|credits?)\b"
    r"|\b(?:provider|vendor|supplier|host|partner|carrier|bank|they|manufacturer|company)(?:'s)? (?:\w+ ){0,2}?(?:compensat\w+|reimburs\w+|refund\w*|credited|paid|pays|owes?|settl\w+|offered|offers) (?:us|our|[\w-]+ (?:with|an?)|the (?:team|project|company)) (?:[\w$€£'-]+ ){0,6}?(?:[$€£] ?\d|\d[\d.,]*k?\b|compensation|credits?|refund|discount|settlement|money)"
    r"|\b(?:our|the) (?:[\w-]+ ){0,2}?(?:bill|invoice|costs?|fees?|charges?|prices?|rent|spend|spending|expenses?|budget)s? (?:[\w-]+ ){0,6}?(?:[$€£] ?\d|went up|rose|grew|exploded|doubled|of [$€£])|\b(?:non-disclosure|nda|under an nda|legal dispute|lawsuit against|negotiat\w+ (?:with|a|the|our) (?:\w+ ){0,2}?(?:contract|price|pricing|discount|refund|vendor|provider|supplier))\b"
    r"|\b(?:our|the) (?:contract|agreement|deal) with (?:our |the )?\w+ (?:\w+ )?(?:costs?|ends?|expired|is|was|only|does not|doesn't|ran out)\b|\b(?:costs?|costing|charges?) us (?:money|more|less|too much|extra|thousands|a fortune|nearly|almost|about|around|over|up to|only|just|[$€£]|\d)|\b(?:too expensive|can't afford|cannot afford|could not afford|over budget|to save (?:money|costs?)|cost[- ]cutting|saving costs|cut costs|for cost reasons|budget cuts?|ran out of (?:money|credits?|budget))\b"
)
_READERS = Pattern(
    r"\b(?:users?|customers?|accounts?|people|those|projects?|teams?|workspaces?|organi[sz]ations?|sites?|you|everyone|members?|anyone|including|only|your) (?:[\w-]+ ){0,3}?\Z"
)
_OF_OURS = Pattern(r"\bour (?:free|hobby|trial|basic|starter)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _READERS) and not _OF_OURS.search(
        document.scan, found.start(), found.end()
    )


RULE = Rule(
    id="LEK-16",
    name="supplier-terms",
    category="leak",
    severity="warning",
    message="What you pay and to whom is not theirs to know. Say which limit was reached.",
    better='"we reached a limit at our database supplier; it is ten times higher now"',
    source="SEED",
    triggers=words(
        "free hobby trial cheapest basic starter cheap entry lowest pay paying payment renew unpaid overdue "
        "outstanding invoice bill balance card contract agreement deal cost costs costing charge charges expensive fees fee prices price rent "
        "afford budget grant funding sponsorship billing funds allowance provider vendor supplier host partner carrier bank they manufacturer company invoice spend spending expenses nda lawsuit negotiating negotiated negotiate dispute money credits credit cutting"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We were using the free tier of our database host.",
        "Our hosting fees have risen from $40 to $95 a month.",
        "We forgot to pay the bill for our hosting account.",
        "Our credit card had expired.",
    ),
    good=examples(
        "Users of our free plan were not affected.",
        "Customers on the free tier could not sign in.",
        "We reached a limit at our database supplier; it is ten times higher now.",
    ),
)
