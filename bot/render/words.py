"""The sentences that every surface says alike."""

import datetime as dt

from bot.answer import Abstention, Answer, Quote, Reason, Source
from bot.translation import ENGLISH, N_, Phrase, _, filled, language, n_
from index.article import Article
from index.indexer import Index
from index.library.model import Entry

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
"""The same as /why names it; other kinds of answer are marked in `bot.english.answer_words.Kind`."""


def listed(words: tuple[str, ...], joint: str = "and") -> str:
    """`“a”`, `“a” and “b”`, `“a”, “b” and “c”`, in the quotation marks of the language in force."""
    quoted = [_("“{word}”").format(word=word) for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}"


def not_said(abstention: Abstention) -> str:
    """That there is no answer, in one sentence."""
    match abstention.reason:
        case Reason.NO_ARTICLE:
            return _("There is no article to search.")
        case Reason.WHICH_ARTICLE:
            return _("That depends on the article.")
        case _:
            if abstention.articles == 1:
                return _(NOT_SAID)
            count = abstention.articles
            return n_("None of {count} article says.", "None of {count} articles says.", count).format(count=count)


def reason(abstention: Abstention) -> str:
    """Why there is no answer, in one sentence."""
    if abstention.articles != 1:
        return _reason_of_library(abstention)
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
        case Reason.WHICH_ARTICLE | Reason.NO_ARTICLE:
            return _reason_of_library(abstention)


def _reason_of_library(abstention: Abstention) -> str:
    """Why there is no answer in a library."""
    match abstention.reason:
        case Reason.NO_ARTICLE:
            return _("The library is empty, or no article in it is within these dates.")
        case Reason.WHICH_ARTICLE:
            return _("The question is about an article itself; name one by its number, such as article:3.")
        case Reason.NO_METADATA:
            return _(_CARRIES_NO[abstention.trace.expected])
        case _ if abstention.missing_terms:
            return _("They never use {words}.").format(words=listed(abstention.missing_terms, _("or")))
        case Reason.NO_MATCH:
            return _("No article that was searched uses the question's words.")
        case _:
            return _("They use the question's words, but no sentence looks like an answer.")


def labelled(label: str, text: str) -> str:
    """`Confidence: 93 %`, with the colon as the language in force sets it."""
    return _("{label}: {text}").format(label=label, text=text)


def where(quote: Quote) -> str:
    """Where a quote stands: `passage 3 · paragraph 12 · characters 2034–2210`."""
    at = quote.citation
    return _("passage {passage} · paragraph {paragraph} · characters {start}–{end}").format(
        passage=at.passage, paragraph=at.paragraph, start=at.start, end=at.end
    )


def name_of(entry: Entry) -> str:
    """What an article is called: its headline, else its publisher, else the name of its file."""
    names = (entry.title, entry.publisher, entry.source.rsplit("/", 1)[-1])
    return next((name for name in names if name and not name.isspace()), _("untitled"))


def published_in(entry: Entry) -> str:
    """Where an article was published, for "also in": its publisher, else its number."""
    return entry.publisher or _("article {number}").format(number=entry.number)


def source_line(source: Source) -> str:
    """An article of a library named in a line: `article 12 · Headline · example.org · 8 July 2021 · also in …`."""
    entry = source.entry
    parts = [_("article {number}").format(number=entry.number), name_of(entry)]
    if entry.publisher and entry.title:
        parts.append(entry.publisher)
    parts.append(day(entry.published) if entry.published else _("undated"))
    if also := also_in(source):
        parts.append(also)
    return " · ".join(parts)


def also_in(source: Source) -> str:
    """`also in a.example, b.example`; empty where the story stands in no other article."""
    names = list(dict.fromkeys(published_in(entry) for entry in source.also_in))
    return _("also in {names}").format(names=", ".join(names)) if names else ""


def searched(result: Answer | Abstention) -> str:
    """How many articles were searched: `37 articles searched`."""
    count = result.articles
    return n_("{count} article searched", "{count} articles searched", count).format(count=count)


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
    """How much of the page was set aside, in a sentence; in another, how much of it the reader left out."""
    if not article.left_out:
        return _marked(article)
    left_out = n_(
        "{count:,} word of the page is not in the text: menus, lists of other stories and the like, which the "
        "reader left out.",
        "{count:,} words of the page are not in the text: menus, lists of other stories and the like, which the "
        "reader left out.",
        article.left_out,
    ).format(count=article.left_out)
    return f"{_marked(article)} {left_out}"


def _marked(article: Article) -> str:
    """How much of the text is marked as furniture."""
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
