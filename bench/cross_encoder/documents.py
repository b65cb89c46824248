"""Reads question sets: articles cut and tokenised, their questions, and BM25's candidates for each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.qa import article_of
from bench.scoring import is_hit
from bot.reading.windows import LEAD_TOKENS, QUESTION_TOKENS, SENTENCE_TOKENS
from index.analyzer import terms
from index.indexer import Index

FOLDS = 2
"""Parts that the articles are dealt into: the model of a fold is trained on the others, and judged on its own."""

CANDIDATES = 12
PASSAGE_WEIGHT = 0.3
"""Weight of the best passage's BM25 beside the sentence's own when candidates are picked."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an article.

    Attributes:
        id: as the set names it.
        text: the question.
        ids: its token ids, without marks.
        bm25: shape (prose sentences,), what candidates are picked by, >= 0.
        sentence_bm25: shape (prose sentences,), the sentence's own BM25.
        gold: positions of the prose sentences that count as an answer, ascending; empty where there is none.
        answerable: whether the set gives an answer, even one that no sentence matches.
    """

    id: str
    text: str
    ids: list[int]
    bm25: NDArray[np.float32]
    sentence_bm25: NDArray[np.float32]
    gold: tuple[int, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Document:
    """An article cut and tokenised.

    Attributes:
        id: as the set names it.
        lead: token ids of the headline or of the first sentence.
        sentences: token ids of each prose sentence.
        texts: the prose sentences.
        offsets: (start, end) of each in the article's text, in characters.
        questions: what is asked of it.
        index: the article's index, for questions made up in training.
    """

    id: str
    lead: list[int]
    sentences: list[list[int]]
    texts: list[str]
    offsets: list[tuple[int, int]]
    questions: list[Question]
    index: Index


def candidate_scores(index: Index, question: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """BM25 of an article's prose sentences.

    Returns:
        two arrays of shape (prose sentences,): with the best passage mixed in, and the sentence's own.
    """
    query = terms(question)
    own = index.sentence_retriever.scores(query)
    passages = index.passage_retriever.scores(query)
    best = np.array(
        [max((passages[p.number - 1] for p in index.passages_by_sentence.get(s.number, ())), default=0.0)
         for s in index.prose]
    )  # fmt: skip
    return (own + PASSAGE_WEIGHT * best).astype(np.float32), own.astype(np.float32)


def top(scores: NDArray[np.float32], k: int) -> list[int]:
    """Positions of the k highest scores, equal ones in the order of the article."""
    return [int(i) for i in np.argsort(-scores, kind="stable")[:k]]


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open MiniLM's tokenizer, which is stored with truncation and padding, without either."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, texts: Sequence[str], limit: int) -> list[list[int]]:
    """Token ids of each text without marks, cut to `limit`."""
    return [e.ids[:limit] for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def read_documents(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Read a question set and cut its articles with the project's own splitter.

    Args:
        path: one JSON object a line: {"id", "title", "text", "questions": [{"id", "question", "answers"}]}.
        tokenizer: without truncation and padding.
    """
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        index = Index(article_of(record["text"], record["title"]))
        prose = index.prose
        questions = []
        asked = encode(tokenizer, [q["question"] for q in record["questions"]], QUESTION_TOKENS)
        for question, ids in zip(record["questions"], asked, strict=True):
            spans = [(s.start, s.end) for s in prose]
            answers = [(a, b) for a, b in question["answers"]]
            gold = tuple(i for i, span in enumerate(spans) if any(is_hit(span, answer) for answer in answers))
            mixed, own = candidate_scores(index, question["question"])
            questions.append(Question(question["id"], question["question"], ids, mixed, own, gold, bool(answers)))
        texts = [s.text for s in prose]
        documents.append(
            Document(
                id=record["id"],
                lead=encode(tokenizer, [record["title"] or texts[0]], LEAD_TOKENS)[0],
                sentences=encode(tokenizer, texts, SENTENCE_TOKENS),
                texts=texts,
                offsets=[(s.start, s.end) for s in prose],
                questions=questions,
                index=index,
            )
        )
    return documents


def fold_of(document_id: str, seed: int) -> int:
    """The fold, 0 to `FOLDS` - 1, that an article belongs to; depends on its id and the seed alone."""
    return int.from_bytes(sha256(f"{seed}:{document_id}".encode()).digest()[:8], "big") % FOLDS
