"""Time per text, beside proselint; 1 MB; start and memory; cost per rule; hard inputs."""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import plaintalk
from plaintalk.known_sentences import KNOWN, MOST
from speed.attacks import LIMIT, SIZE, again, measure
from speed.documents import SIZE as LENGTH
from speed.documents import Sample, real_texts, samples, stories
from speed.peer import NoPeer, Peer
from speed.per_rule import costs

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("AFTERWORD_SHARED", ROOT.parent / "shared")) / "corpus"
MOST_SECONDS = 0.002
LEAST_TIMES = 10


def _milliseconds(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    high = ordered[int(len(ordered) * 0.95)]
    return f"median {statistics.median(ordered) * 1e3:.2f} ms, p95 {high * 1e3:.2f} ms"


def _checks(texts: list[Sample]) -> tuple[list[float], int]:
    seconds = []
    found = 0
    for sample in texts:
        began = time.process_time()
        report = plaintalk.check(sample.text, kind=sample.kind, record=sample.record)
        seconds.append(time.process_time() - began)
        found += len(report.findings)
    return seconds, found


def while_typing(name: str, texts: list[Sample]) -> None:
    """The check after a word was added in the middle, as editors ask for; the first is not timed.

    What is known of the sentences that stayed may help here, unlike above.
    """
    seconds = []
    KNOWN.limit = MOST
    for sample in texts:
        KNOWN.forget()
        plaintalk.check(sample.text, kind=sample.kind, record=sample.record)
        at = sample.text.find(" ", LENGTH // 2)
        changed = f"{sample.text[:at]} really{sample.text[at:]}"
        began = time.process_time()
        plaintalk.check(changed, kind=sample.kind, record=sample.record)
        seconds.append(time.process_time() - began)
    KNOWN.limit = 0
    print(f"{name}, once more after a word was added: {_milliseconds(seconds)}")


def beside_proselint(name: str, texts: list[Sample], rounds: int = 6) -> bool:
    """Both on the same texts, turn by turn, so that a busy machine slows both.

    Every text is checked once and was not seen before, and nothing is kept of its sentences: texts
    of one sort share some, as no two texts that people write do. The first third warms up.
    """
    warm = len(texts) // 3
    _checks(texts[:warm])
    fresh = texts[warm:]
    ours: list[float] = []
    theirs: list[float] = []
    found = 0
    try:
        with Peer() as peer:
            for turn in range(rounds):
                part = fresh[turn::rounds]
                seconds, here = _checks(part)
                ours += seconds
                found += here
                version, seconds, _ = peer.seconds([one.text for one in part], 1)
                theirs += seconds
    except NoPeer as problem:
        print(f"proselint: not measured, {problem}")
        ours, found = _checks(fresh)
        print(f"{name}: {_milliseconds(ours)}; {found} findings in {len(fresh)} texts")
        return statistics.median(ours) <= MOST_SECONDS
    times = statistics.median(theirs) / statistics.median(ours)
    print(
        f"{name}: plaintalk {plaintalk.__version__} {_milliseconds(ours)}, {found} findings in "
        f"{len(fresh)} texts; proselint {version} {_milliseconds(theirs)}: {times:.1f} times as "
        f"fast (limits: median {MOST_SECONDS * 1e3:g} ms, {LEAST_TIMES} times)"
    )
    return statistics.median(ours) <= MOST_SECONDS and times >= LEAST_TIMES


def one_megabyte(texts: list[Sample]) -> bool:
    """A text of a million characters."""
    joined = "\n\n".join(sample.text for sample in texts)
    text = (joined * (1_000_000 // len(joined) + 1))[:1_000_000]
    began = time.process_time()
    report = plaintalk.check(text, kind="summary", record=texts[0].record)
    seconds = time.process_time() - began
    print(f"1 MB of text: {seconds:.2f} s of CPU (limit 3 s); {len(report.findings)} findings")
    return seconds <= 3


def one_start(texts: list[Sample]) -> bool:
    """`plaintalk check` on one text as a command: CPU seconds and peak memory of the process."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.md")
        draft.write_text(texts[0].text, "utf-8")
        command = [sys.executable, "-m", "plaintalk", "check", str(draft)]
        # As an installed package starts: its compiled files are kept from one run to the next.
        kept = str(Path(folder, "compiled"))
        environment = {
            **os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": kept,
        }  # fmt: skip
        subprocess.run(command, capture_output=True, check=False, env=environment)
        spent = []
        for _ in range(7):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=False, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        # The peak of getrusage starts at that of the parent, so the kernel's own count is read.
        program = (
            "import re, sys, plaintalk.cli; plaintalk.cli.main(sys.argv[1:]);"
            "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read());"
            "print(peak[1], file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, "check", str(draft)],
            capture_output=True, text=True, check=False, env=environment,
        )  # fmt: skip
    memory = int(done.stderr.strip().splitlines()[-1]) / 1024
    cpu = statistics.median(spent)
    print(
        f"plaintalk check on 3 KB: {cpu:.3f} s of CPU (limit 0.2 s), {memory:.0f} MB (limit 60 MB)"
    )
    return cpu <= 0.2 and memory <= 60


def per_rule(texts: list[Sample], shown: int) -> None:
    """The dearest rules."""
    found = costs(texts)
    whole = sum(cost for _, cost, _ in found)
    print(f"all rules together: {whole:.0f} µs per 3 KB text, clock included; the dearest:")
    for rule, cost, calls in found[:shown]:
        print(f"  {rule:8} {cost:7.1f} µs  {calls:3} calls")


def hard_inputs(texts: list[Sample], shown: int, size: int) -> bool:
    """Twice the text may take 2.6 times the time, for the worst input of every rule."""
    attacks = list(measure(plaintalk.RULES, texts[0].record, size))
    # What looks too steep is measured again: other work on the machine only ever adds.
    attacks = [again(one, texts[0].record, size) if one.ratio > LIMIT else one for one in attacks]
    worst = sorted(attacks, key=lambda one: -one.ratio)
    slowest = sorted(attacks, key=lambda one: -one.twice)
    print(
        f"{len(attacks)} hard inputs, {size:,} and {2 * size:,} characters; "
        f"highest ratios (limit {LIMIT}):"
    )
    for one in worst[:shown]:
        print(f"  {one.rule:8} {one.ratio:5.2f}  {one.twice * 1e3:7.1f} ms  {one.piece[:60]!r}")
    print("  slowest:")
    for one in slowest[:shown]:
        print(f"  {one.rule:8} {one.ratio:5.2f}  {one.twice * 1e3:7.1f} ms  {one.piece[:60]!r}")
    return worst[0].ratio <= LIMIT


def main() -> int:
    """Run from the command line. Returns 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=90)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder of real texts")
    parser.add_argument("--shown", type=int, default=12)
    parser.add_argument("--size", type=int, default=SIZE, help="characters of a hard input")
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=["peer", "rules", "attacks", "start"]
    )
    chosen = parser.parse_args()
    KNOWN.limit = 0
    texts = samples(chosen.texts)
    kept = True
    began = time.process_time()
    plaintalk.warm_up()
    print(f"warming up, once in a process: {time.process_time() - began:.2f} s of CPU")
    if "peer" not in chosen.skip:
        sorts = {
            "real texts": real_texts(chosen.texts, chosen.corpus),
            "true stories": stories(chosen.texts),
            "stories with faults": texts,
        }
        for name, every in sorts.items():
            if every:
                kept = beside_proselint(name, every) and kept
                while_typing(name, every[len(every) // 3 :])
            else:
                print(f"{name}: not measured, none in {chosen.corpus}")
    kept = one_megabyte(texts) and kept
    if "start" not in chosen.skip:
        kept = one_start(texts) and kept
    if "rules" not in chosen.skip:
        per_rule(texts, chosen.shown)
    if "attacks" not in chosen.skip:
        kept = hard_inputs(texts, chosen.shown, chosen.size) and kept
    return 0 if kept else 1
