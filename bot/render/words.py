"""The sentences that every surface says alike."""

import datetime as dt

from bot.answer import Abstention, Answer, Quote, Reason
from bot.translation import ENGLISH, N_, Phrase, _, filled, language, n_
from index.article import Article
from index.indexer import Index

NOT_SAID = N_("The article does not say.")
"""In English: `_` looks it up where it is said."""

_CARRIES_NO = {
    "the date of publication": N_("It carries no date of publication."),
    "the byline": N_("It carries no byline."),
    "the headline": N_("It carries no headline."),
    "what the article is about": N_("It carries no sentence that says what it is about."),
}
"""What a question about the article itself asks for -> that the article lacks it."""

_ASKED_FOR = (
    N_("the date of publication"),
    N_("the byline"),
    N_("the headline"),
    N_("what the article is about"),
)
"""The same as /why names it; other kinds of answer are marked in `bot.answer_words.Kind`."""


def listed(words: tuple[str, ...], joint: str = "and") -> str:
    """`“a”`, `“a” and “b”`, `“a”, “b” and “c”`, in the quotation marks of the language in force."""
    quoted = [_("“{word}”").format(word=word) for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}"


def reason(abstention: Abstention) -> str:
    """Why there is no answer, in one sentence."""
    match abstention.reason:
        case Reason.NO_MATCH:
            sentence = _("It is about something else: it never uses {words}.")
            return sentence.format(words=listed(abstention.missing_terms, _("or")))
        case Reason.MISSING_TERMS:
            return _("It never uses {words}.").format(words=listed(abstention.missing_terms, _("or")))
        case Reason.LOW_CONFIDENCE:
            return _("It uses the question's words, but no sentence looks like an answer.")
        case Reason.NO_METADATA:
            return _(_CARRIES_NO[abstention.trace.expected])


def labelled(label: str, text: str) -> str:
    """`Confidence: 93 %`, with the colon as the language in force sets it."""
    return _("{label}: {text}").format(label=label, text=text)


def where(quote: Quote) -> str:
    """Where a quote stands: `passage 3 · paragraph 12 · characters 2034–2210`."""
    at = quote.citation
    return _("passage {passage} · paragraph {paragraph} · characters {start}–{end}").format(
        passage=at.passage, paragraph=at.paragraph, start=at.start, end=at.end
    )


def read_as(result: Answer | Abstention) -> str:
    """What a follow-up was understood to ask; empty where the question was taken as it is."""
    return _("Read as: {question}").format(question=result.read_as) if result.read_as else ""


def forgotten(*, something: bool) -> str:
    """That the conversation is forgotten, and what that means."""
    if something:
        return _("Forgotten; your next question stands alone.")
    return _("There was nothing to forget here.")


def corrections(result: Answer | Abstention) -> str:
    """What misspelt words were read as, in one sentence; empty where there are none."""
    if not result.corrections:
        return ""
    pair = _("“{typed}” as “{read_as}”")
    read = ", ".join(pair.format(typed=c.typed, read_as=c.read_as) for c in result.corrections)
    return _("Read {words}.").format(words=read)


def percent(share: float) -> str:
    """A probability of 0..1 in whole percent, never 0 or 100 unless it is exact."""
    if 0 < share < 1:
        share = min(max(share, 0.01), 0.99)
    return filled("{share:.0%}", share=share)


def decimal(value: float, form: str = ".2f") -> str:
    """A number as the language in force writes it: with one decimal (".1f"), two, or as many as it has ("g")."""
    return filled(f"{{value:{form}}}", value=value)


def day(date: dt.date) -> str:
    """A day as the language in force writes it: `8 July 2021`."""
    if language() == ENGLISH:
        return f"{date.day} {date:%B %Y}"
    from babel.dates import format_date

    return format_date(date, "long", locale=language())


def source_of(article: Article) -> str:
    """Where the article was read from: a path, or words for what is none."""
    return _(article.source) if isinstance(article.source, Phrase) else article.source


def size(index: Index) -> str:
    """How long the article is: `21 sentences in 10 passages`."""
    sentences = n_("{count} sentence", "{count} sentences", len(index.prose)).format(count=len(index.prose))
    passages = n_("{count} passage", "{count} passages", len(index.passages)).format(count=len(index.passages))
    return _("{sentences} in {passages}").format(sentences=sentences, passages=passages)


def set_aside(article: Article) -> str:
    """How much of the page was set aside, in one sentence."""
    furniture = article.furniture
    if not furniture:
        return _("Nothing was set aside: the whole text is taken for the article.")
    characters = sum(p.end - p.start for p in furniture)
    total = sum(p.end - p.start for p in article.paragraphs)
    return n_(
        "{count} paragraph of {of} ({share} of the characters) are the page's own notices and were set aside; they are "
        "never quoted.",
        "{count} paragraphs of {of} ({share} of the characters) are the page's own notices and were set aside; they "
        "are never quoted.",
        len(furniture),
    ).format(count=len(furniture), of=len(article.paragraphs), share=percent(characters / total))
