"""Page text: the article kept, the furniture dropped, from text and from HTML."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bench.pages import Matches, halves, interval, match, score, story_of
from bench.results.markdown import note_of_limit, paragraph, share, table, within
from bench.results.options import Data, Options, Watch
from index.errors import NoArticle
from index.readers import read_bytes

Extract = Callable[[bytes], str]


def _ours(name: str) -> Extract:
    def extract(data: bytes) -> str:
        try:
            return story_of(read_bytes(data, name))
        except NoArticle:
            return ""

    return extract


def _everything(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _all_text(data: bytes) -> str:
    """Every visible word of a page."""
    from trafilatura import html2txt

    return str(html2txt(data, clean=False) or "")


def _trafilatura(data: bytes) -> str:
    """Trafilatura with its own defaults, as the benchmark runs it."""
    import trafilatura

    return trafilatura.extract(data, include_comments=False) or ""


def _readability(data: bytes) -> str:
    from readability import Document
    from trafilatura import html2txt

    return str(html2txt(Document(data.decode("utf-8", "replace")).summary(), clean=False) or "")


def _justext(data: bytes) -> str:
    import justext

    found = justext.justext(data, justext.get_stoplist("English"))
    return "\n".join(p.text for p in found if not p.is_boilerplate)


TEXT: Mapping[str, Extract] = {"everything kept": _everything, "**Pullquote**": _ours("page.txt")}

HTML: Mapping[str, Extract] = {
    "every visible word kept": _all_text,
    "**Pullquote**": _ours("page.html"),
    "trafilatura": _trafilatura,
    "readability-lxml": _readability,
    "jusText": _justext,
}


def _read(pages: Path, kind: str, page: str) -> bytes:
    if kind == "text":
        return (pages / "text" / f"{page}.txt").read_bytes()
    return gzip.decompress((pages / "html" / f"{page}.html.gz").read_bytes())


def _figures(matches: list[Matches]) -> Data:
    found = score(matches)
    return {"n": len(matches), "f1": (found.f1, *interval(matches)), "p": found.precision, "r": found.recall}


def _head(pages: Path, truth: Mapping[str, Mapping[str, str]], ids: Sequence[str]) -> Data:
    """On how many pages the HTML reader finds what stands above a story, and the address that the truth names."""
    found = dict.fromkeys(("title", "date", "byline", "url", "url_right"), 0)
    for page in ids:
        try:
            article = read_bytes(_read(pages, "html", page), "page.html")
        except NoArticle:
            continue
        found["title"] += article.title is not None
        found["date"] += article.published is not None
        found["byline"] += article.byline is not None
        found["url"] += article.url is not None
        found["url_right"] += _address(article.url or "") == _address(truth[page].get("url", ""))
    return {"n": len(ids), **found}


def _address(url: str) -> str:
    """A URL without what does not tell pages apart: scheme, www, query, a slash at the end."""
    parts = urlsplit(url)
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/").casefold()


def measure(options: Options, watch: Watch) -> Data:
    """Extract every page with every method, as text and as HTML."""
    if options.data is None:
        return {"rows": [], "missing": {}}
    pages = options.data / "pages"
    truth = json.loads((pages / "ground-truth.json").read_text("utf-8"))
    development, unseen = halves(list(truth))
    half = options.limit and max(1, options.limit // 2)
    development, unseen = development[:half], unseen[:half]
    rows = []
    missing = {}
    for kind, methods in (("text", TEXT), ("html", HTML)):
        for name, extract in methods.items():
            matches: dict[str, Matches] = {}
            try:
                with watch(f"pages, {kind}: {name.strip('*')}", len(development) + len(unseen)) as tick:
                    for page in (*development, *unseen):
                        matches[page] = match(truth[page]["articleBody"], extract(_read(pages, kind, page)))
                        tick()
            except ImportError as error:
                missing[name] = f"the package {error.name} is not installed (pip install --group bench)"
                continue
            sides = {"all": [*development, *unseen], "development": development, "unseen": unseen}
            rows.append(
                {"kind": kind, "name": name}
                | {side: _figures([matches[page] for page in ids]) for side, ids in sides.items()}
            )
    with watch("pages, html: title, date, byline, URL", 1):
        head = _head(pages, truth, [*development, *unseen])
    return {"rows": rows, "missing": missing, "head": head}


def lines(data: Data) -> list[str]:
    """The part as Markdown."""
    found = [
        *paragraph(
            "F1 over runs of four words, the benchmark's own metric (article-extraction-benchmark). Our rules and "
            "model saw the development half; the unseen half is the figure to quote. Intervals over pages."
        ),
        *note_of_limit(data.get("limit"), "pages"),
    ]
    for kind, title in (("text", "From text, as a person copies it"), ("html", "From HTML")):
        rows = [row for row in data["rows"] if row["kind"] == kind]
        if not rows:
            continue
        n = rows[0]["unseen"]["n"]
        found += [f"### {title}", "", f"n = {rows[0]['all']['n']} pages, {n} of them unseen.", ""]
        cells = [
            (
                row["name"],
                within(row["unseen"]["f1"]),
                share(row["unseen"]["p"]),
                share(row["unseen"]["r"]),
                within(row["development"]["f1"]),
                within(row["all"]["f1"]),
            )
            for row in rows
        ]
        header = ("method", "F1, unseen half", "precision", "recall", "F1, development half", "F1, all")
        found += table(header, cells)
    head = data.get("head")
    if head:
        found += paragraph(
            f"What the HTML reader finds beside the text, of {head['n']} pages: a title on {head['title']}, a date on "
            f"{head['date']}, a byline on {head['byline']}, a URL on {head['url']}, which is the page's own on "
            f"{head['url_right']}."
        )
    return found + [f"Left out: {name}: {reason}." for name, reason in data["missing"].items()] + [""]
