"""JRG-09: three technical quantities, or a pile of nouns."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_QUANTITY = Pattern(
    r"(?<![\w.])\d[\d.,]* ?(?:ms|gb|mb|kb|tb|gbps|mbps|rps|qps|tps|iops|cores?|nodes?|pods?|threads?|connections?|queries|shards?|replicas?|x)\b"
)
_PILE = Pattern(
    r"\b(?:(?:database|cluster|node|service|queue|configuration|connection|network|storage|server|replication|consumer|message|memory|control|plane|load|balancer|deployment|"
    r"cache|index|query|routing|health|check|pool|request|traffic|worker|job|scheduler|api|gateway|instance|backend|session|token|authentication|layer|partition|lag|limit|timeout) ){3,8}"
    r"(?:\w+)\b"
)


_UNITS = words(
    "ms gb mb kb tb gbps mbps rps qps tps iops core cores nodes pods threads connections queries shards replicas x"
)
_NOUNS = words(
    "database cluster node service queue configuration connection network storage server replication consumer message memory control plane load balancer deployment "
    "cache index query routing health check pool request traffic worker job scheduler api gateway instance backend session token authentication layer partition lag limit timeout"
)
_MOST = 3


def _look(document: Document, sentence: Sentence) -> Hit | None:
    tokens = document.words(sentence)
    if not tokens.isdisjoint(_UNITS):
        quantities = list(_QUANTITY.finditer(document.scan, sentence.start, sentence.end))
        if len(quantities) >= _MOST:
            return Hit(quantities[0].start(), quantities[-1].end())
    if len(_NOUNS.intersection(tokens)) < _MOST:
        return None
    pile = document.find(_PILE, sentence)
    return Hit(*pile.span()) if pile else None


RULE = Rule(
    id="JRG-09",
    name="too-dense",
    category="jargon",
    severity="suggestion",
    message="Too dense for a reader under stress. Keep the one number that matters.",
    better=None,
    source="PL",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    triggers=words(
        "pool balancer plane scheduler gateway partition lag instance cache index query routing consumer replication token authentication cluster node ms gb mb kb tb gbps mbps rps qps tps iops cores nodes pods threads connections queries shards replicas"
    ),
    look=_look,
    bad=examples(
        "With 40 nodes, 900 connections and 30 ms the limit was reached.",
        "The database connection pool limit check failed.",
    ),
    good=examples("The list of waiting emails was full."),
)
