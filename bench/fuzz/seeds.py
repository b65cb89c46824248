"""Small inputs of our own making that a campaign starts from, one of every shape that a target knows."""

from collections.abc import Mapping

from bench.fuzz.packages import BOOK, DOCUMENT

_STORY = (
    "Second daily ferry to the outer islands - The Post\n\nHome\nNews\nLog in\n\nSecond daily ferry to the islands\n"
    "By Mona Lind\nPublished 4 May 2021 at 3:15 p.m. ET\n\nThe ferry will run twice a day from June, the board decided"
    " on Monday.\n\n“A child missed the school day,” said Dr. Ruth Aker, 45.\n\nShare this\nRelated articles\n"
    "Sign up for our newsletter\n© 2021 The Post. Photo: Reuters\n"
)
_MARKDOWN = (
    '---\ntitle: "Ferry"\nauthor:\n  - Mona Lind\ndate: 2021-05-04\nurl: https://post.example/1\n---\n# Ferry #\n\n'
    'Heading\n=======\n\n> Quoted\n> text.\n\n- item [link](http://x.example "t")\n  1. more\n\n```\ncode\n```\n\n'
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n\n![picture](p.png)\n[^1]: A note.\n<!-- comment -->\n***\n    code\n"
)
_HTML = (
    "<head><meta charset=utf-8><title>Ferry</title><meta property=og:title content=Ferry><meta name=author content="
    "'Mona Lind'><link rel=canonical href=https://post.example/1><script type=application/ld+json>{\"datePublished\":"
    '"2021-05-04"}</script></head><nav><a href=/>Home</a></nav><article><h1>Ferry</h1><p>The ferry will run twice a day'
    " from June, the board decided.<br><br>It costs &euro;5.<ul><li>One</ul><table><tr><td>A</table></article>"
)
_PDF = (
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page"
    "/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj 4 0 obj<</Length 38>>"
    "stream\nBT /F 9 Tf 9 9 Td (Hello there.) Tj ET\nendstream endobj 5 0 obj<</Type/Font/Subtype/Type1/BaseFont"
    "/Helvetica/Encoding/WinAnsiEncoding>>endobj 6 0 obj<</Title(A title)/Author(Mona)/CreationDate(D:2021)>>endobj\n"
    "trailer<</Root 1 0 R/Info 6 0 R>>\nstartxref\n0\n%%EOF"
)
_RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title><item><title>A"
    " &amp; b</title><link>https://e.example/1</link><pubDate>Tue, 04 May 2021 22:30:00 GMT</pubDate><content:encoded>"
    "<![CDATA[<p>x</p>]]></content:encoded></item></channel></rss>"
)
_ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>N</title><entry><link href='/1'/><updated>"
    "2020-02-29T10:00:00Z</updated><content type='xhtml'><div>x</div></content></entry></feed>"
)
_LINES = (
    "By Jane Doe and John Roe\nVia AP news wire\nReporting by Jane Doe; editing by John Roe\nThursday 08 July 2021"
    " 14:10 EDT\nJuly 8, 2021 at 3:15 p.m. ET\n2021-07-08T10:00:00Z\n07/08/2021\n3 hours ago\nUpdated 1.2.2020"
)
_IDS = (
    "pq:p:0123456789ab:1:1:0:0", "pq:m:0123456789ab:4:1.2.3", "pq:y:4:12.a3f9.45-3.0000.1", "pq:s:0123456789ab:12345",
    "pq:c:open:0123456789ab:light:1.2", "pq:x:12345", "pq:u:0123456789ab", "pq:n:0123456789abcdef:1", "pq:b:open",
    "pq:v:u:0123456789ab:123456789:9876:1.2", "pq:i:30:1:p", "pq:b:remove:3:0123456789ab", "pq:b:a:3", "pq:b:further:3",
    "pq:b:ask:1:0123456789ab", "pq:m:0123456789ab:1:7.7.6.5.4.3.2.1", "pq:f:sure", "pq:c:post:0123456789ab:dark:0",
    "pq:p:0123456789ab:2:2:400:420", "pq:y:4:1.b3d5.3-1.b3d5.1",
)  # fmt: skip

_TALK = (
    "Who is Ruth Aker?\nWhat did she say?\nAnd when?",
    "What will run twice a day?\nWhat about the islands?\nWho said that?",
    "Who decided on the ferry?\nHow many were there?\nWhat else did he say?\nWhy?\nTell me more",
)
_CLAIMS = (
    "Ruth Aker said on Tuesday that 45 children missed school. I think so too! Read this: https://post.example/1",
    "> The board did not urge anyone to leave.\n- Prices rose by 3.5 million before July 2021 <@1> \U0001f44d\nIs it?",
)
_ROBOTS = (
    "User-agent: *\nDisallow: /*?page=\nAllow: /news/$\nCrawl-delay: 3\n\nUser-agent: Pullquote\nUser-agent: x\n"
    "Disallow: /n%65ws/*.html$ # not these\nSitemap: https://e.example/s.xml\nRequest-rate: 1/10s 1300-1659\n"
)
_ADDRESSES = (
    "https://www.Post.example:443/a/../b%41?utm_source=x&b=2&a=%7E#top", "http://2130706433/", "https://[::ffff:7f00:1]/",
    "https://žluť.example/kůň", "https://user:word@post.example/", "//post.example\\@other.example/",
)  # fmt: skip
_ENV_FILE = (
    "0# x\nexport PULLQUOTE_LANGUAGE=de\nPULLQUOTE_THRESHOLD=0.5\nPULLQUOTE_DISCORD_TOKEN='~ b'\n"
    "PULLQUOTE_URL=https://post.example/${HOME}\nPULLQUOTE_ARTICLE=a.md\nPULLQUOTE_SHARDS=0-1/4\nPULLQUOTE_QUOTES=\n"
    'pullquote_state="x\\ty" # y\nPULLQUOTE_LIBRARY=s3://a/b\nPULLQUOTE_PRIVATE=yes\nPULLQUOTE_MACHINE=2/4\n'
    "PULLQUOTE_METRICS_PORT=9100\nPULLQUOTE_SERVER_ARTICLES=1_000\nPULLQUOTE_CONVERSATION_MINUTES=1e3\n"
    "PULLQUOTE_PERSON_ARTICLES=0\nPULLQUOTE_COOLDOWN=.5\nPULLQUOTE_LOG_LEVEL=DEBUG\nPULLQUOTE_LOG_FORMAT=json\n"
    "PULLQUOTE_LOG_QUESTIONS=off\n"
)
# The letters from L to ^ pick the settings, in their order.
_SETTINGS = (
    _ENV_FILE,
    "7V~\nW3/4\nX1/2\nYfalse\nZ/var/x\n[INFO\n\\text\nPULLQUOTE_MACHINE=9/9\n",
    "7La.txt\nMhttp://x\nNx.lance\nO5\nP6\nQ1\nR2\n",
    "5S30\nT12\nUru\n]true\n^80\nPULLQUOTE_COOLDOWN='a\nb'",
)


def _parts(package: Mapping[str, str]) -> tuple[bytes, ...]:
    """Every part of a package, as it is and made well-formed."""
    names = list(package)
    return tuple(bytes([n]) + package[names[n % len(names)]].encode() for i in range(len(names)) for n in (i, 128 + i))


SEEDS: Mapping[str, tuple[str | bytes, ...]] = {
    "text": (_STORY, _LINES),
    "markdown": (_MARKDOWN, _STORY),
    "html": (_HTML,),
    "coarse-html": (_HTML, f"<html xmlns='http://www.w3.org/1999/xhtml'>{BOOK['a.xhtml']}</html>"),
    "pdf": (_PDF,),
    "docx": (
        *_parts(DOCUMENT),
        b"\xc0" + b"\n".join(bytes([48 + n % 11]) + t for n, t in enumerate(_STORY.encode().split(b"\n"))),
    ),
    "epub": _parts(BOOK),
    "any-file": (_STORY.encode("utf-16"), _STORY.encode("cp1252"), b"PK\x03\x04", b"%PDF-1.4", b"\x1f\x8b\x08"),
    "feed": (_RSS, _ATOM),
    "decoding": (_STORY.encode("utf-16-le"), "<meta charset=koi8-r>\xff".encode("latin-1"), "žluť".encode("cp1250")),
    "lines": (_LINES,),
    "splitter": (_STORY, "Mr. J. Doe of the U.S. said: “No!” (See p. 5.) Then… he left.\n\n1. One. 2. Two?"),
    "analyzer": (_STORY, "U.S.-led 1,000.5 km/h don’t naïve Straße 北京 हिन्दी e-mail"),
    "question": ("Who is Ruth Akre?", "What costs 300,000 crowns, and who pays for it? <@123> When?"),
    "settings": _SETTINGS,
    "custom-ids": _IDS,
    "conversation": _TALK,
    "claims": _CLAIMS,
    "narrowing": ("0before:2021-07-31 who paid? after:2020 article:#3", "1vor:2021-07 Wer? Artikel:3", "02021-7"),
    "replies": tuple(f"{n}Who is Ruth Aker?\n{text}" for n, text in enumerate((_STORY, _MARKDOWN, _STORY))),
    "logs": ("said ~\nForged\x1b[31m ERROR bot.x: \u202e\u2028token=~", 'x" outcome=done ~ /webhooks/1/abc \\"'),
    "robots": (_ROBOTS, "\ufeffuser-agent:*\rdisallow:/"),
    "address": _ADDRESSES,
    "response": tuple(bytes([64 + n, 9 * n]) + b"koi8-r\n<p>" + _STORY[:200].encode("cp1252") for n in range(5)),
    "added": tuple(
        bytes([n]) + b"a.b\n" + text.encode() for n, text in enumerate((_STORY, _MARKDOWN, _HTML, _PDF, "0", "0"))
    ),
}
