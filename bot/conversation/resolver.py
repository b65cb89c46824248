"""A question and the conversation before it -> the question to ask."""

import re
from collections.abc import Iterator

from bot.about import About, about
from bot.conversation.asked import Asked, Gap, plain, take_apart
from bot.conversation.ellipsis import Bare, bare, turned
from bot.conversation.gist import gist
from bot.conversation.history import Conversation, Turn
from bot.conversation.lexicon import SAYING
from bot.conversation.mentions import Mention, mentions_in
from bot.conversation.names import Names, Sort, names_of
from bot.conversation.parallel import fragment, put_in
from bot.conversation.pronouns import filled, open_pronouns
from bot.conversation.referents import answer_in, referents
from bot.conversation.resolved import FollowUp, Resolved
from bot.gazetteer import MONTHS, WEEKDAYS
from index.analyzer import terms
from index.indexer import Index

_DOUBT = re.compile(
    r"^(?:are you (?:sure|certain)(?: about (?:that|this|it))?|really"
    r"|is (?:that|this|it) (?:true|right|correct|so|a fact)|how (?:sure|certain) are you"
    r"|how do you know(?: that)?|prove it|says who)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:tell|show|give) me (?:some )?more|(?:some )?more(?: please)?|go on|continue|and more|what more"
    r"|is (?:that|this) all|anything (?:else|more)|something else|(?:is|was) there (?:anything|something) (?:else|more)"
    r"|what else|else)$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:(?:and )?(?:then|after (?:that|this)|afterwards?|next)(?: what)?|then what"
    r"|what(?: came| comes| happened| happens| was)?(?: then| next| afterwards?| after(?:wards)?(?: that| this)?)"
    r"|what (?:happened|came) (?:then|next|after (?:that|this|it)|afterwards?)|what followed(?: that| this)?)$",
    re.IGNORECASE,
)
_BEFOREHAND = re.compile(
    r"^(?:(?:and )?before (?:that|this)|what (?:happened|came) (?:before (?:that|this|it)|earlier|first))$",
    re.IGNORECASE,
)
_VERBS_OF_SAYING = (
    rf"(?:{'|'.join(sorted(SAYING))}|promises?|promised|predicts?|predicted|demand(?:s|ed)?|den(?:y|ies|ied)"
    r"|admit(?:s|ted)?|assured?|hopes?|hoped|fears?|feared)"
)
_WHO_SAID = re.compile(
    rf"^(?P<who>who|which \w+|what \w+) (?P<verb>(?:has |had )?{_VERBS_OF_SAYING}) (?:that|this|so|it)$", re.IGNORECASE
)
_SAID_SO = re.compile(
    r"^(?P<lead>(?:when|where|why|how|to whom|in which \w+|on which \w+|what (?:day|year)) "
    rf"(?:did|does|has|had) .+? {_VERBS_OF_SAYING}) (?:that|this|so|it)(?P<tail>(?: \w+){{0,2}})$",
    re.IGNORECASE,
)
_THAT_WAS = re.compile(
    r"^(?P<word>(?:\w+ )?(?:when|where|why|how(?: \w+)?|who|what (?:day|year|time)|which (?:day|year))(?: exactly)?)"
    r" (?:is|was|were|did|does|would|will|has) (?:that|this|it all|all that|all this)"
    r"(?: (?:be|happen|happened|occur|occurred|take place|taken place|the case|said|done|decided|announced))?$",
    re.IGNORECASE,
)
_IT_HAPPENED = re.compile(
    r"^(?P<word>(?:\w+ )?(?:when|where|why|how|how often|how long ago)) (?:did|does|has|had|will|would)"
    r" (?:it|that|this|they all) (?:all )?"
    r"(?:happen|happened|occur|occurred|take place|taken place|come about|last)$",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"^(?:what|who|whom|where|when|why|how|which|anything|something|anyone|anybody|somebody|someone)\b.*?\belse\b"
    r"|^(?:what|which) other\b|\belse$",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"\b(?P<det>this|that|these|those|such an?)\s(?P<noun>[a-z]+(?:\s[a-z]+)?)\b", re.IGNORECASE
)
_GOING_ON = re.compile(r"^(?:and|but|so)\b", re.IGNORECASE)
_GENERAL = frozenset(
    terms("people person thing happen exactly really mean new one say do go come get give make take part involve")
)
"""Terms that do not tell what a question is about."""
TELLING = 3
"""Words of its own from which "what about the safety of embassies in Kabul?" stands alone."""
_TOPIC = re.compile(r"^(?:what about|how about|tell me about|what do you know about)\s(?P<topic>.+)$", re.IGNORECASE)
_PREFIX = re.compile(r"^about (?P<topic>[^:]+): (?P<rest>.+)$", re.IGNORECASE)
_DAYS = re.compile(
    rf"\b(?:{'|'.join(sorted(WEEKDAYS | (MONTHS - {'may', 'march', 'mar', 'sep', 'dec', 'oct', 'jan', 'jun'})))})\b"
)
_SORTS_OF_NOUNS = (
    (frozenset({"country", "nation", "state"}), frozenset({Sort.COUNTRY})),
    (frozenset("city town village place region island area province".split()), frozenset({Sort.PLACE})),
    (
        frozenset("company firm group organization organisation party agency club union".split()),
        frozenset({Sort.GROUP}),
    ),
    (frozenset("man woman person official".split()), frozenset({Sort.PERSON})),
)
"""Nouns that stand for any name of a sort."""
_SELF = frozenset(
    "article story report text piece page news week month year time day morning evening way one ones".split()
)


def resolve(question: str, conversation: Conversation | None, index: Index) -> Resolved:
    """Read a question in the light of what came before; pure, never raises.

    A question that stands alone comes back unchanged.

    Args:
        question: one line, as `bot.question.clean` makes it.
        conversation: what came before; None or empty where nothing did.
        index: the index of the article that the conversation is about.
    """
    if conversation is None or not conversation.turns or conversation.article not in ("", index.article.id):
        return Resolved(question)
    return _Reader(question, conversation, index).read()


class _Reader:
    """One question and what came before it."""

    def __init__(self, question: str, conversation: Conversation, index: Index) -> None:
        self._typed = question
        self._text = plain(question)
        self._conversation = conversation
        self._last: Turn = conversation.turns[-1]
        self._index = index
        self._names: Names = names_of(index)
        self._asked: Asked = take_apart(question, self._names)

    def read(self) -> Resolved:
        """The first reading that fits, the more particular first; the question itself where none does."""
        if not self._text:
            return Resolved(self._typed)
        for reading in self._readings():
            if reading is not None:
                return reading
        if self._goes_on():
            return Resolved(self._typed, None, FollowUp.GOING_ON, near=self._lately(), quoted=self._quoted())
        return Resolved(self._typed)

    def _readings(self) -> Iterator[Resolved | None]:
        yield self._doubted()
        yield self._next()
        yield self._more()
        yield self._said()
        yield self._bare()
        yield self._parallel()
        yield self._pronouns()

    def _as(
        self, text: str | None, kind: FollowUp, *, exclude: bool = False, near: tuple[int, ...] | None = None
    ) -> Resolved | None:
        """A reading, shown where it differs from what was typed."""
        if not text:
            return None
        named = _DAYS.sub(lambda m: m[0].capitalize(), self._names.cased(text))
        question = f"{named[:1].upper()}{named[1:]}?"
        same = plain(question).casefold() == self._text.casefold()
        return Resolved(
            self._typed if same else self._names.short(question, self._text),
            None if same else question,
            kind,
            self._quoted() if exclude else frozenset(),
            self._lately() if near is None else near,
            self._quoted(),
        )

    def _quoted(self) -> frozenset[int]:
        """Everything that was quoted so far."""
        return frozenset(n for turn in self._conversation.turns for n in turn.sentences)

    def _lately(self) -> tuple[int, ...]:
        """What was quoted last, though the question before may have been refused."""
        return next((turn.sentences for turn in reversed(self._conversation.turns) if turn.sentences), ())

    def _goes_on(self) -> bool:
        """Whether a question into which nothing was put is a follow-up all the same."""
        if _GOING_ON.match(self._typed):
            return True
        named = any(True for _ in self._names.find(self._text))
        own = {t for t in terms(self._text) if t not in _GENERAL}
        return bool(self._asked.asks or self._asked.auxiliary) and len(own) <= 1 and not named

    def _doubted(self) -> Resolved | None:
        return Resolved(self._typed, None, FollowUp.DOUBT) if _DOUBT.match(self._text) else None

    def _next(self) -> Resolved | None:
        """What came next stands next, as news tells it."""
        later, earlier = _NEXT.match(self._text), _BEFOREHAND.match(self._text)
        if not (later or earlier) or not self._last.sentences:
            return None
        at = self._last.sentences[0]
        prose = [s.number for s in self._index.prose]
        near = [n for n in prose if n > at][:2] if later else [n for n in reversed(prose) if n < at][:2]
        event = self._event()
        word = "after" if later else "before"
        return self._as(f"what happened {word} {event}", FollowUp.NEXT, exclude=True, near=tuple(near))

    def _event(self) -> str:
        """What was quoted last, as a clause that follows "after"."""
        return self._gist() or "that"

    def _gist(self) -> str | None:
        """What was quoted last, however long ago."""
        for turn in reversed(self._conversation.turns):
            for number in turn.sentences[:1]:
                return gist(self._index.sentences[number].text, self._names) if self._has(number) else None
        return None

    def _has(self, number: int) -> bool:
        """Whether the article has a sentence of that number; what was remembered may be of another one."""
        return 0 <= number < len(self._index.sentences)

    def _on_topic(self) -> Resolved | None:
        """Read "who promised that?" where nothing was quoted: what the question before spoke of."""
        topic = _TOPIC.match(plain(self._last.question))
        if topic is None:
            return None
        return self._as(re.sub(r"\b(?:that|this|so|it)$", lambda _: topic["topic"], self._text), FollowUp.QUOTED)

    def _more(self) -> Resolved | None:
        """More of what was asked for, without what was quoted."""
        if _MORE.match(self._text):
            return self._as(self._else_of(plain(self._last.question)), FollowUp.ELSE, exclude=True)
        if not _ELSE.search(self._text):
            return None
        ask = bare(self._text, self._asked)
        if ask is not None and ask.more:
            made = self._turned(ask)
            return self._as(self._else_of(made) if made else None, FollowUp.ELSE, exclude=True)
        known = self._filled(self._text)
        about_it = re.match(r"^(?:anything|something) else (.+)$", known or self._text, re.IGNORECASE)
        text = f"what else is there {about_it[1]}" if about_it else known or self._text
        return self._as(text, FollowUp.ELSE, exclude=True)

    def _else_of(self, question: str) -> str:
        """From "what did he say" to "what else did he say"."""
        text = plain(question)
        if re.search(r"\belse\b", text, re.IGNORECASE):
            return text
        asked = take_apart(text, self._names)
        if asked.asks and not asked.noun and not re.search(r"\s", asked.word):
            return f"{asked.word} else {asked.body}"
        if asked.asks in ("what", "which") and asked.noun and asked.word.split()[0].casefold() in ("what", "which"):
            return f"{asked.word.split()[0]} other {asked.noun} {asked.body}"
        if asked.gap is Gap.OBJECT:
            return f"what else {asked.body}"
        found = [m.text for m in mentions_in(text, self._names, question=True) if not m.inner]
        return f"what else is there about {found[0]}" if found else text

    def _said(self) -> Resolved | None:
        """Read "who said that?" and "when was that?": what was quoted, or the question before."""
        that = _THAT_WAS.match(self._text) or _IT_HAPPENED.match(self._text)
        if that:
            made = self._turned(Bare(that["word"], _asks(that["word"]), "", ""))
            return self._as(made, FollowUp.QUOTED)
        who, so = _WHO_SAID.match(self._text), _SAID_SO.match(self._text)
        if not (who or so) or (who and who["verb"].casefold().startswith("mention")):
            return None  # "who mentioned it?" asks for a thing rather than for what was said
        said = self._gist()
        if said is None:
            return self._on_topic()
        if who:
            return self._as(f"{who['who']} {who['verb']} that {said}", FollowUp.QUOTED)
        lead = so["lead"] if so else ""
        lead = self._filled(lead) or lead
        if len(said.split()) > 12:
            return self._as(f"{lead} that", FollowUp.QUOTED)
        return self._as(f"{lead} that {said}", FollowUp.QUOTED)

    def _bare(self) -> Resolved | None:
        """A bare question word takes over the question before."""
        ask = bare(self._text, self._asked)
        if ask is None:
            return None
        made = self._turned(ask)
        if made is None and ask.noun:
            found = referents(self._conversation, self._index, self._names)
            if found:
                made = f"about {found[0].mention.text}: {self._text}"
        return self._as(made, FollowUp.ELLIPSIS)

    def _turned(self, ask: Bare) -> str | None:
        """The question before, turned to a bare question word."""
        before = plain(self._last.question)
        if (kind := about(self._last.question)) is not None:
            return _turned_about(kind, ask)
        prefix = _PREFIX.match(before)
        asked = take_apart(prefix["rest"] if prefix else before, self._names)
        if prefix and asked.gap is Gap.NONE and asked.noun:
            asked = Asked("What", "are", f"the {asked.noun}", Gap.IDENTITY)
        made = turned(ask, asked, self._answer(), self._names)
        return f"about {prefix['topic']}: {made[0].lower()}{made[1:]}" if made and prefix else made

    def _answer(self) -> Mention | None:
        """What the last quote answered with, where that is seen."""
        for number in self._last.sentences[:1]:
            if not self._has(number):
                return None
            return answer_in(self._last.question, self._index.sentences[number].text, self._names)
        return None

    def _parallel(self) -> Resolved | None:
        """Read "and X?"."""
        part = fragment(self._typed)
        if part is None or (part.about and len(set(terms(part.text))) >= TELLING):
            return None
        before = plain(self._last.question)
        known = self._filled(part.text)
        if known:
            part = type(part)(known, part.about)
        made = put_in(part, before, take_apart(before, self._names), self._index, self._names)
        if made is None and known:
            made = f"what about {known}"
        return self._as(made, FollowUp.PARALLEL)

    def _pronouns(self) -> Resolved | None:
        """What a pronoun stands for, in its place."""
        known = self._filled(self._text)
        return self._as(known, FollowUp.PRONOUN)

    def _filled(self, text: str) -> str | None:
        """A text with its open pronouns and demonstratives filled in; None where there is none."""
        found = None
        if any(True for _ in open_pronouns(text, self._names)):
            found = referents(self._conversation, self._index, self._names)
            filled_in = filled(text, found, self._index, self._names)
            if filled_in:
                return self._demonstrated(filled_in) or filled_in
        return self._demonstrated(text)

    def _demonstrated(self, text: str) -> str | None:
        """Read "that agency" as what it was called in full."""
        match = _DEMONSTRATIVE.search(text)
        if match is None:
            return None
        heads = match["noun"].casefold().split()
        if heads[0] in _SELF:
            return None
        for referent in referents(self._conversation, self._index, self._names):
            mention = referent.mention
            for end in range(len(heads), 0, -1):
                if mention.head == heads[end - 1] and len(mention.text.split()) > end + 1:
                    stop = match.start("noun") + len(" ".join(heads[:end]))
                    return f"{text[: match.start()]}{mention.text}{text[stop:]}"
        return self._of_that_sort(text, match, heads[0])

    def _of_that_sort(self, text: str, match: re.Match[str], noun: str) -> str | None:
        """Read "that country" as the country that was named last, and so for towns, firms and people."""
        wanted = next((sorts for nouns, sorts in _SORTS_OF_NOUNS if noun in nouns), frozenset())
        if match["det"].casefold() not in ("this", "that") or not wanted:
            return None
        asked = text.casefold()
        for referent in referents(self._conversation, self._index, self._names):
            mention = referent.mention
            if mention.named and not mention.inner and mention.sort in wanted and mention.head not in asked:
                return f"{text[: match.start()]}{mention.text}{text[match.start('noun') + len(noun) :]}"
        return None


def _asks(word: str) -> str:
    found = re.search(r"how (?:many|much|long|often|old|far)|who|what|which|when|where|why|how", word.casefold())
    return found[0] if found else ""


def _turned_about(kind: About, ask: Bare) -> str | None:
    """A bare question word behind a question about the article itself."""
    del kind
    if ask.asks in ("when", "how long") or (ask.noun and ask.noun.split()[-1] in ("day", "date", "year")):
        return "when was this article published"
    if ask.asks in ("who", "whom"):
        return "who wrote this article"
    return None
