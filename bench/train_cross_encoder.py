"""Train the reranker: a six-layer cross-encoder that reads a question beside runs of an article's sentences.

The reranker does not see one sentence at a time. The best BM25 sentences and their neighbours are packed, in the
order of the article, into windows of at most `WINDOW_TOKENS` tokens:

    [CLS] question [SEP] headline, or the start of the first sentence [SEP] run of sentences [SEP] run ... [SEP]

and every sentence of a window gets a logit from the mean of its own tokens. So "he" and "the group" are read with
the sentences before them, neighbours compete within one reading, and each token is read once and not once for
every candidate it is context of. A logit is relative to an imagined "the article does not say" of logit 0:
P(i answers) = exp(s_i) / (1 + sum_j exp(s_j)).

    python -m bench.train_cross_encoder train --weights MINILM --news NEWS.jsonl --wiki WIKI.jsonl --fold 0 --out RUN0
    python -m bench.train_cross_encoder export --weights MINILM --state RUN0/model.pt --out RUN0.onnx
    python -m bench.train_cross_encoder score --weights MINILM --model RUN0.onnx --fold 0 --questions NEWS.jsonl ...
    python -m bench.train_cross_encoder report SCORES.jsonl

MINILM is a folder with the weights and the tokenizer of all-MiniLM-L6-v2 (Apache-2.0). `--fold` trains on one half of
the articles and then scores the other, for honest figures and for what learns from the logits; the model to ship
is the mean of both halves' (`export` with `--state` twice). Needs torch, transformers and onnx, which the package
itself does not depend on.
"""

import dataclasses
import json
import math
import random
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import click
import numpy as np
import onnx  # type: ignore[import-not-found, import-untyped, unused-ignore]
import onnxruntime  # type: ignore[import-not-found, import-untyped, unused-ignore]
import torch  # type: ignore[import-not-found, import-untyped, unused-ignore]
from numpy.typing import NDArray
from onnxruntime.quantization import quantize_dynamic  # type: ignore[import-not-found, import-untyped, unused-ignore]
from tokenizers import Tokenizer  # type: ignore[import-not-found, import-untyped, unused-ignore]
from transformers import BertModel  # type: ignore[import-not-found, import-untyped, unused-ignore]

from bench.qa import article_of
from bench.scoring import auroc, average_precision, is_hit
from index.analyzer import terms, tokens
from index.indexer import Index

WINDOW_TOKENS = 192
"""Tokens in one input. Attention is cheap up to here, and about five sentences of news fit beside the question."""

QUESTION_TOKENS = 40
LEAD_TOKENS = 24
"""Of the headline, or of the first sentence where there is none: it says who "he" and "the group" are."""

SENTENCE_TOKENS = 80
"""A longer sentence is read up to here."""

OVERLAP_TOKENS = 24
"""Of the sentence before, where a window ends in the middle of a run; read, not scored again."""

CANDIDATES = 12
PASSAGE_WEIGHT = 0.3
"""Weight of the best passage's BM25 beside the sentence's own when candidates are picked."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the model.

    Attributes:
        ids: token ids, [CLS] first.
        question_end: tokens before this position (question and its two marks) have type 0, the rest type 1.
        spans: (sentence, start, end) for each sentence to score: its number, the positions of its tokens.
    """

    ids: list[int]
    question_end: int
    spans: list[tuple[int, int, int]]


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
    """The half, 0 or 1, that an article belongs to; depends on its id and the seed alone."""
    return sha256(f"{seed}:{document_id}".encode()).digest()[0] % 2


def pack(  # noqa: PLR0913 - what may vary in training has a name each
    question: Sequence[int],
    lead: Sequence[int],
    sentences: Sequence[Sequence[int]],
    chosen: Sequence[int],
    *,
    left: int = 1,
    right: int = 1,
    marks: tuple[int, int] = (101, 102),
    without: frozenset[int] = frozenset(),
) -> list[Window]:
    """Pack sentences with their neighbours into windows, in the order of the article.

    Args:
        question: its token ids.
        lead: token ids of the headline; may be empty.
        sentences: token ids of all sentences of the article.
        chosen: positions of the candidates.
        left: how many neighbours before a candidate come with it.
        right: how many behind.
        marks: the ids of [CLS] and [SEP].
        without: positions that must not appear.

    Returns:
        windows of at most `WINDOW_TOKENS` tokens (more only for one sentence that does not fit); every candidate
        and every neighbour is scored in exactly one of them.
    """
    cls, sep = marks
    kept = {j for i in chosen for j in range(max(0, i - left), min(len(sentences), i + right + 1))}
    head = [cls, *question, sep]
    question_end = len(head)
    head += [*lead, sep] if lead else []
    windows: list[Window] = []
    ids, spans, previous = list(head), list[tuple[int, int, int]](), -2
    for number in sorted(kept - without):
        sentence = sentences[number]
        if spans and len(ids) + len(sentence) + 2 > WINDOW_TOKENS:
            windows.append(Window([*ids, sep], question_end, spans))
            ids, spans = list(head), []
            if previous == number - 1:
                ids += sentences[previous][-OVERLAP_TOKENS:]
        elif spans and previous != number - 1:
            ids.append(sep)
        spans.append((number, len(ids), len(ids) + len(sentence)))
        ids += sentence
        previous = number
    if spans:
        windows.append(Window([*ids, sep], question_end, spans))
    return windows


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of similar length, padded.

    Attributes:
        ids: shape (windows, tokens), int64.
        mask: shape (windows, tokens), int64; 1 for a token, 0 for padding.
        types: shape (windows, tokens), int64; 0 for the question, 1 for the article.
        pool: shape (windows, sentences, tokens), float32; row s averages the tokens of sentence s.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    types: NDArray[np.int64]
    pool: NDArray[np.float32]


def collate(windows: Sequence[Window], multiple: int = 1) -> Batch:
    """Pad windows to the longest of them, to a multiple, and their sentences to the largest number."""
    width = -(-max(len(w.ids) for w in windows) // multiple) * multiple
    depth = max(len(w.spans) for w in windows)
    ids = np.zeros((len(windows), width), np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    pool = np.zeros((len(windows), depth, width), np.float32)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size] = window.ids
        mask[row, :size] = 1
        types[row, window.question_end : size] = 1
        for column, (_, start, end) in enumerate(window.spans):
            pool[row, column, start:end] = 1 / max(1, end - start)
    return Batch(ids, mask, types, pool)


class CrossEncoder(torch.nn.Module):  # type: ignore[misc, unused-ignore]  # untyped where torch is absent
    """MiniLM with a linear head over (mean of the sentence's tokens, [CLS])."""

    def __init__(self, bert: Any) -> None:  # noqa: ANN401 - transformers' own types do not name it
        """Put a head on an encoder; it starts at zero, so that training starts from "nothing answers"."""
        super().__init__()
        self.bert = bert
        self.head = torch.nn.Linear(2 * bert.config.hidden_size, 1)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.constant_(self.head.bias, -2.0)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor, pool: torch.Tensor) -> torch.Tensor:
        """Logits, shape (windows, sentences); the arguments are those of `Batch`."""
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state.float()
        sentence = pool @ hidden
        cls = hidden[:, :1, :].expand(-1, pool.shape[1], -1)
        logits: torch.Tensor = self.head(torch.cat([sentence, cls], -1)).squeeze(-1)
        return logits


def load_model(folder: Path, states: Sequence[Path] = ()) -> CrossEncoder:
    """Build the model from a folder with MiniLM's weights; load a trained state, or the mean of several.

    Dropout is off: it costs 40 % of the speed on a CPU, and no example is seen more than twice.
    """
    bert = BertModel.from_pretrained(
        str(folder),
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    # Frozen: a rare word that training never shows keeps its place beside its neighbours that training moves.
    bert.embeddings.word_embeddings.weight.requires_grad = False
    model = CrossEncoder(bert)
    if states:
        loaded = [torch.load(path, map_location="cpu", weights_only=True) for path in states]
        model.load_state_dict({name: torch.stack([s[name] for s in loaded]).mean(0) for name in loaded[0]})
    return model


# Questions without an answer, made from those that have one.

_OPPOSITES = (
    "first last|most least|before after|largest smallest|biggest smallest|increase decrease|increased decreased"
    "|north south|east west|northern southern|eastern western|highest lowest|high low|higher lower|more fewer"
    "|above below|early late|earlier later|won lost|win lose|oldest youngest|old young|male female|men women"
    "|start end|started ended|begin end|began ended|born killed|inside outside|arrived left|accept reject"
    "|accepted rejected|longest shortest|long short|large small|major minor|best worst|good bad|rise fall|rose fell"
    "|support oppose|supported opposed|always never|allowed forbidden|public private|open close|opened closed"
    "|buy sell|bought sold|primary secondary|modern ancient|maximum minimum|strong weak|majority minority|many few"
)
OPPOSITES = {a: b for pair in _OPPOSITES.split("|") for a, b in (pair.split(), pair.split()[::-1])}
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|must)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w’'-]*)*")
_ARTICLE = re.compile(r"\b(?:the|an?|of|what|which|his|her|their|its|['’]s)\s+$", re.IGNORECASE)
_BEHIND_ARTICLE = re.compile(r"\b(?:the|an?|of)\s+([a-z]{4,})\b")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")


@dataclass(frozen=True, slots=True)
class _Maker:
    """Ways to change one answerable question; each returns the new question, or None where it does not apply.

    Attributes:
        text: the question.
        document: its article.
        gold_text: the sentences that answer it.
        rng: all chance comes from it.
    """

    text: str
    document: Document
    gold_text: str
    rng: random.Random

    def _replaced(self, start: int, end: int, others: Sequence[str]) -> str | None:
        """The question with a stretch of it replaced by one of the others that it does not hold yet."""
        new = [other for other in others if other.casefold() not in self.text.casefold()]
        return self.text[:start] + self.rng.choice(new) + self.text[end:] if new else None

    def _sample(self) -> list[str]:
        """Some sentences of the article."""
        return self.rng.sample(self.document.texts, min(25, len(self.document.texts)))

    def name(self) -> str | None:
        """Another name of the article, about as long, that the answer does not hold."""
        spots = [m for m in _NAME.finditer(self.text) if m.start() > 0 and m[0] != "I"]
        if not spots:
            return None
        spot = self.rng.choice(spots)
        names = [m[0] for t in self._sample() for m in _NAME.finditer(t) if m.start() > 0 and len(m[0]) > 2]
        wanted = len(spot[0].split())
        alike = [n for n in names if n not in self.gold_text and abs(len(n.split()) - wanted) <= 1]
        return self._replaced(spot.start(), spot.end(), alike)

    def number(self) -> str | None:
        """Another number of the article with as many digits."""
        spots = list(_NUMBER.finditer(self.text))
        if not spots:
            return None
        spot = self.rng.choice(spots)
        numbers = [m[0] for t in self.document.texts for m in _NUMBER.finditer(t)]
        alike = [n for n in numbers if len(n) == len(spot[0]) and n not in self.gold_text]
        return self._replaced(spot.start(), spot.end(), alike)

    def opposite(self) -> str | None:
        """A word turned into its opposite."""
        spots = [m for m in re.finditer(r"\w+", self.text) if m[0] in OPPOSITES]
        if not spots:
            return None
        spot = self.rng.choice(spots)
        return self._replaced(spot.start(), spot.end(), [OPPOSITES[spot[0]]])

    def negation(self) -> str | None:
        """The first auxiliary verb denied."""
        spot = _AUXILIARY.search(self.text)
        if spot is None or re.search(r"\bnot\b|n't", self.text):
            return None
        contracted = {"can": "can't", "will": "won't"}.get(spot[0].casefold(), spot[0] + "n't")
        denied = self.rng.choice((contracted, f"{spot[0]} not", f"{spot[0]} never"))
        return self.text[: spot.start()] + denied + self.text[spot.end() :]

    def word(self) -> str | None:
        """A noun or adjective that the answer shares, replaced by one of elsewhere in the article."""
        wanted = set(terms(self.gold_text))
        # Behind an article in both places: broken grammar must not give a made question away.
        shared = [t for t in tokens(self.text) if not t.stop and t.term in wanted and self.text[t.start].islower()]
        shared = [t for t in shared if _ARTICLE.search(self.text[: t.start])]
        if not shared:
            return None
        spot = self.rng.choice(shared)
        plural = self.text[spot.start : spot.end].endswith("s")
        words = [m[1] for t in self._sample() for m in _BEHIND_ARTICLE.finditer(t)]
        alike = [w for w in words if w.endswith("s") == plural and set(terms(w)) - wanted]
        return self._replaced(spot.start, spot.end, alike)


def unanswerable(document: Document, question: Question, rng: random.Random) -> str | None:
    """Change an answerable question so that the article no longer answers it, most likely.

    Returns:
        the new question, or None where none of the ways applies.
    """
    maker = _Maker(question.text, document, " ".join(document.texts[i] for i in question.gold), rng)
    ways = [maker.name, maker.name, maker.number, maker.opposite, maker.word, maker.word]
    # People do ask what was not said or done: too many of these would teach to turn every "not" down.
    ways += [maker.negation] * (rng.random() < 0.5)
    rng.shuffle(ways)
    return next((made for way in ways if (made := way()) is not None), None)


@dataclass(frozen=True, slots=True)
class Example:
    """What is read and judged together: the windows of one question.

    Attributes:
        windows: never empty.
        gold: positions of the sentences that answer; empty: none does.
        weight: of its loss.
    """

    windows: list[Window]
    gold: frozenset[int]
    weight: float


def top(scores: NDArray[np.float32], k: int) -> list[int]:
    """Positions of the k highest scores, equal ones in the order of the article."""
    return [int(i) for i in np.argsort(-scores, kind="stable")[:k]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A training example to make.

    Attributes:
        document: the article.
        question: the question.
        kind: "asked", as it is; "made", turned into an unanswerable one; "removed", its gold sentences left out.
    """

    document: Document
    question: Question
    kind: Literal["asked", "made", "removed"]


def make_example(planned: Plan, tokenizer: Tokenizer, rng: random.Random) -> Example | None:
    """Make a training example; how much context comes along varies, so that the model lives with little of it.

    Returns:
        the example, or None where the question could not be turned into an unanswerable one.
    """
    document, question, kind = planned.document, planned.question, planned.kind
    ids, bm25, gold = question.ids, question.bm25, frozenset(question.gold)
    without: frozenset[int] = frozenset()
    chosen: list[int] = []
    if kind == "made":
        text = unanswerable(document, question, rng)
        if text is None:
            return None
        ids = encode(tokenizer, [text], QUESTION_TOKENS)[0]
        bm25 = candidate_scores(document.index, text)[0]
        # The sentence that answered the original must be there to be turned down.
        chosen = list(gold)
        gold = frozenset()
    elif kind == "removed":
        without, gold = gold, frozenset()
    chosen += [i for i in gold if i not in chosen] + top(bm25, rng.randint(3, 8))
    left, right = rng.choices([(1, 1), (2, 0), (1, 0), (0, 0)], [0.65, 0.1, 0.1, 0.15])[0]
    lead = document.lead if rng.random() < 0.85 else []
    windows = pack(ids, lead, document.sentences, chosen, left=left, right=right, without=without)
    # What was made is not always without an answer.
    return Example(windows, gold, 1.0 if kind == "asked" else 0.6) if windows else None


def plan(documents: Sequence[Document], sort: str, rng: random.Random) -> list[Plan]:
    """Lay out an epoch: which questions are asked, and which are made into unanswerable ones.

    News comes twice, since the product reads news and there is less of it. Its gold sentences are never left out:
    news says things twice, and the other sentence would be taught not to answer.
    """
    plans: list[Plan] = []
    for document in documents:
        for question in document.questions:
            if question.answerable and not question.gold:
                continue
            times = 2 if sort == "news" and question.answerable else 1
            plans += [Plan(document, question, "asked")] * times
            if question.answerable and rng.random() < 0.25:
                plans.append(Plan(document, question, "made"))
            if question.answerable and sort != "news" and rng.random() < 0.05:
                plans.append(Plan(document, question, "removed"))
    return plans


def example_loss(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Loss of one question.

    Args:
        logits: shape (sentences,).
        gold: shape (sentences,), bool.

    Returns:
        scalar: -log P(gold, against all sentences and "does not say"); where there is a gold sentence, plus
        -log P(gold, against the sentences alone), so that the order is learnt whatever the doubt whether any answers.
    """
    null = logits.new_zeros(1)
    everything = torch.logsumexp(torch.cat([null, logits]), 0)
    if not bool(gold.any()):
        return everything
    wanted = torch.logsumexp(logits[gold], 0)
    return (everything - wanted) + (torch.logsumexp(logits, 0) - wanted)


def logits_of(model: CrossEncoder, windows: Sequence[Window], size: int = 8) -> list[torch.Tensor]:
    """Logits of each window's sentences, shape (sentences of that window,) each; similar lengths run together.

    Lengths are rounded up to 32: oneDNN compiles its products anew for every shape, which took a fifth of all time.
    """
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    found: list[torch.Tensor] = [torch.empty(0)] * len(windows)
    for first in range(0, len(order), size):
        rows = order[first : first + size]
        batch = collate([windows[i] for i in rows], 32)
        out = model(*(torch.from_numpy(getattr(batch, f.name)) for f in dataclasses.fields(batch)))
        for row, i in enumerate(rows):
            found[i] = out[row, : len(windows[i].spans)]
    return found


_FILE = click.Path(path_type=Path, exists=True)
_WEIGHTS = click.option("--weights", type=_FILE, required=True, help="Folder with MiniLM's weights and tokenizer.json.")
_MODEL = click.option("--model", type=_FILE, required=True, help="An exported model.")
_SEED = click.option("--seed", default=7, show_default=True)


@click.group()
def main() -> None:
    """Train, apply and export the cross-encoder."""


def make_optimizer(model: CrossEncoder, rate: float) -> tuple[torch.optim.Optimizer, list[float]]:
    """AdamW, the head at ten times the rate since it starts from nothing.

    Returns:
        the optimiser, and the full rate of each of its groups.
    """
    trained = [p for p in model.bert.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [p for p in trained if p.ndim <= 1], "lr": rate, "weight_decay": 0.0},
        {"params": list(model.head.parameters()), "lr": 10 * rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    return optimizer, [group["lr"] for group in optimizer.param_groups]


@dataclass(slots=True)
class Tally:
    """What training saw so far.

    Attributes:
        losses: of each step.
        hits: of each example with a gold sentence, whether the highest logit was on one, before it was learnt.
        tokens: read so far, without padding.
    """

    losses: list[float] = field(default_factory=list)
    hits: list[bool] = field(default_factory=list)
    tokens: int = 0


def learn(model: CrossEncoder, examples: Sequence[Example], tally: Tally) -> None:
    """Add the gradient of one step's examples.

    A few questions at a time: a step's activations together would take gigabytes.
    """
    total = 0.0
    for first in range(0, len(examples), 3):
        group = examples[first : first + 3]
        windows = [w for e in group for w in e.windows]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = iter(logits_of(model, windows))
        loss = torch.zeros(())
        for example in group:
            logits = torch.cat([next(found) for _ in example.windows])
            gold = torch.tensor([span[0] in example.gold for w in example.windows for span in w.spans])
            loss = loss + example.weight * example_loss(logits, gold) / len(examples)
            if example.gold:
                tally.hits.append(bool(gold[int(logits.argmax())]))
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        total += float(loss.detach())
        tally.tokens += sum(len(w.ids) for w in windows)
    tally.losses.append(total)


@main.command()
@_WEIGHTS
@click.option("--news", type=_FILE, required=True, help="News question set.")
@click.option("--wiki", type=_FILE, required=True, help="Wikipedia question set.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the model and the log.")
@click.option("--fold", type=click.IntRange(0, 1), help="Train on this half of the articles; on all if left out.")
@_SEED
@click.option("--threads", default=1, show_default=True)
@click.option("--rate", default=1e-4, show_default=True, help="Peak learning rate.")
@click.option("--questions", "size", default=8, show_default=True, help="Questions in a step.")
@click.option("--wiki-share", default=0.7, show_default=True, help="Share of the Wikipedia questions to use.")
@click.option("--minutes", type=float, help="Let the rate fall to 0 by then, however far the epoch got.")
@click.option("--start", multiple=True, type=_FILE, help="Start from a trained state; of several, from their mean.")
def train(  # noqa: PLR0913, PLR0917 - one argument an option
    weights: Path, news: Path, wiki: Path, out: Path, fold: int | None, seed: int, threads: int, rate: float,
    size: int, wiki_share: float, minutes: float | None, start: tuple[Path, ...],
) -> None:  # fmt: skip
    """Train on one half of the articles or on all.

    A half takes about 25 minutes of one core that computes in bfloat16. `--minutes` is for a shared machine; without
    it, the same seed gives the same model on the same machine.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    rng = random.Random(f"{seed}:{fold}")  # noqa: S311 - nothing here is a secret
    tokenizer = open_tokenizer(weights)
    plans = []
    for sort, path, share in (("news", news, 1.0), ("wiki", wiki, wiki_share)):
        documents = [d for d in read_documents(path, tokenizer) if fold is None or fold_of(d.id, seed) == fold]
        laid = plan(documents, sort, rng)
        rng.shuffle(laid)
        plans += laid[: round(share * len(laid))]
    rng.shuffle(plans)
    model = load_model(weights, start).train()
    optimizer, rates = make_optimizer(model, rate)
    steps = math.ceil(len(plans) / size)
    warm = 20 if start else max(1, steps // 16)
    tally, started = Tally(), time.monotonic()
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for step in range(steps):
            spent = time.monotonic() - started
            done = max(step / steps, spent / (60 * minutes) if minutes else 0.0)
            if done >= 1:
                break
            for parameters, full in zip(optimizer.param_groups, rates, strict=True):
                parameters["lr"] = full * min((step + 1) / warm, 1 - done)
            made = (make_example(p, tokenizer, rng) for p in plans[step * size : (step + 1) * size])
            optimizer.zero_grad()
            learn(model, [e for e in made if e is not None], tally)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            if (step + 1) % 20 == 0:
                line = {
                    "step": step + 1, "of": steps, "done": round(done, 3), "seconds": round(spent),
                    "loss": round(float(np.mean(tally.losses[-60:])), 4), "tokens": tally.tokens,
                    "hit": round(float(np.mean(tally.hits[-300:])), 3),
                }  # fmt: skip
                log.write(json.dumps(line) + "\n")
                log.flush()
            if (step + 1) % 50 == 0:
                torch.save(model.state_dict(), out / "model.pt")
    torch.save(model.state_dict(), out / "model.pt")


# Export. The graph is laid by hand: one window at a time, so that it holds no padding, no mask and no batch axis, and
# one product gives queries, keys and values.


class _Graph:
    """Collects the nodes and weights of an ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant and return its name."""
        self.weights.append(onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, *inputs: str, name: str, outputs: int = 1, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node and return the name of its (first) output; further ones are `name.1`, `name.2` ..."""
        outs = [name, *(f"{name}.{i}" for i in range(1, outputs))]
        self.nodes.append(onnx.helper.make_node(op, list(inputs), outs, name=name, **attributes))
        return name

    def linear(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Multiply and add, x @ weight.T + bias; weight has shape (outputs, inputs) as in torch."""
        product = self.node("MatMul", x, self.weight(f"{name}.weight", weight.T), name=f"{name}.matmul")
        return self.node("Add", product, self.weight(f"{name}.bias", bias), name=name)

    def norm(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32], epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        scale, shift = self.weight(f"{name}.weight", weight), self.weight(f"{name}.bias", bias)
        return self.node("LayerNormalization", x, scale, shift, name=name, axis=-1, epsilon=epsilon)


def build_onnx(model: CrossEncoder) -> Any:  # noqa: ANN401, PLR0915 - one statement a node, in the order of the reading
    """Lay the model out as ONNX.

    Inputs: ids (tokens,) int64; types (tokens,) int64; pool (sentences, tokens) float32. Output: logits (sentences,)
    float32. The word embeddings, half of all weights, are int8 with one scale a row; the rest is still float32.
    """
    state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    config = model.bert.config
    size, heads, epsilon = config.hidden_size, config.num_attention_heads, config.layer_norm_eps
    g = _Graph()
    table = state["bert.embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    quantised = np.round(table / np.maximum(scale, 1e-12)).astype(np.int8)
    rows = g.node("Gather", g.weight("words", quantised), "ids", name="word_rows", axis=0)
    rows = g.node("Cast", rows, name="word_floats", to=onnx.TensorProto.FLOAT)
    scales = g.node("Gather", g.weight("word_scales", scale.astype(np.float32)), "ids", name="word_row_scales", axis=0)
    x = g.node("Mul", rows, scales, name="word_vectors")
    length = g.node("Shape", "ids", name="length")
    places = g.weight("places", state["bert.embeddings.position_embeddings.weight"])
    zero = g.weight("zero", np.array([0], np.int64))
    place = g.node("Slice", places, zero, length, zero, name="place_rows")
    x = g.node("Add", x, place, name="placed")
    kinds = g.weight("kinds", state["bert.embeddings.token_type_embeddings.weight"])
    x = g.node("Add", x, g.node("Gather", kinds, "types", name="kind_rows", axis=0), name="embedded")
    prefix = "bert.embeddings.LayerNorm"
    x = g.norm(x, "embedding_norm", state[f"{prefix}.weight"], state[f"{prefix}.bias"], epsilon)
    split = g.weight("heads", np.array([0, heads, size // heads], np.int64))
    join = g.weight("joined", np.array([0, size], np.int64))
    for layer in range(config.num_hidden_layers):
        p, n = f"bert.encoder.layer.{layer}", f"layer{layer}"
        # The query's factor 1 / sqrt(head size) goes into its weights.
        factor = 1 / math.sqrt(size // heads)
        parts = [(state[f"{p}.attention.self.{k}.weight"], state[f"{p}.attention.self.{k}.bias"])
                 for k in ("query", "key", "value")]  # fmt: skip
        weight = np.concatenate([parts[0][0] * factor, parts[1][0], parts[2][0]]).astype(np.float32)
        bias = np.concatenate([parts[0][1] * factor, parts[1][1], parts[2][1]]).astype(np.float32)
        qkv = g.linear(x, f"{n}.qkv", weight, bias)
        g.node("Split", qkv, name=f"{n}.part", outputs=3, axis=-1, num_outputs=3)
        shaped = [
            g.node("Reshape", f"{n}.part{s}", split, name=f"{n}.split{i}") for i, s in enumerate(("", ".1", ".2"))
        ]
        query = g.node("Transpose", shaped[0], name=f"{n}.query", perm=[1, 0, 2])
        key = g.node("Transpose", shaped[1], name=f"{n}.key", perm=[1, 2, 0])
        value = g.node("Transpose", shaped[2], name=f"{n}.value", perm=[1, 0, 2])
        attention = g.node("Softmax", g.node("MatMul", query, key, name=f"{n}.dots"), name=f"{n}.attention", axis=-1)
        mixed = g.node("MatMul", attention, value, name=f"{n}.mixed")
        mixed = g.node("Transpose", mixed, name=f"{n}.turned", perm=[1, 0, 2])
        mixed = g.node("Reshape", mixed, join, name=f"{n}.joined")
        o = f"{p}.attention.output"
        out = g.linear(mixed, f"{n}.out", state[f"{o}.dense.weight"], state[f"{o}.dense.bias"])
        x = g.node("Add", out, x, name=f"{n}.residual")
        x = g.norm(x, f"{n}.norm", state[f"{o}.LayerNorm.weight"], state[f"{o}.LayerNorm.bias"], epsilon)
        i, o = f"{p}.intermediate.dense", f"{p}.output"
        wide = g.node("Gelu", g.linear(x, f"{n}.wide", state[f"{i}.weight"], state[f"{i}.bias"]), name=f"{n}.gelu")
        out = g.linear(wide, f"{n}.narrow", state[f"{o}.dense.weight"], state[f"{o}.dense.bias"])
        x = g.node("Add", out, x, name=f"{n}.residual2")
        x = g.norm(x, f"{n}.norm2", state[f"{o}.LayerNorm.weight"], state[f"{o}.LayerNorm.bias"], epsilon)
    pooled = g.node("MatMul", "pool", x, name="pooled")
    head = state["head.weight"].T
    own = g.node("MatMul", pooled, g.weight("head.sentence", head[:size]), name="head.sentence_part")
    cls = g.node("Gather", x, zero, name="cls", axis=0)
    shared = g.linear(cls, "head.cls", head[size:].T, state["head.bias"])
    total = g.node("Add", own, shared, name="columns")
    g.node("Squeeze", total, g.weight("last", np.array([-1], np.int64)), name="logits")
    info = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        g.nodes,
        "cross_encoder",
        [
            info("ids", onnx.TensorProto.INT64, ["tokens"]),
            info("types", onnx.TensorProto.INT64, ["tokens"]),
            info("pool", onnx.TensorProto.FLOAT, ["sentences", "tokens"]),
        ],
        [info("logits", onnx.TensorProto.FLOAT, ["sentences"])],
        g.weights,
    )
    # An old IR version, so that every onnxruntime since 1.17 reads the file.
    made = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(made)
    return made


@main.command()
@_WEIGHTS
@click.option("--state", multiple=True, type=_FILE, required=True, help="A trained model.pt; of several, their mean.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The ONNX file to write.")
@click.option("--full", is_flag=True, help="Leave the products in float32, to compare.")
def export(weights: Path, state: tuple[Path, ...], out: Path, *, full: bool) -> None:
    """Write a trained model as ONNX with int8 products, about 23 MB."""
    made = build_onnx(load_model(weights, state).eval())
    if full:
        onnx.save(made, out)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "float.onnx"
        onnx.save(made, source)
        # Seven bits: with eight, processors without VNNI saturate in 16-bit sums and would rank differently.
        quantize_dynamic(
            source,
            out,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=["head.sentence_part", "head.cls.matmul"],
        )


# Applying an exported model, as the product does: one window after the other, on one thread.


def open_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """Open an exported model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def read_windows(session: onnxruntime.InferenceSession, windows: Sequence[Window]) -> dict[int, float]:
    """Run windows through an exported model; position of a sentence -> its logit."""
    logits: dict[int, float] = {}
    for window in windows:
        batch = collate([window])
        (values,) = session.run(None, {"ids": batch.ids[0], "types": batch.types[0], "pool": batch.pool[0]})
        logits.update({span[0]: float(v) for span, v in zip(window.spans, values, strict=True)})
    return logits


@main.command()
@_WEIGHTS
@_MODEL
@click.option("--questions", "path", type=_FILE, required=True, help="Question set.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The JSON lines to write.")
@click.option("--fold", type=click.IntRange(0, 1), help="Only the articles that this fold did NOT train on.")
@_SEED
@click.option("--candidates", "k", default=CANDIDATES, show_default=True, help="BM25 sentences to read around.")
@click.option("--sample", default=1.0, show_default=True, help="Share of the questions, seeded.")
def score(  # noqa: PLR0913, PLR0917 - one argument an option
    weights: Path, model: Path, path: Path, out: Path, fold: int | None, seed: int, k: int, sample: float
) -> None:
    """Score a question set with an exported model.

    Writes one line a question: {"article", "question", "answerable", "sentences": [[start, end, logit, BM25 with
    passage, own BM25, gold], ...]} for the sentences that were read, in the order of the article.
    """
    tokenizer = open_tokenizer(weights)
    session = open_session(model)
    rng = random.Random(seed)  # noqa: S311 - nothing here is a secret
    with out.open("w", encoding="utf-8") as file:
        for document in read_documents(path, tokenizer):
            if fold is not None and fold_of(document.id, seed) == fold:
                continue
            for question in document.questions:
                if rng.random() >= sample:
                    continue
                windows = pack(question.ids, document.lead, document.sentences, top(question.bm25, k))
                rows = [
                    [*document.offsets[i], round(logit, 4), round(float(question.bm25[i]), 4),
                     round(float(question.sentence_bm25[i]), 4), i in question.gold]
                    for i, logit in sorted(read_windows(session, windows).items())
                ]  # fmt: skip
                record = {"article": document.id, "question": question.id, "answerable": question.answerable,
                          "sentences": rows}  # fmt: skip
                file.write(json.dumps(record) + "\n")


@main.command()
@_WEIGHTS
@_MODEL
@click.argument("paths", nargs=-1, type=_FILE)
def select(weights: Path, model: Path, paths: tuple[Path, ...]) -> None:
    """Mean average precision over sets for answer sentence selection: loose candidates without an article."""
    tokenizer = open_tokenizer(weights)
    session = open_session(model)
    for path in paths:
        found = []
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            labels: list[int] = record["labels"]
            if not any(labels):
                continue
            question = encode(tokenizer, [record["question"]], QUESTION_TOKENS)[0]
            # One window a candidate: loose candidates are no context for each other.
            sentences = encode(tokenizer, record["candidates"], SENTENCE_TOKENS)
            windows = [w for i in range(len(sentences)) for w in pack(question, [], sentences, [i], left=0, right=0)]
            logits = read_windows(session, windows)
            # Equal scores count against the method, so that no order of the file helps.
            order = sorted(range(len(sentences)), key=lambda i: (-logits[i], labels[i]))
            found.append(average_precision([labels[i] for i in order]))
        click.echo(f"{path.stem}: MAP {np.mean(found):.3f} over {len(found)} questions")


@main.command()
@click.argument("paths", nargs=-1, type=_FILE)
@click.option("--bm25", "weight", default=0.0, show_default=True, help="Weight of BM25 (natural log of 1 + it).")
def report(paths: tuple[Path, ...], weight: float) -> None:
    """H@1, H@3 and AUROC of what `score` wrote, over all files together."""
    lines = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    hits, best = [], []
    for line in lines:
        rows = np.array(line["sentences"], np.float64).reshape(-1, 6)
        best.append(float(rows[:, 2].max(initial=-20.0)))
        if line["answerable"]:
            gold = rows[np.argsort(-(rows[:, 2] + weight * np.log1p(rows[:, 3])), kind="stable"), 5] > 0
            hits.append([bool(gold[:1].any()), bool(gold[:3].any()), bool(gold.any())])
    at1, at3, recall = np.mean(hits, axis=0)
    area = auroc(best, [line["answerable"] for line in lines])
    click.echo(f"H@1 {at1:.3f}  H@3 {at3:.3f}  read {recall:.3f}  AUROC {area:.3f}  ({len(hits)} answerable)")


if __name__ == "__main__":
    main()
