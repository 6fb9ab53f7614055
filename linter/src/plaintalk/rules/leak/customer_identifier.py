"""LEK-15: numbers and names by which one customer can be told."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:user|account|customer|tenant|org(?:ani[sz]ation)?|workspace|client)[ -]?(?:id|ids|number|no\.?|uid|guid)s? ?[:=#]? ?#?(?=[\w-]*\d)[\w-]{3,40}\b|\b(?:user|account|customer|tenant|client) (?:[#:] ?)?\d{4,12}\b|\b(?:tenant|org|organi[sz]ation|workspace|customer|account|client) (?=[a-z-]*\d)(?:[a-z0-9]+-){1,4}[a-z0-9]*\d{2,}\b|\b(?:customer|client|user|tenant|subscriber|merchant)s? (?:called |named |from |at )?(?:[\w&.-]+ ){1,3}?(?:gmbh|inc|ltd|llc|plc|corp|corporation|limited|bv|sarl|oy|ab)\b|\b[\w&-]{3,30} (?:gmbh|inc|ltd|llc|plc|corp|bv|sarl)\b[^.;]{0,60}?\b(?:hit|affected|complain\w*|report\w*|noticed|impacted|lost|unable|could not)\b|\b(?:uid|guid)[:= ]+[\w-]{6,40}\b"
)

RULE = Rule(
    id="LEK-15",
    name="customer-identifier",
    category="leak",
    severity="warning",
    message="One customer can be recognised by this. Leave it out.",
    better='"one customer"',
    source="GDPR",
    triggers=words(
        "client id ids user account customer tenant org organisation organization workspace "
        "uid guid gmbh inc ltd llc plc corp corporation limited bv sarl oy"
    ),
    look=matching(_PATTERN),
    bad=examples("The error hit customer ID 48213.", "It began with account #9921."),
    good=examples("The error hit one customer.", "Use your account number to sign in."),
)
