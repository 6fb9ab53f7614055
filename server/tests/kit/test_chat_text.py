"""Texts in the signs of each chat room, and nothing in them that the room takes for more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from afterword.kit.chat_text import DISCORD, SLACK, TEAMS, Dialect, in_chat

TEXT = """# What happened

The **database** in *Frankfurt* stood still. See [the page](https://x.example/a_b?c=(1)&d).

- one `select *`
- two
  1. nested

> They said so.

| Part | How long |
|------|----------|
| Web  | 2 h      |

```
a < b
```
"""
EXPECTED = {
    SLACK: """*What happened*

The *database* in _Frankfurt_ stood still. See <https://x.example/a_b?c=%281%29&amp;d|the page>.

• one `select *`
• two
    1. nested

> They said so.

*Part* · *How long*
Web · 2 h

```
a &lt; b
```""",
    DISCORD: """**What happened**

The **database** in *Frankfurt* stood still. See [the page](https://x.example/a_b?c=%281%29&d).

- one `select *`
- two
    1. nested

> They said so.

**Part** · **How long**
Web · 2 h

```
a < b
```""",
    TEAMS: """**What happened**

The **database** in _Frankfurt_ stood still. See [the page](https://x.example/a_b?c=%281%29&d).

- one select \\*
- two
    1. nested

They said so.

**Part** · **How long**
Web · 2 h

a <\u200b b""",
}  # fmt: skip
ROOMS = pytest.mark.parametrize("room", [SLACK, DISCORD, TEAMS], ids=["slack", "discord", "teams"])
SIGNS = some.text(some.sampled_from("ab *_~`|<>@!#&[]()\\\n-1.:/{}\u00e9"), max_size=120)
CALLS = ("<!channel>", "<!here>", "@everyone", "@here", "<@U1>", "<@&12>", "<at>Ada</at>", "<#C1>")
_MEANS_NOTHING = {
    SLACK: (),
    DISCORD: ("<!channel>", "<!here>", "<at>Ada</at>", "<#C1>"),
    TEAMS: (),
}
words = some.lists(SIGNS | some.sampled_from(CALLS), max_size=12).map(" ".join)


@ROOMS
def test_each_room_gets_its_own_signs(room: Dialect) -> None:
    assert "\n\n".join(in_chat(TEXT, room, longest=5000)) == EXPECTED[room]


@ROOMS
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "around", ["{}", "`{}`", "**{}**", "[{}](https://x.example/)", "```\n{}\n```"]
)
def test_nobody_is_called(room: Dialect, call: str, around: str) -> None:
    said = "".join(in_chat(around.format(call), room, longest=500))
    assert call not in said or call in _MEANS_NOTHING[room]
    assert not re.search(r"@(everyone|here)", said)


@ROOMS
@pytest.mark.parametrize("address", ["ftp://x.example/a", "//x.example", "other.html"])
def test_only_safe_addresses_are_links(room: Dialect, address: str) -> None:
    (shown,) = in_chat(f"[words](<{address}>)", room, longest=500)
    assert shown == "words"


def test_words_that_look_like_signs_stay_words() -> None:
    assert in_chat(r"\*no\* a_b_c 5 * 3", DISCORD, longest=99) == [r"\*no\* a\_b\_c 5 \* 3"]
    assert in_chat("a_b_c", SLACK, longest=99) == ["a_b_c"]
    (shown,) = in_chat(r"\*no\*", SLACK, longest=99)
    assert not re.search(r"(?<!\w)\*[\w]", shown)


@ROOMS
@given(text=words, longest=some.integers(3, 400), markdown=some.booleans())
def test_no_text_is_too_long_or_calls_anybody(
    room: Dialect, text: str, longest: int, markdown: bool
) -> None:
    said = "\n\n".join(in_chat(text, room, longest=longest, markdown=markdown))
    assert len(said) <= longest
    if room is SLACK:
        for each in re.finditer("<", said):
            assert re.match(r"<(https?|mailto):[^<>|\s]*\|[^<>|]+>", said[each.start() :])
    else:
        assert room is DISCORD or "<at>" not in said
        assert not re.search(r"<@&?\d", said)
    assert not re.search(r"@(everyone|here)", said)
