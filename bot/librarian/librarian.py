"""Questions to a library: what is searched, one article or all of an owner's, and what is read on in."""

from dataclasses import replace

from bot.about import about
from bot.answer import THRESHOLD, Abstention, Answer
from bot.assistant import Assistant
from bot.conversation import Conversation, FollowUp, Resolved
from bot.librarian.narrowing import both, holds, narrowed
from bot.librarian.searching import Asked, Searcher, sources_of
from bot.librarian.shelf import CHARACTERS, Shelf
from bot.question import clean, missing_terms
from bot.ranking.across import AcrossRanker
from bot.ranking.ranker import Ranker
from index.article import Article
from index.library.model import Scope
from index.library.protocol import EVERYTHING, Library
from index.owner import Owner


class Librarian:
    """Answers questions about the articles of a library, each owner's from that owner's alone.

    Holds indexes of articles that were asked of late, and no other state; safe to call from several threads.

    Attributes:
        library: has the articles.
        threshold: the confidence that an answer must reach, 0..1.
        shelf: the indexes that are kept.
    """

    def __init__(  # noqa: PLR0913 - what an assistant takes, and what bounds the memory
        self,
        library: Library,
        *,
        ranker: Ranker | None = None,
        across: AcrossRanker | None = None,
        threshold: float = THRESHOLD,
        quotes: int = 3,
        characters: int = CHARACTERS,
    ) -> None:
        """Answer from a library.

        Args:
            library: has the articles.
            ranker: scores the sentences of one article; the shipped one if None.
            across: scores those of several; the shipped one if None.
            threshold: confidence that an answer must reach, 0 (always answer) to 1.
            quotes: the most quotes in an answer, 1 to 3.
            characters: of the articles whose indexes are kept in memory, at most.
        """
        self.library = library
        self.threshold = threshold
        self._quotes = quotes

        def make(article: Article) -> Assistant:
            return Assistant(article, ranker=ranker, threshold=threshold, quotes=quotes)

        self.shelf = Shelf(library, make, characters=characters)
        self._searcher = Searcher(library, self.shelf, across or AcrossRanker())

    def assistant(self, owner: Owner, number: int) -> Assistant:
        """The assistant on one article.

        Raises:
            UnknownArticle: the owner has no article of that number.
            LibraryError: the library cannot be read.
        """
        return self.shelf.take(owner, number)[1]

    def ask(  # noqa: PLR0913 - the options of a question
        self,
        owner: Owner,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        top: int | None = None,
        threshold: float | None = None,
        conversation: Conversation | None = None,
    ) -> Answer | Abstention:
        """Answer a question.

        Args:
            owner: whose articles.
            question: in words, at most 1,000 characters; `before:2021-07-01`, `after:2021-06` and `article:3` in it
                narrow it further.
            scope: which of the articles.
            top: quote the best `top` sentences, ranked, whether they add or not; None lets the composer choose.
            threshold: overrides the librarian's own.
            conversation: what came before, of which the question may be a follow-up. It is read on in the article that
                was quoted last, and asked of the others where that does not say.

        Returns:
            the answer, or an abstention where the confidence stays below the threshold. Where one article alone is
            searched, it is what an assistant on that article gives.

        Raises:
            QuestionError: the question is empty, too long, or holds no word.
            CommandError: what narrows it cannot be understood.
            UnknownArticle: it is narrowed to an article that the owner does not have.
            LibraryError: the library cannot be read.
            CitationError: a quote would not have been the article's text (a bug); nothing leaves then.
        """
        typed = clean(question)
        asked, typed_scope = narrowed(typed)
        asked = clean(asked)
        within = both(scope, typed_scope)
        limit = self.threshold if threshold is None else threshold
        only = self._only(owner, within)
        wanted = Asked(owner, within, top, limit, self._quotes, self._searched(owner, within))
        if only is not None:
            return replace(self._in_one(only, asked, wanted, conversation), question=typed)
        if conversation and (last := self._last(wanted, conversation)) is not None:
            resolved = self._resolved(last, asked, wanted, conversation)
            if about(asked) or resolved.kind is not FollowUp.NONE:
                result = self._read_on(last, asked, resolved, wanted, conversation)
                return replace(result, question=typed, articles=wanted.articles)
        return replace(self._searcher.search(asked, wanted), question=typed)

    def _read_on(
        self, last: int, question: str, resolved: Resolved, asked: Asked, conversation: Conversation
    ) -> Answer | Abstention:
        """Answer a follow-up from the article quoted last, or from the others where these have more on it."""
        here = self._in_one(last, question, asked, conversation)
        if about(question) or resolved.kind is FollowUp.DOUBT:
            return here
        if isinstance(here, Answer) and not missing_terms(resolved.question, self.assistant(asked.owner, last).index):
            return here
        # It is silent, or lacks a word of the question that another may have.
        anywhere = replace(self._searcher.search(resolved.question, asked), read_as=resolved.read_as)
        if isinstance(here, Answer) and (isinstance(anywhere, Abstention) or anywhere.confidence <= here.confidence):
            return here
        return anywhere

    def _resolved(self, number: int, question: str, asked: Asked, conversation: Conversation) -> Resolved:
        """What a question asks behind a quote of an article."""
        # Only a conversation pays for the word lists that it takes to follow one.
        from bot.conversation.resolver import resolve

        entry, assistant = self.shelf.take(asked.owner, number)
        return resolve(question, conversation.within(entry.id), assistant.index)

    def _only(self, owner: Owner, scope: Scope) -> int | None:
        """The number of the article that is searched, where it is one alone.

        Raises:
            UnknownArticle: it is named, and the owner does not have it.
        """
        if scope.articles is not None and len(scope.articles) == 1:
            entry = self.library.entry(owner, next(iter(scope.articles)))
        elif scope.articles is None and self.library.size(owner).articles == 1:
            entry = self.library.entries(owner, limit=1)[0]
        else:
            return None
        return entry.number if holds(scope, entry.number, entry.published) else None

    def _searched(self, owner: Owner, scope: Scope) -> int:
        """How many articles are searched, as far as that is known without reading them all."""
        every = self.library.size(owner).articles
        some = every if scope.articles is None else min(every, len(scope.articles))
        # The one that there is would have been asked alone, were it within the dates.
        return 0 if some == 1 else some

    def _in_one(
        self, number: int, question: str, asked: Asked, conversation: Conversation | None
    ) -> Answer | Abstention:
        """Ask one article, and name it in the citations."""
        entry, assistant = self.shelf.take(asked.owner, number)
        before = conversation.within(entry.id) if conversation else None
        result = assistant.ask(question, top=asked.top, threshold=asked.limit, conversation=before)
        source = sources_of(self.library, asked.owner, [entry])[entry.number]
        considered = tuple(replace(item, source=source) for item in result.trace.considered)
        trace = replace(result.trace, considered=considered)
        if isinstance(result, Abstention):
            return replace(result, trace=trace, sources=(source,) * len(result.closest))
        quotes = tuple(replace(q, citation=replace(q.citation, source=source)) for q in result.quotes)
        return replace(result, trace=trace, quotes=quotes)

    def _last(self, asked: Asked, conversation: Conversation) -> int | None:
        """The number of the article that was quoted last, if the owner still has it and it is within the scope."""
        if not conversation.turns or not conversation.article:
            return None
        entry = self.library.find(asked.owner, conversation.article)
        return entry.number if entry and holds(asked.scope, entry.number, entry.published) else None
