"""A round trip with a real client over standard streams, as an editor makes it."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from plaintalk.lsp.positions import Positions
from tests.facts import INVOICES

SOURCE = str(Path(__file__).parents[1] / "src")
BAD = "😀 日本 A brief outage hit a handful of users.\r\n\r\nIt will never happen again.\n"


class Editor:
    """An editor with one open text."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.uri = (folder / "closure one.md").as_uri()
        self.shown: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: list[str] = []
        self.version = 0

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _shown(params: types.PublishDiagnosticsParams) -> None:
            self.shown.put_nowait(params)

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        def _message(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

    async def next(self) -> list[types.Diagnostic]:
        return list((await asyncio.wait_for(self.shown.get(), 20)).diagnostics)

    async def open(self, text: str) -> list[types.Diagnostic]:
        item = types.TextDocumentItem(self.uri, "markdown", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.next()

    async def write(self, text: str) -> list[types.Diagnostic]:
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return await self.next()

    async def actions(self, at: types.Range) -> list[types.CodeAction]:
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri), at, types.CodeActionContext([])
            )
        )
        return [one for one in found or [] if isinstance(one, types.CodeAction)]

    async def hover(self, at: types.Position) -> str:
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(self.uri), at)
        )
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value


def edit(
    folder: Path,
    story: Callable[[Editor], Awaitable[None]],
    *options: str,
    encodings: tuple[types.PositionEncodingKind, ...] = (),
) -> None:
    async def told() -> None:
        client = LanguageClient("tests", "1")
        editor = Editor(client, folder)
        await client.start_io(
            sys.executable, "-m", "plaintalk", "lsp", *options, env={"PYTHONPATH": SOURCE}
        )
        general = types.GeneralClientCapabilities(position_encodings=list(encodings) or None)
        await client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(general=general), root_uri=folder.as_uri()
            )
        )
        client.initialized(types.InitializedParams())
        await story(editor)
        await client.shutdown_async(None)
        client.exit(None)
        await asyncio.wait_for(client.stop(), 20)

    asyncio.run(told())


def applied(text: str, change: types.TextEdit) -> str:
    """The text after an edit whose columns count UTF-16 units."""

    def offset(at: types.Position) -> int:
        lines = text.splitlines(keepends=True)
        before = sum(len(line) for line in lines[: at.line])
        units = lines[at.line].encode("utf-16-le")[: 2 * at.character]
        return before + len(units.decode("utf-16-le"))

    start, end = offset(change.range.start), offset(change.range.end)
    return text[:start] + change.new_text + text[end:]


def by_rule(diagnostics: list[types.Diagnostic]) -> dict[Any, types.Diagnostic]:
    return {one.code: one for one in diagnostics}


def quoted(text: str, at: types.Range) -> str:
    assert at.start.line == at.end.line
    line = text.splitlines()[at.start.line].encode("utf-16-le")
    return line[2 * at.start.character : 2 * at.end.character].decode("utf-16-le")


def test_an_editor_is_shown_findings_fixes_and_reasons(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(INVOICES), "utf-8")

    async def story(editor: Editor) -> None:
        found = by_rule(await editor.open(BAD))
        assert quoted(BAD, found["REC-01"].range) == "A brief outage"
        assert found["REC-01"].range.start == types.Position(0, 6)
        assert found["REC-01"].severity == types.DiagnosticSeverity.Error
        assert quoted(BAD, found["OVR-01"].range) == "It will never happen again"
        assert found["OVR-01"].range.start.line == 2

        actions = await editor.actions(found["REC-01"].range)
        fix = next(one for one in actions if "REC-01" in one.title and one.is_preferred)
        assert fix.edit is not None
        assert fix.edit.changes is not None
        mended = applied(BAD, fix.edit.changes[editor.uri][0])  # type: ignore[arg-type]
        assert mended.startswith(
            "😀 日本 An outage of 6 hours 12 minutes hit a handful of users.\r\n"
        )

        said = await editor.hover(types.Position(0, 8))
        assert "REC-01 calls-it-short" in said
        assert "Source:" in said
        assert await editor.hover(types.Position(1, 0)) == ""

        assert "REC-01" not in by_rule(await editor.write(mended))
        assert await editor.write("") != await editor.write(BAD)
        editor.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
        )
        assert await editor.next() == []

    edit(tmp_path, story, "--kind", "closure", "--record", str(record))


def test_a_finding_is_let_stand_once_the_reason_is_written(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        text = "A handful of accounts lost a file.\r\nExports failed.\r\n"
        found = by_rule(await editor.open(text))
        actions = await editor.actions(found["MIN-01"].range)
        allow = next(one for one in actions if one.title.startswith("Let MIN-01 stand"))
        assert allow.edit is not None
        assert allow.edit.changes is not None
        commented = applied(text, allow.edit.changes[editor.uri][0])  # type: ignore[arg-type]
        assert set(by_rule(await editor.write(commented))) >= {"MIN-01", "HSE-02"}
        reasoned = commented.replace("because  -->", "because the list follows -->")
        assert not set(by_rule(await editor.write(reasoned))) & {"MIN-01", "HSE-02"}

    edit(tmp_path, story, "--kind", "note")


@pytest.mark.parametrize(
    ("encoding", "column"),
    [
        (types.PositionEncodingKind.Utf8, 12),
        (types.PositionEncodingKind.Utf16, 6),
        (types.PositionEncodingKind.Utf32, 5),
    ],
)
def test_columns_count_what_the_editor_asked_for(
    tmp_path: Path, encoding: types.PositionEncodingKind, column: int
) -> None:
    async def story(editor: Editor) -> None:
        found = by_rule(await editor.open("😀 日本 A handful of accounts lost a file."))
        assert found["MIN-01"].range.start == types.Position(0, column)

    edit(tmp_path, story, "--kind", "note", encodings=(encoding,))


def test_the_configuration_of_the_folder_holds_and_its_faults_are_told(tmp_path: Path) -> None:
    config = tmp_path / "plaintalk.toml"
    config.write_text('[[profile]]\nfiles = ["*.md"]\nkind = "note"\nterms."log in" = "sign in"\n')

    async def story(editor: Editor) -> None:
        text = "You could not log in."
        assert "HSE-01" in by_rule(await editor.open(text))
        config.write_text("[off]\nMIN-99 = 'x'\n")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
        editor.client.text_document_did_save(saved)
        assert "HSE-01" not in by_rule(await editor.next())
        assert editor.messages == [
            f"plaintalk: {config}:2: off.MIN-99 is no rule; `plaintalk rules` lists them"
        ]

    edit(tmp_path, story)


@given(st.text())
def test_positions_are_those_of_a_plain_count(text: str) -> None:
    positions = Positions(text)
    line = column = 0
    for offset, char in enumerate(text):
        assert positions.of(offset) == (line, column)
        joined = char == "\r" and text[offset + 1 : offset + 2] == "\n"
        if char in "\r\n" and not joined:
            line, column = line + 1, 0
        else:
            column += len(char.encode("utf-16-le")) // 2
    assert positions.of(len(text)) == (line, column)
