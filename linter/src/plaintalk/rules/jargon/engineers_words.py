"""JRG-01: words that only engineers use."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern
from plaintalk.rule import Example, Hit, Rule, examples

_RAW = (
    r"pods?|shards?|sharding|replicas?|replication(?: lag)?|fail-?overs?|failed over|oom(?:-?killed)?|bgp|connection pool(?:s|ing)?|quorum|p9[59](?:\.9)?"
    r"|hot-?fix(?:es)?|control plane|data plane|race conditions?|upstream|downstream|kubernetes|k8s|clusters?|nodes?|hypervisors?|load[- ]balancers?|cach(?:e|es|ed|ing)"
    r"|deadlock(?:s|ed)?|garbage collection|kernel(?: panics?)?|memory (?:leak|pressure|exhaustion)|cpu|backend|back-end|frontend|front-end|latency|throughput|ingress|egress"
    r"|dns|tls|ssl|tcp|udp|nat|vpc|vlan|arp|cdn|etcd|redis|kafka|postgres(?:ql)?|mysql|mongodb|elasticsearch|rabbitmq|varnish|nginx|haproxy|pgbouncer|memcached|minio|cassandra|vitess"
    r"|goroutines?|threads?|mutex|stack traces?|backpressure|back-?pressure|thundering herd|consumer groups?|message (?:queue|broker)|brokers?|workers?|daemon|cron(?:job)?s?"
    r"|deploy(?:s|ed|ment|ments|ing)?|roll(?:ed)?[- ]?back|rollbacks?|regression|config(?:uration)? (?:push|change|drift|file)|feature flags?|canary|terraform|ansible|puppet|docker|containers?|container[sd]?"
    r"|primary (?:database|instance|node)|secondary|read replicas?|database (?:connections?|migration|primary|cluster|queries)|queries|schema|index(?:es)?|partition(?:s|ed)?|migration|circuit breaker|rate[- ]limit(?:s|ing|er)?"
    r"|rout(?:e leak|ing (?:table|announcements?))|autoscal(?:e|er|ing)|provision(?:ed|ing)|throttl(?:e|ed|ing)|idempoten\w+|namespaces?|file descriptors?|sockets?|overlay network|storage (?:backend|service)|block storage|nfs|csi|iops"
    r"|webhooks?|endpoints?|payloads?|runtime|microservices?|orchestrat(?:or|ion)|virtual machines?|vms?|firmware|switch(?:es)?|routers?|raid|origin servers?|reboot(?:ed)?|hosts?|hostnames?|ports?|exceptions?|null pointer|segfault|bug(?:s|gy)?|patch(?:es|ed)?"
)
_JARGON = Pattern(rf"\b(?:{_RAW})\b")
_HARD = Pattern(
    r"\b(?:pods?|shards?|replicas?|replication|fail-?overs?|oom|bgp|connection pool(?:s|ing)?|quorum|p9[59]|control plane|data plane|race conditions?|kubernetes|k8s|hypervisors?"
    r"|deadlock(?:s|ed)?|kernel|memory (?:leak|pressure|exhaustion)|etcd|redis|kafka|pgbouncer|varnish|nginx|haproxy|goroutines?|mutex|backpressure|thundering herd|consumer groups?"
    r"|vpc|vlan|arp|nat|ingress|egress|namespaces?|file descriptors?|overlay network|nfs|csi|containerd|terraform|ansible|puppet|cron(?:job)?s?|load[- ]balancers?|stack traces?)\b"
)
_EXPLAINED = Pattern(r",? ?(?:\(|that is\b|i\.e\.|which (?:is|are|means)\b|—|–|meaning\b)")
_WORDS = re.compile(r"\w+")
_DENSE_PER_100 = 2.0
_FEWEST = 3


def _survey(document: Document) -> Iterator[Hit]:
    """One hit: at the first hard word, graver where they stand close together."""
    scan = document.scan
    known = {term.lower() for term in document.profile.audience_terms}
    if document.record is not None:
        known |= {term.lower() for term in document.record.lexicon.audience_terms}
    first: Match | None = None
    hard: set[str] = set()
    for sentence in document.text.sentences:
        if sentence.role not in ("text", "item", "subject"):
            continue
        for found in _JARGON.finditer(scan, sentence.start, sentence.end):
            word = found.group()
            if word in known or word.rstrip("s") in known:
                continue
            if _EXPLAINED.match(scan, found.end(), min(sentence.end, found.end() + 12)):
                continue
            first = first or found
            if _HARD.match(word):
                hard.add(word)
    if first is not None:
        count = len(_WORDS.findall(scan))
        dense = len(hard) >= _FEWEST and len(hard) * 100 > _DENSE_PER_100 * count
        yield Hit(*first.span(), severity="warning" if dense else None)


RULE = Rule(
    id="JRG-01",
    name="engineers-words",
    category="jargon",
    severity="suggestion",
    message="Would your customer's office manager know this word? Say the effect.",
    better='"the list of waiting emails filled up"',
    source="SEED, PL",
    kinds=("closure", "summary", "follow_up", "data_notice", "note"),
    survey=_survey,
    bad=examples("A replica ran out of memory after the failover.", "The shards lost quorum."),
    good=(
        Example("The list of waiting emails filled up."),
        Example("A replica (a second copy of the data) stopped."),
        Example(
            "Webhooks were late.",
            record={"schema": "plaintalk-record/1", "lexicon": {"audience_terms": ["webhook"]}},
        ),
    ),
)
