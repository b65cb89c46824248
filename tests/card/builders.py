"""Answers to draw, made by hand, and what a drawn card shows."""

import datetime as dt
import io

from PIL import Image
from pypdf import PageObject, PdfReader

from bot.answer import Answer, Citation, Quote
from bot.card.content import Content
from bot.card.draw import typeset
from bot.card.theme import Theme
from index.article import Article, Sentence

URL = "https://www.harbour.example/news/coast/ferry-returns?utm_source=letter#top"

ENGLISH = "The ferry Solveig will carry cars and passengers between Varnes and the island of Holm again from Monday."
RUSSIAN = "Паром «Сольвейг» вернётся на линию в понедельник, сообщил оператор «Нордлинье»."
ARABIC = "وقال المتحدث باسم الشركة إن العبارة ستعود إلى العمل يوم الاثنين، بحسب BBC في عام 2021."
CHINESE = "轮渡公司表示，渡轮将于星期一恢复航行；公司发言人说：“没有人会再被困在岛上，也没有人会缺医少药。”"
JAPANESE = "フェリーは月曜日に運航を再開し、「島は二度と孤立しない」と市長は述べた。"
HEBREW = "המעבורת תחזור לשירות ביום שני (14 במרץ), אמרה החברה."
GREEK = "Το πλοίο επιστρέφει τη Δευτέρα, είπε η εταιρεία."
MIXED = "The sign reads “мир”, سلام, 和平, ειρήνη and Việt Nam; Zdeněk typed é, 👍🏽 and 🇩🇪."


def answer(  # noqa: PLR0913 - the parts of an answer
    *texts: str,
    marks: tuple[tuple[int, int], ...] = (),
    context: str | None = None,
    title: str | None = "Island ferry returns to service",
    byline: str | None = "By Marta Lindqvist",
    url: str | None = URL,
    body: str | None = None,
) -> Answer:
    """An answer of quotes; `marks` are the first one's, `body` is the article's text where it matters."""
    before = Sentence(0, 0, len(context), context, 1) if context else None
    quotes = tuple(
        Quote(
            text,
            Citation(n, n + 1, 2 * n, 100 * n, 100 * n + len(text)),
            0.9,
            marks if n == 1 else (),
            before if n == 1 else None,
        )
        for n, text in enumerate(texts, 1)
    )
    article = Article("\n\n".join(texts) if body is None else body, title, byline, dt.date(2023, 3, 14), url)
    return Answer("When?", article, quotes, 0.9)


def image(png: bytes) -> Image.Image:
    """The picture of a PNG file, decoded."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        return picture.convert("RGB")


def lines(shown: Content) -> list[str]:
    """The lines of a card from top to bottom, each in logical order as the typesetter wrote it to a PDF."""
    return [line.strip() for line in _page(shown).extract_text().splitlines() if line.strip()]


def places(shown: Content) -> list[tuple[str, float, float]]:
    """The stretches of text of a card with their x and y in points; y grows upwards."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, matrix: list[float], line: list[float], *_: object) -> None:
        if text.strip():
            found.append((text.strip(), matrix[4] + line[4], matrix[5] + line[5]))

    _page(shown).extract_text(visitor_text=visit)
    return found


def svg(shown: Content) -> str:
    """A card as SVG, in which every glyph is an outline."""
    drawn = typeset(shown, Theme.LIGHT).compile(format="svg")
    assert isinstance(drawn, bytes)
    return drawn.decode()


def _page(shown: Content) -> PageObject:
    drawn = typeset(shown, Theme.LIGHT).compile(format="pdf")
    assert isinstance(drawn, bytes)
    return PdfReader(io.BytesIO(drawn)).pages[0]
