"""What shows that a paragraph is page furniture: the numbers that the furniture model weighs.

Every number is of the paragraph itself, of its neighbours, or of the page. Words of the lexicons are the
generic words of web pages; nothing in them names a publisher.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_TERMINAL = re.compile(r"[.!?。！？؟।۔][\"'”’»)\]」』）]*$")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\])$")
_QUOTED = re.compile(r"“[^”]{1,2000}(?:”|$)|\"[^\"]{1,2000}(?:\"|$)")
_ADDRESS = re.compile(r"\b(?:you|your|yours|you're|you’re|you'll|you’ll)\b", re.IGNORECASE)
_OURSELVES = re.compile(r"\b(?:we|our|ours|us|we're|we’re|we've|we’ve)\b(?!\.)", re.IGNORECASE)
_MEDIA = re.compile(
    r"\b(?:journalis[mt]s?|journalistic|reporters?|reporting|newsrooms?|readers?|the stor(?:y|ies)|our stories"
    r"|editors?|coverage|facts"
    r"|news (?:outlets?|organi[sz]ations?|brands?)|subscribers?|supporters?|paywalls?|documentary|analysis"
    r"|messaging|fund(?:s|ed|ing)?"
    r"|support|trust(?:ed)?|independen(?:t|ce)|donation|billionaires?|shareholders|newspapers?|free press)\b",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"[|»«›‹•·→▸▶✓×©®™@#_]|https?:|www\.|[{}<>=]")

PHRASE = re.compile(
    r"""\b(?:
    notifications?\ (?:from|can|are|settings)|push\ notifications?|browser|cookies?|javascript|ad\ ?block(?:er|ers
      |ing)?
    | sign(?:ed|ing)?[\ -](?:up|in|out)|log(?:ged|ging)?[\ -]?(?:in|out)(?:\ (?:to|with|using|here|now))?
      |regist(?:er|ering)(?:\ (?:now|here|for\ free|today))
    | subscri(?:be|ber|bers|bing|ption|ptions)|unsubscribe|newsletters?|inbox|e-?mail\ address|e-?mail\ alerts?
      |password|your\ account
    | privacy\ (?:policy|notice|settings|rights)|terms\ (?:of|and|&)|user\ agreement|cookie\ policy
      |all\ rights\ reserved|rights\ reserved
    | copyright|registered\ trademark|powered\ by|sponsored|advertis(?:e|ement|ements|ing\ (?:policy|with))
      |paid\ (?:content|post)|affiliate
    | read\ (?:more|next|also|the\ full)|see\ (?:also|all|more)|view\ (?:all|more|comments|gallery)|show\ (?:more
      |less)|load\ more|learn\ more|find\ out\ more
    | related\ (?:articles?|stories|topics|content|posts?|news|coverage|links?)|most\ (?:read|popular|viewed|shared
      |commented|recent|discussed)
    | (?:more|stories|news|articles)\ (?:from|on\ this|like\ this|stories|news)|you\ (?:may|might
      |could)(?:\ also)?\ (?:like|be\ interested)|recommended|trending|editors?['’]?s?\ picks?|top\ stories
      |latest\ (?:news|stories|headlines|videos)|breaking\ news
    | share\ (?:this|on|via|article)|follow\ (?:us|@|on)|like\ us\ on|join\ (?:us|the\ conversation|our)
      |leave\ a\ (?:reply|comment)|post\ a\ comment|comments?\ (?:are|closed|policy|section|below)|view\ comments
      |required\ fields
    | click\ here|tap\ here|download\ (?:the|our)|(?:our|the)\ app\b|available\ on|app\ store|google\ play|skip\ to
      |back\ to\ (?:top|the\ top|home)|jump\ to|contact\ us|about\ us|site\ ?map|customer\ service
    | donat(?:e|ion|ions|ing)|(?:your|reader|readers['’]?)\ (?:support|contribution|generosity|help)|support\ (?:us
      |our|independent|quality|local)|contribut(?:e|ion)\ (?:to|from|today|now)|become\ a\ (?:member|supporter
      |subscriber|patron)|membership|pay\ ?walls?|unlimited\ access|free\ trial|cancel\ any\ ?time
      |gift\ subscription|one-time|premium
    | thank\ you\ for\ (?:registering|signing|subscribing|reading|your)|refresh\ (?:the|your|this)\ (?:page|browser)
      |automatically\ logged|for\ (?:more\ )?(?:information|details)|our\ (?:journalism|journalists|reporting
      |reporters|newsroom|coverage|readers|editors|mission|community|partners|site|website|terms|privacy)
    | stock\ quotes?|market\ data|delayed\ (?:at\ least|by)|information\ (?:you\ )?provided?|this\ site
      |this\ website|our\ use\ of|opt[\ -](?:in|out)
    | corrections?\ (?:policy|and)|complaints?|reprint|syndication|licen[sc]ing|republish|redistributed
      |external\ (?:sites|links)|not\ responsible
    | facebook|twitter|instagram|whatsapp|linkedin|pinterest|flipboard|tumblr|reddit|youtube|telegram|rss|bluesky
      |threads|tiktok|snapchat|messenger
    )\b|©""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that serve the page: accounts, cookies, sharing, links to other stories, appeals."""

_NAV_WORDS = frozenset(
    """
    home news world uk us business politics sport sports tech technology science health culture entertainment arts
    music film films movies tv books travel food style life lifestyle fashion beauty opinion columnists editorials
    letters video videos photos gallery galleries pictures audio podcasts podcast weather jobs cars autos property
    money finance markets crime education environment climate games puzzles crosswords horoscopes obituaries
    classifieds events magazine archive archives local national international regional latest more menu search close
    skip share print email save copy link comments comment reply like tweet tags tag topics topic related trending
    popular recommended contact about us help faq faqs careers advertise advertising terms privacy policy cookies
    cookie sitemap login log in out sign up register subscribe subscription subscriptions newsletter newsletters
    account profile settings edition app apps mobile shop store deals blog blogs authors staff team press media
    company legal accessibility feedback next previous prev back top all view see show hide watch live listen follow
    facebook twitter instagram youtube linkedin pinterest whatsapp reddit google rss feed submit cancel ok yes no
    january february march april may june july august september october november december mon tue wed thu fri sat
    sun ad ads advertisement sponsored promoted partner partners image caption credit photo source loading error
    page continue reading article story stories main navigation toggle expand collapse open site content header
    footer logo breaking
    """.split()
)
CAPTION = re.compile(
    r"\((?:[^()]{0,80}\b)?(?:photo|photos|image|images|picture|pictures|credit|copyright|courtesy|getty|reuters"
    r"|ap|afp|epa|file|pa|via"
    r"|©)\b[^()]{0,80}\)|\b(?:getty images|ap photo|afp photo|(?:photo|image|picture|photograph|illustration"
    r"|credit|video|graphic)s?"
    r"(?: (?:by|credit|courtesy|source|via))?\s*:|image (?:caption|source|copyright)|media caption|file (?:photo"
    r"|image|picture)"
    r"|photo (?:by|courtesy)|pictured(?: (?:left|right|above|below|here|in))|courtesy of)",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"(?:share|related|most (?:read|popular|viewed)|more (?:from|on|in|stories|news)|read (?:more|next)"
    r"|recommended|trending|comments?"
    r"|leave a|tags?|topics?|filed under|categories|about the author|you (?:may|might)|popular|latest|top stories"
    r"|newsletter"
    r"|sign up|subscribe|advertisement|sponsored|from our partners|around the web|up next|next|previous"
    r"|editor'?s? picks|also (?:read|see)"
    r"|don't miss|see also|trending|contact|follow|copyright|©|thank you for|discussion|join the|similar|photos:"
    r"|gallery)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"\b(?:said|says|told|according to|added|tweeted|announced|wrote|asked|reported|explained)\b", re.IGNORECASE
)

NAMES = (
    "log_words", "words_1_2", "words_3_5", "words_6_9", "words_10_15", "words_16_30", "words_31",
    "terminal", "ellipsis", "colon", "lower_share", "digit_share", "quoted", "speaker",
    "phrases", "phrase_rate", "nav_share", "you_rate", "we_rate", "appeal", "media", "media_we", "symbol_rate",
    "caption", "twin", "prefix_twin",
    "topical", "first_line", "after_blank", "before_blank", "list_length",
    "prose_before", "prose_after", "window_3", "window_8", "distance_before", "distance_after",
    "phrases_3", "marks_since", "in_main", "before_main", "after_main", "main_share", "place",
    "page_short", "page_phrases", "page_size", "main_size", "of_main", "share_2", "share_5", "alone",
)  # fmt: skip
"""What each number is, in order; `bench/train_furniture.py` prints the model by these names."""


class _Traits:
    """The plain facts of one paragraph, read off its text once."""

    __slots__ = ("caption", "content", "count", "lower", "mark", "media", "nav", "ours", "phrases", "prose", "quoted",
                 "speaker",                  "terminal", "text", "you")  # fmt: skip

    def __init__(self, text: str) -> None:
        head = text[:3_000]
        words = _WORD.findall(head)
        self.text = head
        self.count = len(words)
        self.terminal = bool(_TERMINAL.search(text[-6:]))
        self.lower = sum(w[0].islower() for w in words) / self.count if words else 0.0
        if not head.isascii() and (caseless := len(_CASELESS.findall(head))) > 0.3 * len(head):
            # Scripts without capitals; those without spaces have about two characters a word.
            self.lower = 0.8
            self.count += len(_UNSPACED.findall(head)) // 2 if caseless else 0
        self.nav = sum(w.casefold() in _NAV_WORDS for w in words) / self.count if words else 1.0
        self.phrases = len(PHRASE.findall(head))
        self.caption = bool(CAPTION.search(head))
        self.mark = self.count <= 8 and _END_MARK.match(head) is not None
        self.quoted = '"' in head or "“" in head
        self.speaker = _SPEAKER.search(head) is not None
        outside = _QUOTED.sub(" ", head) if self.quoted else head
        self.media = len({word.casefold() for word in _MEDIA.findall(outside)})
        self.you = len(_ADDRESS.findall(outside))
        self.ours = len(_OURSELVES.findall(outside))
        self.content = {w.casefold() for w in words if len(w) > 3}
        self.prose = 0.0
        if self.count >= 8 and (self.terminal or self.count >= 25) and self.lower > 0.4:
            self.prose = self.count / (1.0 + self.phrases + 2.0 * self.caption)


def _main_stretch(traits: Sequence[_Traits]) -> tuple[int, int]:
    """The stretch of paragraphs that gathers most prose at least cost; (first, behind the last)."""
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, t in enumerate(traits):
        gain = t.prose if t.prose >= 6 else -6.0 - 4.0 * t.phrases - 6.0 * t.mark
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if total > best:
            best, best_span = total, (start, i + 1)
    return best_span


def _distances(traits: Sequence[_Traits]) -> list[float]:
    """Paragraphs since the last prose, for every paragraph; 30 at most."""
    found, since = [], 30.0
    for t in traits:
        found.append(since)
        since = 1.0 if t.prose >= 10 else min(30.0, since + 1.0)
    return found


def _marks_since(traits: Sequence[_Traits]) -> list[float]:
    """Section marks of a page ("Related", "Comments") since the last three paragraphs of prose; 5 at most."""
    found: list[float] = []
    marks, run = 0.0, 0
    for t in traits:
        run = run + 1 if t.prose >= 10 else 0
        if run >= 3:
            marks = 0.0
        found.append(min(marks, 5.0))
        marks += t.mark or (t.nav >= 0.5 and t.count <= 4)
    return found


def _list_lengths(after_blank: Sequence[bool]) -> list[int]:
    """How many lines stand together without a blank line, for every line."""
    lengths: list[int] = []
    start = 0
    for i in range(1, len(after_blank) + 1):
        if i == len(after_blank) or after_blank[i]:
            lengths.extend([i - start] * (i - start))
            start = i
    return lengths


@dataclass(frozen=True, slots=True)
class Description:
    """A page in numbers.

    Attributes:
        rows: for every paragraph, one number a name in `NAMES`.
        prose: for every paragraph, its words if it reads like a story, else 0.
        main: (first, behind the last) paragraph of the stretch that gathers most prose.
    """

    rows: list[list[float]]
    prose: list[float]
    main: tuple[int, int]


def describe(texts: Sequence[str], after_blank: Sequence[bool]) -> Description:
    """Describe every paragraph of a page.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        the numbers. Linear in the length of the page.
    """
    traits = [_Traits(text) for text in texts]
    size = len(traits)
    twins = Counter(t.text for t in traits)
    vocabulary: Counter[str] = Counter()
    for t in traits:
        if t.prose >= 10:
            vocabulary.update(t.content)
    first, behind = _main_stretch(traits)
    prose_words = sum(t.prose for t in traits) or 1.0
    main_words = sum(t.prose for t in traits[first:behind])
    title = traits[0].content if traits else set()
    before, after = _distances(traits), _distances(traits[::-1])[::-1]
    marks, lists = _marks_since(traits), _list_lengths(after_blank)
    short = sum(t.count < 6 and not t.terminal for t in traits) / max(1, size)
    phrased = sum(t.phrases > 0 for t in traits) / max(1, size)
    main_vocabulary: Counter[str] = Counter()
    for t in traits[first:behind]:
        main_vocabulary.update(t.content)
    prose_count = [0]
    for t in traits:
        prose_count.append(prose_count[-1] + (t.prose >= 8))
    cumulated = [0.0]
    for t in traits:
        cumulated.append(cumulated[-1] + min(t.prose, 60.0))
    rows: list[list[float]] = []
    for i, t in enumerate(traits):
        n = t.count
        own = 1 if t.prose >= 10 else 0
        rest = [w for w in t.content if vocabulary[w] > own]
        inside = 1 if first <= i < behind else 0
        of_main = sum(main_vocabulary[w] > inside for w in t.content) / (2 + len(t.content))
        shares = [
            (prose_count[min(size, i + k + 1)] - prose_count[max(0, i - k)]) / (min(size, i + k + 1) - max(0, i - k))
            for k in (2, 5)
        ]
        alone = (i == 0 or traits[i - 1].prose < 8) and (i + 1 == size or traits[i + 1].prose < 8)
        near = range(max(0, i - 3), min(size, i + 4))
        previous_text = traits[i - 1].text if i else ""
        next_text = traits[i + 1].text if i + 1 < size else ""
        stem = t.text[:25]
        rows.append([
            math.log1p(n), float(n <= 2), float(3 <= n <= 5), float(6 <= n <= 9), float(10 <= n <= 15),
            float(16 <= n <= 30), float(n > 30), float(t.terminal), float(bool(_ELLIPSIS.search(t.text[-4:]))),
            float(t.text.endswith(":")), t.lower, sum(c.isdigit() for c in t.text[:200]) / (1 + min(200, len(t.text))),
            float(t.quoted), float(t.speaker), min(4.0, t.phrases), t.phrases / (1 + n), t.nav,
            t.you / (5 + n), t.ours / (5 + n), float(t.phrases > 0 and t.you + t.ours > 0),
            min(4.0, t.media), min(4.0, t.media) * (t.ours + t.you > 0),
            len(_SYMBOL.findall(t.text[:500])) / (3 + n), float(t.caption),
            float(twins[t.text] > 1), float(n >= 2 and (previous_text.startswith(stem) or next_text.startswith(stem))),
            len(rest) / (1 + len(t.content)), len(t.content & title) / (1 + len(title)) if i else 0.0,
            float(after_blank[i]), float(i + 1 == size or after_blank[i + 1]), math.log1p(lists[i]),
            min(60.0, traits[i - 1].prose) if i else 0.0, min(60.0, traits[i + 1].prose) if i + 1 < size else 0.0,
            cumulated[min(size, i + 4)] - cumulated[max(0, i - 3)],
            cumulated[min(size, i + 9)] - cumulated[max(0, i - 8)],
            before[i], after[i], sum(min(2, traits[j].phrases) for j in near if j != i), marks[i],
            float(first <= i < behind), float(min(20, max(0, first - i))), float(min(20, max(0, i - behind + 1))),
            main_words / prose_words, (i + 0.5) / size, short, phrased, math.log1p(size), math.log1p(main_words),
            of_main, shares[0], shares[1], float(alone),
        ])  # fmt: skip
    return Description(rows, [t.prose for t in traits], (first, behind))
