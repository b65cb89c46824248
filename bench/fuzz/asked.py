"""Targets for what people ask and what they are shown: follow-ups, claims, what narrows a question, replies, the log.

Ranking is BM25's here: the shipped ranker reads no more of what a stranger wrote than it, and takes ten times as long.
"""

import io
import json
import logging
import re
from functools import cache
from typing import Any

from bench.fuzz.promises import hold, text_of
from index.article import Article
from index.indexer import Index

_SECRET = "correct-horse-battery"  # noqa: S105 - a made-up one, which must stand in no line
_REST = re.compile(r"(?:\[secret\]|[\w.-])+|\"(?:[^\"\\]|\\.)*\"")
"""A value in a line of the log for people: a word, or what ends where its quotation mark does."""

# Halves of surrogate pairs are left to the stream, which writes a question mark.
_STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@cache
def sample() -> Index:
    """The index of the article that is shipped."""
    from index.readers import read_article
    from index.sample import sample_path

    return Index(read_article(sample_path()))


def conversation(data: bytes) -> None:
    """A question behind others: what it is read as can be asked, and leans on what was quoted alone.

    Each line is a question; the last is the one that is asked, and the length of the others picks what they quoted.
    """
    from bot.conversation import Conversation, Turn
    from bot.conversation.resolved import FollowUp
    from bot.conversation.resolver import resolve
    from bot.question import clean, correct, parts
    from index.errors import QuestionError

    index = sample()
    asked: list[str] = []
    for line in text_of(data).split("\n"):
        try:
            asked.append(clean(line))
        except QuestionError:
            continue
    if not asked:
        return
    count = len(index.sentences)
    talk = Conversation()
    for question in asked[:-1]:
        first = len(question)
        talk = talk.after(Turn(question, tuple(range(first % count, min(first % count + first % 3, count)))))
    read = resolve(asked[-1], talk, index)
    quoted = {n for turn in talk.turns for n in turn.sentences}
    hold(quoted >= read.quoted >= read.exclude, "only what was quoted is left out")
    about = set(range(count)) if read.kind is FollowUp.NEXT else quoted  # what came next was not quoted yet
    hold(set(read.near) <= about, "only what was quoted is near")
    hold(bool(talk.turns) or read.question == asked[-1], "without a conversation a question is what it is")
    hold(clean(read.question) == read.question, "what is read can be asked")
    for part in parts(correct(read.question, index)[0]):
        hold(bool(part.strip()), "no question within a question is empty")


def claims(data: bytes) -> None:
    """Any text, checked against the article: its claims are pieces of it, quotes are the article's, replies fit."""
    from bot.claims import check
    from bot.render import discord_check, json_check, terminal_check

    text = text_of(data)
    assistant = _assistant()
    report = check(text, assistant)
    position = 0
    for piece in sorted([f.claim for f in report.findings] + list(report.skipped), key=lambda p: p.start):
        hold(text[piece.start : piece.end] == piece.text and piece.start >= position, "claims are the text's, in order")
        position = piece.end
    for finding in report.findings:
        _quoted(finding.quotes, assistant.article)
        for difference in finding.differences:
            if difference.claim_mark:
                hold(finding.claim.text[slice(*difference.claim_mark)] == difference.claimed, "what is marked is said")
            if difference.quote_mark:
                hold(finding.quotes[0].text[slice(*difference.quote_mark)] == difference.written, "and written")
    json.dumps(json_check.report(report))
    _drawn(terminal_check.report(report))
    for page in discord_check.pages(report):
        sent(page.texts)


def narrowing(data: bytes) -> None:
    """`before:`, `after:` and `article:` in a question, and the options of a command: a scope, or a sentence."""
    from bot.librarian.narrowing import article_number, both, first_day, holds, narrowed
    from bot.question import clean
    from bot.translation import LANGUAGES, speaking
    from index.errors import CommandError

    text = text_of(data[1:])
    with speaking(LANGUAGES[data[0] % len(LANGUAGES)] if data else "en"):
        for function in (first_day, article_number):
            try:
                function(text)
            except CommandError as error:
                hold("\n" not in str(error) or "\n" in text, "a refusal is a sentence")
        question = clean(text)
        rest, scope = narrowed(question)
        hold(narrowed(rest)[1] == narrowed("")[1] or rest != question, "what narrows it is taken out")
        holds(both(scope, scope), 1, scope.since)


def replies(data: bytes) -> None:
    """Any article and any question: what is replied, in every language, is the article's and fits Discord's limits.

    The first line is the question, the rest the article; the first byte picks the language.
    """
    from bot.answer import Answer
    from bot.assistant import Assistant
    from bot.discord.buttons.answers import answer_view
    from bot.ranking.ranker import BM25Ranker
    from bot.render import discord_text, discord_why, terminal
    from bot.render import json as as_json
    from bot.translation import LANGUAGES, speaking
    from index.readers import read_bytes

    head, _, rest = data[1:].partition(b"\n")
    article = read_bytes(rest, "story.md")
    assistant = Assistant(article, ranker=BM25Ranker(), threshold=0.0 if data[0] & 1 else 0.5)
    with speaking(LANGUAGES[data[0] // 2 % len(LANGUAGES)]):
        result = assistant.ask(head.decode("utf-8", "replace"))
        if isinstance(result, Answer):
            _quoted(result.quotes, article)
        json.dumps(as_json.result(result))
        _drawn(terminal.result(result))
        view: Any = answer_view(result, assistant.index, asker=2**62, private=bool(data[0] & 2), number=2**62, note=".")
        fits(view)
        for texts in discord_why.why(result):
            sent(texts)
        sent((discord_text.article(assistant.index),))
        for passage in assistant.index.passages:
            hold(0 < len(discord_text.passage_label(passage)) <= 100, "a choice has 1 to 100 characters")
            for texts in discord_text.passage_parts(passage, assistant.index):
                sent(texts)


def logs(data: bytes) -> None:
    """Anything in a message, an error, a value or a question: one line a record, no steering, no secret."""
    from bot.operations.interaction_log import InteractionLog
    from bot.operations.log_format import BELOW, FIELDS, JsonFormat, TextFormat
    from bot.operations.observation import Observation
    from bot.operations.pseudonyms import Pseudonyms
    from bot.operations.redaction import Redactor

    text = text_of(data).replace("~", _SECRET)
    half = len(text) // 2
    redactor = Redactor((_SECRET,))
    told = (ValueError, ValueError(text[half:]), None)
    record = logging.LogRecord("bot.x", logging.ERROR, __file__, 1, "said %s", (text,), told)
    record.__dict__[FIELDS] = {"question": text, "level": text, "much": float("inf")}
    written = TextFormat(redactor).format(record)
    first, *below = written.split("\n")
    hold(written.splitlines() == [first, *below], "there is no other line break")
    hold(first.split(" ", 3)[1:3] == ["ERROR", "bot.x:"], "a record begins with what it is")
    hold(bool(below) and all(line.startswith(BELOW) and line.isprintable() for line in below), "below is the traceback")
    hold(first.isprintable() and _SECRET not in written, "nothing steers, and no secret is told")
    as_json = JsonFormat(redactor).format(record)
    value = json.loads(as_json)
    hold(as_json.isascii() and "\n" not in as_json and value["level"] == "ERROR", "JSON is one line, and nobody's")
    hold(_SECRET not in json.dumps(value, ensure_ascii=False), "nor does it tell a secret")

    caught = io.StringIO()
    handler = logging.StreamHandler(caught)
    handler.setFormatter(TextFormat(redactor))
    log = logging.getLogger("pullquote.interactions")
    before = log.handlers[:], log.level, log.propagate
    log.handlers[:], log.propagate = [handler], False
    log.setLevel(logging.INFO)
    try:
        InteractionLog(Pseudonyms(b"0" * 32), questions=True).write(Observation("ask", person=1, question=text[:1000]))
    finally:
        log.handlers[:], _, log.propagate = before
        log.setLevel(before[1])
    line = caught.getvalue().removesuffix("\n")
    _, known, asked = line.partition(" question=")
    hold(not known or _REST.fullmatch(asked) is not None, "a question ends where its quotation marks do")


@cache
def _assistant() -> Any:  # noqa: ANN401 - an Assistant, imported where it is needed
    from bot.assistant import Assistant
    from bot.ranking.ranker import BM25Ranker

    return Assistant(sample().article, ranker=BM25Ranker())


def _quoted(quotes: tuple[Any, ...], article: Article) -> None:
    """Quotes are what the article says, where they say."""
    for quote in quotes:
        at = quote.citation
        hold(article.text[at.start : at.end] == quote.text, "a quote is the article's text")
        for start, end in quote.marks:
            hold(0 <= start < end <= len(quote.text), "what is marked is in it")


def _drawn(shown: Any) -> None:  # noqa: ANN401 - whatever rich draws
    """What is shown in a terminal steers it in no way."""
    from rich.console import Console

    from bot.terminal.console import THEME

    text = io.StringIO()
    Console(file=text, width=60, theme=THEME, color_system=None, legacy_windows=False).print(shown)
    hold(not _STEERS.search(text.getvalue()), "nothing steers a terminal")


def sent(texts: tuple[str, ...]) -> None:
    """Texts fit a message."""
    from bot.discord.views import layout

    fits(layout(texts))


def fits(view: Any) -> None:  # noqa: ANN401 - a LayoutView, imported where it is needed
    """What a view shows fits a message."""
    from tests.loopback.schema import message_errors

    body = {"flags": 1 << 15, "components": view.to_components(), "allowed_mentions": {"parse": []}}
    errors = message_errors(body)
    hold(not errors, f"it fits Discord's limits: {errors}")
