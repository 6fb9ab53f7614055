"""The server: diagnostics as texts change, fixes in one key, and the reasons on hover."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from plaintalk.catalogue import RULES
from plaintalk.checking import check
from plaintalk.finding import Finding, Report
from plaintalk.house_rules import HOUSE_RULES
from plaintalk.lsp.positions import Positions
from plaintalk.profiles import Profile
from plaintalk.record import Record
from plaintalk.rule import Rule
from plaintalk.text import TextError
from plaintalk.version import __version__

NAME: Final = "plaintalk"
_LEVELS: Final = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "suggestion": types.DiagnosticSeverity.Information,
}
_RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in (*RULES, *HOUSE_RULES)}


@dataclass(frozen=True, slots=True)
class Choice:
    """How one text is to be checked. `problem` is told to the writer (a faulty configuration)."""

    profile: Profile
    kind: str
    record: Record | None = None
    problem: str | None = None


Choose: TypeAlias = Callable[[str], Choice]
"""From the address of a text (`file:///…`) to how it is to be checked."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """The newest state of one open text."""

    text: str
    findings: tuple[Finding, ...]
    positions: Positions

    def range(self, finding: Finding) -> types.Range:
        first, last = self.positions.of(finding.start), self.positions.of(finding.end)
        return types.Range(types.Position(*first), types.Position(*last))

    def near(self, at: types.Range) -> list[Finding]:
        """Findings that share a place with a range, its ends included."""
        return [one for one in self.findings if _meet(self.range(one), at)]


class _Texts:
    """The texts that are open in one editor."""

    def __init__(self, server: LanguageServer, choose: Choose) -> None:
        self.server = server
        self.choose = choose
        self.open: dict[str, _Checked] = {}
        self.told: set[str] = set()

    def look(self, uri: str) -> None:
        """Check a text and show what was found."""
        document = self.server.workspace.get_text_document(uri)
        choice = self.choose(uri)
        if choice.problem is not None and choice.problem not in self.told:
            self.told.add(choice.problem)
            message = types.ShowMessageParams(types.MessageType.Error, choice.problem)
            self.server.window_show_message(message)
        checked = _check(document.source, choice, document.position_codec.encoding)
        self.open[uri] = checked
        shown = [_diagnostic(checked, one) for one in checked.findings]
        self.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, shown, document.version)
        )

    def look_again(self) -> None:
        """Check every open text: the configuration or the record may be what was saved."""
        self.told.clear()
        for uri in [*self.open]:
            self.look(uri)

    def close(self, uri: str) -> None:
        """Forget a text and what was shown for it."""
        self.open.pop(uri, None)
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def actions(self, uri: str, at: types.Range) -> list[types.CodeAction]:
        """Exact fixes first, then ways to let a finding stand."""
        checked = self.open.get(uri)
        if checked is None:
            return []
        near = checked.near(at)
        fixes = [_fix(uri, checked, one) for one in near if one.replacement is not None]
        return [*fixes, *(_allow(uri, checked, one) for one in near if _allowable(one))]

    def hover(self, uri: str, at: types.Position) -> types.Hover | None:
        """Why a place is marked."""
        checked = self.open.get(uri)
        near = checked.near(types.Range(at, at)) if checked else []
        if checked is None or not near:
            return None
        said = "\n\n---\n\n".join(_explanation(one) for one in near)
        content = types.MarkupContent(types.MarkupKind.Markdown, said)
        return types.Hover(content, checked.range(near[0]))


def serve(choose: Choose) -> LanguageServer:
    """A server that checks every open text; start it with `.start_io()`."""
    whole = types.TextDocumentSyncKind.Full
    server = LanguageServer(NAME, __version__, text_document_sync_kind=whole)
    texts = _Texts(server, choose)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _opened(params: types.DidOpenTextDocumentParams) -> None:
        texts.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _changed(params: types.DidChangeTextDocumentParams) -> None:
        texts.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _saved(_: types.DidSaveTextDocumentParams) -> None:
        texts.look_again()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _closed(params: types.DidCloseTextDocumentParams) -> None:
        texts.close(params.text_document.uri)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return texts.actions(params.text_document.uri, params.range)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _hover(params: types.HoverParams) -> types.Hover | None:
        return texts.hover(params.text_document.uri, params.position)

    return server


def _check(
    text: str, choice: Choice, encoding: types.PositionEncodingKind | str | None
) -> _Checked:
    positions = Positions(text, str(getattr(encoding, "value", encoding)))
    try:
        report: Report = check(text, choice.kind, choice.record, choice.profile)
    except TextError as problem:
        return _Checked(text, (_unreadable(str(problem)),), positions)
    return _Checked(text, report.findings, positions)


def _unreadable(problem: str) -> Finding:
    """A text that cannot be checked says so on its first line; it must not look clean."""
    return Finding(
        rule="plaintalk",
        name="not-checked",
        category="readability",
        severity="error",
        start=0,
        end=0,
        line=1,
        column=1,
        quote="",
        message=f"Not checked: {problem}",
    )


def _diagnostic(checked: _Checked, finding: Finding) -> types.Diagnostic:
    better = finding.replacement if finding.replacement is not None else finding.suggestion
    said = finding.message if better is None else f"{finding.message}\nBetter: {better}"
    return types.Diagnostic(
        range=checked.range(finding),
        message=said,
        severity=_LEVELS[finding.severity],
        code=finding.rule,
        source=NAME,
    )


def _fix(uri: str, checked: _Checked, finding: Finding) -> types.CodeAction:
    edit = types.TextEdit(checked.range(finding), finding.replacement or "")
    return types.CodeAction(
        title=f'Write "{finding.replacement}" ({finding.rule})',
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(checked, finding)],
        is_preferred=True,
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
    )


def _allowable(finding: Finding) -> bool:
    return finding.rule in _RULES and not (
        finding.rule.startswith("HSE") and finding.quote.startswith("<!--")
    )


def _allow(uri: str, checked: _Checked, finding: Finding) -> types.CodeAction:
    """A comment at the end of the line, whose reason the writer still has to give."""
    line = checked.positions.of(finding.start)[0]
    end = types.Position(line, checked.positions.end_of_line(line))
    comment = f" <!-- plaintalk: allow {finding.rule} because  -->"
    return types.CodeAction(
        title=f"Let {finding.rule} stand, for a reason",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(checked, finding)],
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(types.Range(end, end), comment)]}),
    )


def _explanation(finding: Finding) -> str:
    rule = _RULES.get(finding.rule)
    parts = [f"**{finding.rule} {finding.name}** ({finding.severity})", finding.message]
    if finding.suggestion is not None:
        parts.append(f"Better: {finding.suggestion}")
    if rule is not None:
        if rule.message != finding.message:
            parts.append(rule.message)
        parts.append(f"Found in: “{_line(rule.bad[0].text)}”")
        parts.append(f"Not in: “{_line(rule.good[0].text)}”")
        parts.append(f"Source: {rule.source}")
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " / ".join(part for part in text.split("\n") if part)


def _meet(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges share a place, the ends included."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
