"""JRG-01: words that only engineers use."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Example, Hit, Rule, examples
from plaintalk.text import Sentence

_WORDS = words(
    "rsync inode inodes sidekiq celery orm oidc waf federation mtu ospf mpls zfs btrfs lvm kvm qemu xen proxmox "
    "vmware vsphere esxi nagios prometheus grafana loki solr lucene memcache puma gunicorn apache tomcat ci ceph "
    "osd osds vacuum vacuuming fsck homeserver mirrors rsynced crashloop backoff cgroup hypervisors rebooting reindexing "
    "pod pods shard shards sharding replica replicas replication failover failovers oom bgp "
    "quorum hotfix hotfixes upstream downstream kubernetes cluster clusters node nodes "
    "hypervisor hypervisors cache caches cached caching deadlock deadlocks deadlocked kernel "
    "cpu backend frontend latency throughput ingress egress dns tls ssl tcp udp nat vpc vlan "
    "arp cdn etcd redis kafka postgres postgresql mysql mongodb elasticsearch rabbitmq "
    "varnish nginx haproxy pgbouncer memcached minio cassandra vitess goroutine goroutines "
    "thread threads mutex backpressure broker brokers worker workers daemon cron cronjob "
    "cronjobs deploy deploys deployed deployment deployments deploying rollback rollbacks "
    "regression canary terraform ansible puppet docker container containers containerd schema "
    "index indexes partition partitions partitioned migration autoscaler autoscaling "
    "provisioned provisioning throttle throttled throttling idempotent namespace namespaces "
    "socket sockets nfs csi iops webhook webhooks endpoint endpoints payload payloads runtime "
    "microservice microservices orchestrator orchestration vm vms firmware switch router "
    "routers raid reboot rebooted host hosts hostname hostnames port ports exception "
    "exceptions segfault bug bugs buggy patch patches patched queries saml sso datacenter api "
    "apis saas iaas cve jwt oauth ldap middleware codebase repo repository commit commits "
    "compute identity uptime instance instances heap jvm gc packet packets prefixes peering "
    "isp buckets blob blobs segfaults stacktrace timeout timeouts runner runners rebalance "
    "rebalancing rebalanced certificate certificates handshake propagate propagated "
    "propagation resolver resolvers nameserver nameservers config configs configuration "
    "configurations misconfiguration misconfigured infrastructure networking subnet subnets "
    "gateway gateways proxy proxies bandwidth filesystem ssd bios ram daemonset statefulset "
    "kubelet istio envoy zookeeper clickhouse bigquery dynamodb rds sqs sns lambda eks aks "
    "cloudfront azure gcp aws failback hotspot saturation authentication authorization "
    "authenticate dependency dependencies binary rollout rollouts rollforward bumped rack "
    "racks uplink dhcp vpn acl acls sni hsts cors websocket websockets grpc graphql rpc sql "
    "nosql reindex reindexed scheduler autoscale autoscaled vcpu vcpus parser serialization "
    "unoptimized optimizer virtualization virtualisation provision orchestrated webkit "
    "mutexes semaphore iowait inode inodes sysctl systemd dockerd sidecar daemons "
    "infrastructure infra"
)
_PHRASES = {
    "pool": "connection pool",
    "plane": "control plane",
    "race": "race condition",
    "balancer": "load balancer",
    "balancers": "load balancers",
    "leak": "memory leak",
    "pressure": "memory pressure",
    "exhaustion": "memory exhaustion",
    "garbage": "garbage collection",
    "trace": "stack trace",
    "traces": "stack traces",
    "herd": "thundering herd",
    "consumer": "consumer group",
    "consumers": "queue consumers",
    "queue": "message queue",
    "flag": "feature flag",
    "flags": "feature flags",
    "descriptors": "file descriptors",
    "overlay": "overlay network",
    "rate": "rate limit",
    "breaker": "circuit breaker",
    "read": "read replica",
    "virtual": "virtual machine",
    "block": "block storage",
    "pointer": "null pointer",
    "failed": "failed over",
    "rolled": "rolled back",
    "fail": "fail over",
    "servers": "application servers",
    "queues": "queues were",
    "jobs": "background jobs",
    "job": "background job",
    "objects": "object storage",
    "object": "object storage",
    "placement": "placement groups",
    "group": "security group",
    "access": "access control",
    "health": "health check",
    "handler": "error handler",
    "pooling": "connection pooling",
    "loop": "crash loop",
    "scan": "table scan",
    "scans": "table scans",
    "mesh": "service mesh",
    "system": "file system",
    "wide": "wide area network",
    "error": "error rate",
    "errors": "elevated errors",
    "rates": "error rates",
    "layer": "caching layer",
    "zone": "availability zone",
    "origin": "origin server",
}
_ALL = _WORDS | frozenset(_PHRASES)
_HARD = words(
    "pod pods shard shards replica replicas replication failover failovers oom bgp quorum kubernetes hypervisor hypervisors deadlock deadlocks deadlocked kernel etcd "
    "redis kafka pgbouncer varnish nginx haproxy goroutine goroutines mutex backpressure vpc vlan arp nat ingress egress namespace namespaces nfs csi containerd "
    "terraform ansible puppet cron cronjob cronjobs plane pool race herd pressure exhaustion descriptors overlay balancer balancers traces pointer"
)
_EXPLAINED = Pattern(r",? ?(?:\(|that is\b|i\.e\.|which (?:is|are|means)\b|—|–|meaning\b)")
_DENSE_PER_100 = 2.0
_FEWEST = 3


def _survey(document: Document) -> Iterator[Hit]:
    """One hit: at the first such word, graver where hard ones stand close together."""
    known = _known(document)
    present = (_ALL & document.vocabulary()) - known
    if not present:
        return
    # Where hard words are too few to make a difference, the first place is all there is to find.
    enough = len(present & _HARD) >= _FEWEST
    first: tuple[int, int] | None = None
    hard: set[str] = set()
    for sentence in document.text.sentences:
        if sentence.role in ("heading", "label"):
            continue
        here = document.words(sentence)
        if here.isdisjoint(present):
            continue
        for word in sorted(present & here):
            place = _place(document, sentence, word)
            if place is not None:
                first = min(first, place) if first else place
                if word in _HARD:
                    hard.add(word)
        if first is not None and not enough:
            break
    if first is not None:
        dense = len(hard) >= _FEWEST and len(hard) * 100 > _DENSE_PER_100 * document.word_count
        yield Hit(*first, severity="warning" if dense else None)


def _known(document: Document) -> set[str]:
    """Words that the readers know, with their plurals."""
    terms = set(document.profile.audience_terms)
    if document.record is not None:
        terms |= set(document.record.lexicon.audience_terms)
    return {form for term in terms for form in (term.lower(), term.lower() + "s")}


def _place(document: Document, sentence: Sentence, word: str) -> tuple[int, int] | None:
    """Where a word stands in a sentence, unless it is explained right behind."""
    scan = document.scan
    phrase = word if word in _WORDS else _PHRASES[word]
    at = scan.find(phrase, sentence.start, sentence.end)
    while at >= 0 and (
        scan[at - 1 : at].isalnum() or scan[at + len(phrase) : at + len(phrase) + 1].isalnum()
    ):
        at = scan.find(phrase, at + 1, sentence.end)
    end = at + len(phrase)
    if at < 0 or _EXPLAINED.match(scan, end, min(sentence.end, end + 12)):
        return None
    return at, end


RULE = Rule(
    id="JRG-01",
    name="engineers-words",
    category="jargon",
    severity="suggestion",
    message="Would your customer's office manager know this word? Say the effect.",
    better='"the list of waiting emails filled up"',
    source="SEED, PL",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
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
