"""What is kept about a person and a server, in words (`/privacy`) and whole (`/export`); pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bot.conversation import TURNS
from bot.records import Kept, Owner, Refusal, Remembered, Tally, Vote
from bot.retention import GRACE, OVER
from bot.server_settings import ServerSettings
from bot.translation import _, n_
from index.library.model import Entry

FORMAT = "pullquote-export-1"
"""Named in every export, so that whoever reads one knows what it is."""


@dataclass(frozen=True, slots=True)
class ServerCounts:
    """How much is kept about a server.

    Attributes:
        votes: thumbs of all people.
        refusals: questions that were not answered.
        settings: what was set.
        articles: in its library.
    """

    votes: int
    refusals: int
    settings: ServerSettings
    articles: int = 0


def machine(*, questions_logged: bool = False, shared: bool = False) -> str:
    """What leaves the machine: nothing, or what is kept on storage that several machines share.

    Args:
        questions_logged: whether log lines hold what was asked.
        shared: whether what is kept lies on such storage.
    """
    if shared:
        return _(
            "Answers are computed on the machine that runs this program, and no language model writes a word of an "
            "answer. What is kept, libraries too, lies on storage that the operator chose and all machines of this bot "
            "share; nothing goes to any other service."
        )
    if questions_logged:
        return _(
            "Answers are computed on the machine that runs this program: no question and no article leaves it for "
            "another service, and no language model writes a word of an answer."
        )
    return _(
        "Answers are computed on the machine that runs this program: no question and no article leaves it for another "
        "service, and no language model writes a word of an answer. Logs hold no question."
    )


def logged(*, questions: bool) -> str:
    """What the operator of a bot sees of those who use it, besides that.

    Args:
        questions: whether log lines hold what was asked.
    """
    codes = _(
        "For each command a line is logged: what came of it, how long it took, and, in the place of your id and the "
        "server's, codes that only this installation can make."
    )
    if not questions:
        return codes
    return codes + " " + _("Here, other than usual, logs hold what is asked: the operator wants it so.")


def memory() -> str:
    """What is remembered for a while and never written down."""
    return _(
        "Kept in memory, and gone at a restart: your last answer in each place for /why and the pages of long replies, "
        "for an hour; and the language of your Discord, for direct messages."
    )


def conversations(minutes: float) -> str:
    """What is written down for follow-ups.

    Args:
        minutes: that it is kept after the last question.
    """
    return _(
        "Written down for follow-ups: your last {turns} questions in each place, as they were understood, with the "
        "article, the numbers of the quoted sentences, your id, the place and the time. It is read when you ask there "
        "again, and shown to nobody else. {minutes} minutes after your last question there it is read no more, and "
        "within {over} minutes more it is erased; /new erases it at once."
    ).format(turns=TURNS, minutes=f"{minutes:g}", over=OVER)


def written(retention: int) -> str:
    """What is written down."""
    return n_(
        "Written down, for {n} day: a question that the article does not answer, with the words that it lacks; and "
        "each thumb that you give, with the question, the numbers of the quoted sentences, the confidence, the article "
        "and the time. Both carry your id, so that you can have them and erase them. Of questions that were answered "
        "and got no thumb, only their number a day is kept that long.",
        "Written down, for {n} days: a question that the article does not answer, with the words that it lacks; and "
        "each thumb that you give, with the question, the numbers of the quoted sentences, the confidence, the article "
        "and the time. Both carry your id, so that you can have them and erase them. Of questions that were answered "
        "and got no thumb, only their number a day is kept that long.",
        retention,
    ).format(n=retention)


def libraries() -> str:
    """What is kept of what people add to libraries."""
    return _(
        "Articles that you add here to a server's library are the server's and do not carry your id; those that you "
        "add in direct messages are yours alone. Both are kept until they are removed. A page is fetched by this "
        "machine, so that its site learns nothing of you."
    )


def about_you(kept: Kept, articles: int = 0) -> str:
    """How much is kept about a person now, in all places.

    Args:
        kept: votes, questions and conversations.
        articles: in their own library.
    """
    own = own_library(articles)
    if articles and kept == Kept():
        return f"{own} {_('/export gives you all of it, /forget erases it.')}"
    if articles:
        return f"{about_you(kept)} {own}"
    if kept == Kept():
        return _("About you nothing is written down now.")
    votes = n_("{n} thumb", "{n} thumbs", len(kept.votes)).format(n=len(kept.votes))
    refusals = n_("{n} question without an answer", "{n} questions without an answer", len(kept.refusals)).format(
        n=len(kept.refusals)
    )
    talks = n_("{n} conversation", "{n} conversations", len(kept.conversations)).format(n=len(kept.conversations))
    return _(
        "About you are written down now: {votes}, {refusals} and {conversations}. /export gives you all of it, "
        "/forget erases it."
    ).format(votes=votes, refusals=refusals, conversations=talks)


def own_library(articles: int) -> str:
    """How many articles somebody's own library has."""
    return n_("Your own library has {n} article.", "Your own library has {n} articles.", articles).format(n=articles)


def about_server(counts: ServerCounts) -> str:
    """How much is kept about a server now."""
    votes = n_("{n} thumb", "{n} thumbs", counts.votes).format(n=counts.votes)
    refusals = n_("{n} question without an answer", "{n} questions without an answer", counts.refusals).format(
        n=counts.refusals
    )
    told = [_("About this server: {votes}, {refusals}, and its settings.").format(votes=votes, refusals=refusals)]
    if counts.articles:
        library = n_("Also its library of {n} article.", "Also its library of {n} articles.", counts.articles)
        told.append(library.format(n=counts.articles))
    told.append(
        _(
            "Its moderators see the questions and the numbers, never who asked or voted, and can erase all of it with "
            "/forget."
        )
    )
    told.append(
        n_(
            "If the bot is removed, all of it is erased after {n} day.",
            "If the bot is removed, all of it is erased after {n} days.",
            GRACE,
        ).format(n=GRACE)
    )
    return " ".join(told)


def texts(  # noqa: PLR0913 - all that there is to tell
    kept: Kept,
    retention: int,
    minutes: float,
    counts: ServerCounts | None,
    *,
    articles: int = 0,
    questions_logged: bool = False,
    shared: bool = False,
) -> list[str]:
    """All of it, a paragraph each.

    Args:
        kept: about the person.
        retention: days that it is kept where they are.
        minutes: that a conversation is kept after its last question.
        counts: about the server that they are in, or None.
        articles: in the person's own library.
        questions_logged: whether log lines hold what was asked.
        shared: whether what is kept lies on storage that several machines share.
    """
    first = f"{machine(questions_logged=questions_logged, shared=shared)} {logged(questions=questions_logged)}"
    said = [first, memory(), conversations(minutes), written(retention), libraries(), about_you(kept, articles)]
    return said if counts is None else [*said, about_server(counts)]


def export(  # noqa: PLR0913 - all that there is
    number: int,
    made: int,
    kept: Kept,
    tallies: tuple[Tally, ...],
    *,
    remembered: tuple[str, ...],
    language: str | None,
    library: tuple[tuple[Entry, str | None], ...] = (),
) -> dict[str, Any]:
    """All that is kept about a person, as JSON takes it.

    Args:
        number: the person's id.
        made: when, seconds since 1970.
        kept: what is written down.
        tallies: how many questions they asked a day where that is theirs alone, as in direct messages.
        remembered: their last questions in memory, for `/why`.
        language: that of their Discord, for direct messages; None where it is not known.
        library: the articles of their own, each with its text, or None where all texts together are too long.
    """
    return {
        "format": FORMAT,
        "person": str(number),
        "made": _time(made),
        "thumbs": [_vote(vote) for vote in kept.votes],
        "questions_without_an_answer": [_refusal(refusal) for refusal in kept.refusals],
        "questions_a_day": [
            {"day": t.day.isoformat(), "answered": t.answered, "not_answered": t.refused} for t in tallies
        ],
        "conversations": [_conversation(one) for one in kept.conversations],
        "library": [_article(entry, text) for entry, text in library],
        "in_memory": {"last_questions": list(remembered), "language": language},
    }


def _time(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+00:00", "Z")


def _place(owner: Owner) -> str:
    return f"server {owner.id}" if owner.kind == "server" else "direct messages"


def _article(entry: Entry, text: str | None) -> dict[str, Any]:
    return {
        "number": entry.number,
        "title": entry.title,
        "byline": entry.byline,
        "published": entry.published.isoformat() if entry.published else None,
        "url": entry.url,
        "source": entry.source,
        "added": _time(entry.added),
        "characters": entry.characters,
        "text": text,
    }


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "thumb": vote.verdict.name.lower(),
        "question": vote.question,
        "place": _place(vote.owner),
        "answer": str(vote.answer),
        "article": vote.article,
        "sentences": list(vote.sentences),
        "confidence": vote.confidence,
        "time": _time(vote.at),
    }


def _conversation(one: Remembered) -> dict[str, Any]:
    turns = one.conversation.turns
    return {
        "place": _place(one.owner),
        "channel": str(one.place),
        "questions": [{"question": t.question, "article": t.article, "sentences": list(t.sentences)} for t in turns],
        "article": one.conversation.article,
        "time": _time(one.at),
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "question": refusal.question,
        "missing_terms": list(refusal.missing),
        "place": _place(refusal.owner),
        "answer": str(refusal.answer),
        "article": refusal.article,
        "confidence": refusal.confidence,
        "time": _time(refusal.at),
    }
