"""A guard nobody has seen refuse anything guards nothing: each gets a fault planted in a copy."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from architecture.rooms import ROOT

pytestmark = pytest.mark.slow
IGNORED = shutil.ignore_patterns("__pycache__", "*.egg-info", "static", "locale")


@dataclass(frozen=True)
class Copy:
    """A copy of the source and its guards, to be spoilt."""

    root: Path

    def add(self, path: str, text: str) -> None:
        """Append the text to a file of the copy, making it if need be."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        target.write_text(f"{before}\n{text}\n", encoding="utf-8")

    def run(self, *command: str) -> tuple[int, str]:
        """Run a tool of this environment on the copy; return its exit code and all it printed."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        sources = [self.root / "server" / "src", self.root / "linter" / "src"]
        done = subprocess.run(
            [sys.executable, "-P", *command],
            cwd=self.root,
            env=kept
            | {
                "PYTHONPATH": os.pathsep.join(map(str, sources)),
                "PYTHONDONTWRITEBYTECODE": "1",
                "AFTERWORD_DATA_DIR": str(self.root / "data"),
                "COLUMNS": "300",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=240,
            check=False,
        )
        return done.returncode, done.stdout

    def lint_imports(self, *contracts: str) -> tuple[int, str]:
        chosen = [word for contract in contracts for word in ("--contract", contract)]
        entry = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
        return self.run("-c", entry, "--no-cache", "--no-logo", *chosen)

    def pytest(self, *arguments: str) -> tuple[int, str]:
        return self.run(
            "-m", "pytest", "-p", "no:xdist", "-p", "no:randomly", "-p", "no:cacheprovider",
            "-q", *arguments,
        )  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_into(tmp_path)


def copy_into(tmp_path: Path) -> Copy:
    for folder in ("server/src", "linter/src", "server/tests/architecture"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=IGNORED)
    for file in ("pyproject.toml", "server/tests/conftest.py", "server/tests/browsing.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "server/tests/architecture/test_planted_faults.py").unlink()
    return Copy(tmp_path)


def test_the_copy_passes_every_guard_before_a_fault_is_planted(copy: Copy) -> None:
    code, said = copy.lint_imports()
    assert code == 0, said
    code, said = copy.pytest("server/tests/architecture")
    assert code == 0, said


SERVER = "server/src/afterword"
LINTER = "linter/src/plaintalk"
FORBIDDEN_IMPORTS = {
    "an outward room reads incidents": (
        "outward",
        {f"{SERVER}/public_site/planted.py": "from afterword.incidents import models"},
        "afterword.public_site.planted -> afterword.incidents.models",
    ),
    "an outward room reaches statements through the actions of publishing": (
        "outward",
        {
            f"{SERVER}/fanout/planted.py": "from afterword.publishing import planted",
            f"{SERVER}/publishing/planted.py": "from afterword.statements import models",
        },
        "afterword.publishing.planted -> afterword.statements.models",
    ),
    "the builder reads commitments inside a function": (
        "outward",
        {
            f"{SERVER}/site_builder/planted.py": (
                "def build() -> None:\n    from afterword.commitments import models"
            )
        },
        "afterword.site_builder.planted -> afterword.commitments.models",
    ),
    "a room imports the room above it": (
        "rooms",
        {f"{SERVER}/components/planted.py": "from afterword.incidents import models"},
        "afterword.components is not allowed to import afterword.incidents",
    ),
    "a room imports upward for types only": (
        "rooms",
        {
            f"{SERVER}/kit/planted.py": (
                "from typing import TYPE_CHECKING\n"
                "if TYPE_CHECKING:\n    from afterword.accounts import models"
            )
        },
        "afterword.kit is not allowed to import afterword.accounts",
    ),
    "one entry room imports another": (
        "rooms",
        {f"{SERVER}/desk/planted.py": "import afterword.worker"},
        "afterword.desk is not allowed to import afterword.worker",
    ),
    "a new room has no place in the list": (
        "rooms",
        {f"{SERVER}/cupboard/__init__.py": '"""Holds everything."""'},
        "cupboard",
    ),
    "the worker reads postmortems": (
        "postmortems",
        {f"{SERVER}/worker/planted.py": "from afterword.postmortems import models"},
        "afterword.worker.planted -> afterword.postmortems.models",
    ),
    "the public site runs the wording checker itself": (
        "plaintalk-importer",
        {f"{SERVER}/public_site/planted.py": "import plaintalk"},
        "afterword.public_site.planted -> plaintalk",
    ),
    "a rule looks at the disk": (
        "plaintalk-pure",
        {f"{LINTER}/rules/planted.py": "import os"},
        "plaintalk.rules.planted -> os",
    ),
    "the engine opens a socket": (
        "plaintalk-pure",
        {f"{LINTER}/engine.py": "import socket"},
        "plaintalk.engine -> socket",
    ),
    "the engine asks the clock": (
        "plaintalk-pure",
        {f"{LINTER}/engine.py": "import time"},
        "plaintalk.engine -> time",
    ),
    "a rule prints": (
        "plaintalk-edges",
        {f"{LINTER}/rules/planted.py": "from plaintalk import output"},
        "plaintalk.rules.planted -> plaintalk.output",
    ),
    "two modules of a room import each other": (
        "no-cycles",
        {
            f"{SERVER}/incidents/planted_here.py": "from afterword.incidents import planted_there",
            f"{SERVER}/incidents/planted_there.py": "from afterword.incidents import planted_here",
        },
        "planted_",
    ),
}


@pytest.mark.parametrize("fault", FORBIDDEN_IMPORTS)
def test_the_contracts_refuse(fault: str, copy: Copy) -> None:
    contract, files, complaint = FORBIDDEN_IMPORTS[fault]
    for path, text in files.items():
        copy.add(path, text)
    code, said = copy.lint_imports(contract)
    assert code == 1, said
    assert "BROKEN" in said
    assert complaint in said


BROKEN_HABITS = {
    "a foreign key points up by a string": (
        f"{SERVER}/components/models.py",
        "class Planted(models.Model):\n"
        "    incident = models.ForeignKey(\n"
        "        'incidents.Incident', on_delete=models.CASCADE, related_name='+'\n"
        "    )",
        "components may not point at incidents",
    ),
    "a foreign key gives another room a reverse name": (
        f"{SERVER}/incidents/models.py",
        "class Planted(models.Model):\n"
        "    planted = models.ForeignKey('components.Page', on_delete=models.CASCADE)",
        'Planted.planted: related_name="+"',
    ),
    "a view saves": (
        f"{SERVER}/desk/planted.py",
        "def view(request, incident):\n    incident.save()",
        "desk/planted.py:3: incident.save()",
    ),
    "a view updates a query": (
        f"{SERVER}/desk/planted.py",
        "def view(request, found):\n    found.filter(pk=1).update(title='x')",
        "found.filter.update()",
    ),
    "the worker writes SQL": (
        f"{SERVER}/worker/planted.py",
        "def work(cursor):\n    cursor.execute('DELETE FROM audit_entry')",
        "cursor.execute()",
    ),
    "a verb takes arguments by position": (
        f"{SERVER}/incidents/actions.py",
        "def planted(actor, now): ...",
        "planted",
    ),
    "a verb asks the time itself": (
        f"{SERVER}/incidents/actions.py",
        "import datetime as planted\n\ndef plant():\n    return planted.datetime.now(planted.UTC)",
        "datetime.datetime.now",
    ),
    "a verb knows responses": (
        f"{SERVER}/statements/planted.py",
        "from django.http import HttpResponse",
        "Only entry rooms know requests and responses.",
    ),
    "a room sends mail past the postbox": (
        f"{SERVER}/fanout/planted.py",
        "from django.core import mail\n\ndef send():\n    mail.send_mail('a', 'b', 'c', ['d'])",
        "Mail leaves through afterword.postbox only.",
    ),
    "rooms talk by signals": (
        f"{SERVER}/incidents/planted.py",
        "from django.db import models\n\nmodels.signals.post_save.connect(print)",
        "No signals",
    ),
    "the clock is imported by name": (
        f"{SERVER}/incidents/planted.py",
        "from afterword.kit.clock import now",
        "clock.now()",
    ),
    "a module is a cupboard": (
        f"{SERVER}/incidents/utils.py",
        "",
        "incidents/utils.py",
    ),
    "a room does not say what it owns": (
        f"{SERVER}/cupboard/__init__.py",
        "",
        "['cupboard']",
    ),
    "the checker asks the clock": (
        f"{LINTER}/planted_clock.py",
        "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)",
        "linter/src/plaintalk/planted_clock.py:4: datetime.datetime.now()",
    ),
    "the checker opens a file": (
        f"{LINTER}/planted_file.py",
        "WORDS = open('words')",
        "linter/src/plaintalk/planted_file.py:2: open()",
    ),
}


@pytest.fixture(scope="module")
def what_the_guards_say(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The complaints about a copy with every broken habit in it: one run, for it takes seconds."""
    spoilt = copy_into(tmp_path_factory.mktemp("spoilt"))
    for path, text, _ in BROKEN_HABITS.values():
        spoilt.add(path, text)
    guards = ("test_rooms.py", "test_foreign_keys.py", "test_determinism.py")
    code, said = spoilt.pytest(*(f"server/tests/architecture/{guard}" for guard in guards))
    assert code == 1, said
    return said


@pytest.mark.parametrize("fault", BROKEN_HABITS)
def test_the_habits_refuse(fault: str, what_the_guards_say: str) -> None:
    _, _, complaint = BROKEN_HABITS[fault]
    assert complaint in what_the_guards_say


def test_the_access_rule_refuses_a_desk_page_open_to_strangers(copy: Copy) -> None:
    copy.add(
        f"{SERVER}/desk/urls.py",
        "from django.http import HttpResponse\nfrom django.urls import path as planted_path\n\n"
        "urlpatterns.append(planted_path('planted/', lambda request: HttpResponse('secret')))",
    )
    code, said = copy.pytest("server/tests/architecture/test_access.py")
    assert code == 1, said
    assert "get /desk/planted/ answered 200" in said


def test_the_access_rule_refuses_an_address_outside_every_door(copy: Copy) -> None:
    copy.add(
        f"{SERVER}/config/urls.py",
        "from django.http import HttpResponse\n\n"
        "urlpatterns.insert(0, path('planted/', lambda request: HttpResponse('secret')))",
    )
    code, said = copy.pytest("server/tests/architecture/test_access.py")
    assert code == 1, said
    assert "/planted/" in said


def test_ruff_refuses_a_verb_that_asks_the_time(copy: Copy) -> None:
    path = f"{SERVER}/incidents/planted.py"
    copy.add(path, "from datetime import UTC, datetime\n\nSTARTED = datetime.now(UTC)")
    code, said = copy.run("-m", "ruff", "check", "--no-cache", path)
    assert code == 1, said
    assert "TID251" in said


def test_mypy_refuses_a_wrong_type_that_comes_out_of_the_database(copy: Copy) -> None:
    copy.add(
        f"{SERVER}/components/planted.py",
        "from afterword.components.models import Component\n\n\n"
        "def size(component: Component) -> int:\n    return component.name\n\n\n"
        "def nothing() -> None:\n    Component.objects.filter(no_such_column=1)",
    )
    code, said = copy.run(
        "-m", "mypy", "--cache-dir", os.devnull, f"{SERVER}/components/planted.py"
    )
    assert code == 1, said
    assert 'Incompatible return value type (got "str", expected "int")' in said
    assert "no_such_column" in said


BAD_TESTS = {
    "connects_to_another_machine": "socket.create_connection(('192.0.2.1', 80), 1)",
    "looks_up_a_name": "socket.getaddrinfo('status.example', 80)",
    "listens_on_every_address": "socket.create_server(('0.0.0.0', 0)).close()",
    "sends_a_datagram_away": (
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))"
    ),
    "raises_a_warning": "warnings.warn('old', DeprecationWarning)",
}
GOOD_TEST = """
def test_talks_to_itself():
    with socket.create_server(('127.0.0.1', 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""


def test_the_runner_refuses_the_network_and_warnings_and_allows_this_machine(copy: Copy) -> None:
    bad = "".join(f"def test_{name}():\n    {line}\n\n" for name, line in BAD_TESTS.items())
    copy.add("server/tests/test_planted.py", f"import socket, warnings\n\n{bad}{GOOD_TEST}")
    code, said = copy.pytest("server/tests/test_planted.py")
    assert code == 1, said
    for name in BAD_TESTS:
        reason = "DeprecationWarning: old" if name == "raises_a_warning" else "NetworkIsClosed"
        assert re.search(rf"FAILED .*::test_{name} - .*{reason}", said), said
    assert f"{len(BAD_TESTS)} failed, 1 passed" in said
