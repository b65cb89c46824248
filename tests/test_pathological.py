"""Texts made for regular expressions to lose their way in: each is looked through within a limit of processor time.

They are what a pattern that tries again and again takes longest for: much of one thing, and an end that does not fit.
Everything that reads in the bot's own process is held to it, with texts as long as it is ever given; the readers have a
process of their own with such limits (`test_readers_bombs.py`).
"""

import contextlib
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.claims import check
from bot.conversation import Conversation, Turn
from bot.conversation.resolver import resolve
from bot.librarian.narrowing import narrowed
from bot.operations.log_format import one_line
from bot.operations.redaction import Redactor
from bot.question import clean, correct, parts
from bot.ranking.ranker import BM25Ranker
from bot.render.discord_markdown import escape
from index.article import Article
from index.errors import PullquoteError
from index.fetch.address_bar import checked
from index.fetch.model import AGENT
from index.fetch.robots import parsed
from index.indexer import Index
from index.library.canonical import canonical
from index.readers import read_bytes

SECONDS = 60
"""Of processor time for all texts of one kind; a pattern that backtracks takes hours. What is right takes a few."""

MEMORY = 1_000_000_000
"""Bytes beyond what the process has already."""

PUMPS = (
    *" \n\t-_*`|~>#:;,.!?/\\@&%=+'\"“’([<{1aA…\u0301\u200b\u00a0北",
    *(
        "a ",
        "A ",
        "a.",
        "A.",
        "A. ",
        "U.S.",
        "1,",
        "1.",
        "1 ",
        "1/",
        "a-",
        "a'",
        "- ",
        "> ",
        "\n\n",
        "\n ",
        "a\n",
        "1. ",
    ),
    *(
        "](",
        "[a](",
        "<a ",
        "<!--",
        "&#",
        "a&",
        "'s ",
        "a, ",
        "and ",
        "By ",
        "by a ",
        "Mr. ",
        "“a” ",
        '"a" ',
        " - ",
        "a:",
    ),
    *("http://", "a@", "a.a/", "a:a@", "?a=", "&a=", "%61", "/..", "token=", "/webhooks/1/", "Bot ", "A.a-", "<@1>"),
    *(
        "before:",
        "article:1 ",
        "2021-",
        "July ",
        "July 8, ",
        "at 1 ",
        "10:00 ",
        "the a of ",
        "what about ",
        "who said ",
    ),
    *("said that ", "not ", "more than ", "1 million ", "per cent ", "he ", "Disallow: /*a", "User-agent: a\n", "/*a"),
)
"""What a text is made of."""

ENDS = ("", "!", "\x00", "b\n")


def texts(most: int) -> list[str]:
    """Of each kind one, of that length."""
    return [(pump * (most // len(pump) + 1))[: most - len(end)] + end for pump in PUMPS for end in ENDS]


def asked(index: Index) -> Callable[[str], object]:
    """A question: cleaned, narrowed, parted, corrected, and read in the light of another."""

    def look(text: str) -> None:
        question, _ = narrowed(clean(text))
        for part in parts(question):
            correct(part, index)
        for before in ("Who said that the ferry was safe?", question):
            resolve(question, Conversation((Turn(before, (1, 2)),)), index)

    return look


def logged(text: str) -> None:
    """A message in the log."""
    one_line(Redactor(("a-secret-token",)).clean(text))


def addressed(text: str) -> None:
    """An address, as it is typed and as a page gives it."""
    for written in (text, f"https://example.org/{text}", f"https://{text}"):
        canonical(written)
        with_sentence(checked, written)


def ruled(text: str) -> None:
    """A robots.txt, and a page that its rules are held against."""
    for rules in (text, f"User-agent: *\nDisallow: /{text}"):
        parsed(rules.encode("utf-8", "replace")).can_fetch("https://example.org/" + "a" * 1_900, AGENT)


def with_sentence(function: Callable[[str], object], text: str) -> None:
    """Do it, or be told why not."""
    with contextlib.suppress(PullquoteError):
        function(text)


def within_limits(function: Callable[[str], object], given: list[str]) -> tuple[int, str]:
    """Look through texts in a process of its own; how it ended (0 is well), and what it was at."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reading)
            used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
            resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, used + SECONDS + 1))
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            memory = pages * resource.getpagesize() + MEMORY
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            for text in given:
                os.write(writing, f"{text[:12]!r} {text[-2:]!r}\n".encode())
                with_sentence(function, text)
            status = 0
        except BaseException:  # noqa: BLE001 - a child that was forked must not go on in the tests
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        at = told.read().decode().splitlines()
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended), at[-1] if at else "the beginning"


@pytest.fixture(scope="module")
def looks(ferry: Article) -> Mapping[str, tuple[Callable[[str], object], int]]:
    """What looks through texts, and how long a text it is given at most."""
    assistant = Assistant(ferry, ranker=BM25Ranker())
    return {
        "an article": (lambda text: Index(read_bytes(text.encode("utf-8", "replace"), "x.txt")), 20_000),
        "a question": (asked(assistant.index), 1_000),
        "a text to check": (lambda text: check(text, assistant), 4_000),
        "a line of the log": (logged, 16_000),
        "an address": (addressed, 1_900),
        "robots.txt": (ruled, 50_000),
        "a reply": (escape, 10_000),
    }


@pytest.mark.timeout(1_200)  # the limit is one of processor time, which a busy machine gives slowly
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's limits")
@pytest.mark.parametrize(
    "name", ["an article", "a question", "a text to check", "a line of the log", "an address", "robots.txt", "a reply"]
)
def test_no_text_is_looked_through_for_long(
    looks: Mapping[str, tuple[Callable[[str], object], int]], name: str
) -> None:
    """Hundreds of such texts are done, or refused in a sentence, within a minute of processor time."""
    function, most = looks[name]
    status, at = within_limits(function, texts(most))
    assert status != -signal.SIGXCPU, f"no end at {at}"
    assert status == 0, at
