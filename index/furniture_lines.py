"""One paragraph of a page in plain facts: the words of its lexicons that it holds, its form, what it starts like.

Words of the lexicons are the generic words of web pages; nothing in them names a publisher.
"""

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_TERMINAL = re.compile(r"[.!?。！？؟।۔][\"'”’»)\]」』）]*$")
ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\])$")
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
SYMBOL = re.compile(r"[|»«›‹•·→▸▶✓×©®™@#_]|https?:|www\.|[{}<>=]")

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
_TWEET = re.compile(r"^[—–-]{1,2}\s?.{1,80}\(@\w+\)|\(@\w{2,20}\)\s+\w+ \d{1,2}, \d{4}$")
"""How an embedded post is signed: "— Jane Doe (@jane) November 19, 2019"."""

_AGO = re.compile(
    r"\b(?:\d+|an?|one|two|few)\s*(?:s|m|h|d|w|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?)\.?\s+ago\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATED = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}\b|\b{_MONTH}\.?\s+\d{{1,2}}\b"
    r"|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|reported|words|text) )?(?:by|via|author)\b:?\s+(?-i:[A-Z])", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:about|contacts?|(?:media|press|investor)s? (?:contacts?|relations|inquiries|enquiries)|for (?:more|further)"
    r" information|notes? to editors?|forward[- ]looking|disclaimer|disclosure|source)\b",
    re.IGNORECASE,
)
"""How the lines start that close a release, or that introduce an author."""

_COMMENTS = re.compile(
    r"(?:\d+\s+)?(?:comments?|repl(?:y|ies)|responses?|thoughts? on|leave a (?:reply|comment)|log in to (?:reply"
    r"|comment)|post a comment|add a comment|join the (?:conversation|discussion)|view (?:all )?comments?)\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS = frozenset(
    """
    the a an of to in and for on that is was with as at by it from be his her he she they are were has have had not
    but this which who said will their its or been after about when than more one would into over also could there
    out up if i you we
    """.split()
)


class Line:
    """The plain facts of one paragraph, read off its text once.

    Attributes that are not plain from their names: `lower`, `nav`: shares of the words, in [0, 1]; `content`: the
    words of four letters and more; `mark`: a section mark of a page ("Related"); `prose`: its words if it reads like
    a story, less for every phrase of the page, else 0; `link_like`: as long as a headline and without an end mark.
    """

    __slots__ = ("about", "ago", "byline", "caption", "commas", "comments", "content", "count", "dated", "function",
                 "link_like", "lower", "mark", "media", "nav", "ours", "phrases", "prose", "quoted", "speaker",
                 "terminal", "text", "tweet", "you")  # fmt: skip

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
        n = self.count
        self.link_like = 4 <= n <= 18 and not self.terminal
        self.tweet = n <= 25 and _TWEET.search(head) is not None
        self.ago = n <= 8 and _AGO.search(head) is not None
        self.dated = n <= 9 and _DATED.search(head) is not None
        self.byline = n <= 12 and _BYLINE.match(head) is not None
        self.about = n <= 8 and _ABOUT.match(head) is not None
        self.comments = n <= 8 and _COMMENTS.match(head) is not None
        self.commas = head.count(",") / max(1, len(words))
        self.function = sum(w.lower() in _FUNCTION_WORDS for w in words) / (2 + len(words))
