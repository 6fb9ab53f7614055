"""Files of a folder replaced together."""

from pathlib import Path

from afterword.site_builder.staging import staging


def put(folder: Path, content: bytes) -> int:
    with staging(folder) as staged:
        staged.write("index.html", content)
        staged.place()
    return int((folder / "index.html").stat().st_mtime)


def test_two_pages_of_one_length_never_share_a_second(tmp_path: Path) -> None:
    """A server that makes ETags of second and length would call them the same."""
    seconds = [put(tmp_path, b"%d is open" % number) for number in range(5)]
    assert len(set(seconds)) == 5
    assert seconds == sorted(seconds)
