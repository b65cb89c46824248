"""Words that stand for one another, words that are opposites, and words that say little; for news in English.

Written by hand, general knowledge, taken from no data set.
"""

from functools import cache

from bot.ranking.synonyms import synonyms
from index.analyzer import STOP_WORDS, terms

_OPPOSITES = """
win:lose victory:defeat winner:loser gain:loss raise:lower,cut accept:reject,refuse agree:disagree,refuse
allow:forbid,ban,prohibit,prevent approve:reject support:oppose succeed:fail success:failure open:close begin:end
start:stop,end begin:stop good:bad,poor,tense better:worse best:worst strong:weak strengthen:weaken
safe:dangerous,unsafe peaceful:violent war:peace friend:enemy ally:enemy,foe legal:illegal guilty:innocent
convict:acquit arrest:release,free arrive:leave,depart enter:leave join:leave,quit advance:retreat,withdraw
attack:defend buy:sell hire:fire higher:lower more:less,fewer largest:smallest biggest:smallest large:small
big:small rich:poor early:late first:last before:after above:below inside:outside import:export
praise:criticize,condemn love:hate confirm:deny admit:deny stable:unstable stability:instability
stabilize:destabilize calm:tense improve:worsen alive:dead survive:die build:destroy appoint:dismiss hot:cold
warm:cold fast:slow rapid:slow swift:slow expensive:cheap public:secret,private optimistic:pessimistic
majority:minority unite:divide military:civilian foreign:domestic expel:admit remember:forget easy:difficult,hard
possible:impossible ready:unready,unwilling,reluctant willing:unwilling,reluctant likely:unlikely
temporary:permanent
"""

_UP = "rise grow increase climb soar surge jump expand".split()
_DOWN = "fall shrink decrease decline drop reduce plunge halve".split()
_SEASONS = "summer winter spring autumn".split()
_DIRECTIONS = {
    "north": "north", "northern": "north", "south": "south", "southern": "south", "east": "east",
    "eastern": "east", "west": "west", "western": "west",
}  # fmt: skip

_SAME = """
moscow:kremlin,russia kremlin:russia washington:us,america beijing:china london:britain paris:france berlin:germany
tehran:iran ankara:turkey kabul:afghanistan islamabad:pakistan delhi:india brussels:eu kyiv:ukraine tokyo:japan
u.s.:us,america,american usa:us,america united_states:us uk:britain,british soviet:ussr
"""

_ALIKE = """
mobilise mobilize summon conscript draft call
soil territory land ground
base garrison
win gain advance victory
reinforce strengthen bolster fortify
compete vie rival contend
latest last recent
bloc alliance
capacity resource capability
surge advance offensive gain
visit come arrive
go travel fly
settlement solution deal
answer response respond react reply
readiness ready prepared willing
factions side group
vow promise assure assurance guarantee pledge
press urge push
invader invade invasion
withdraw withdrawal pullout exit leave
feud quarrel
destabilise destabilize shake
reach contact approach
neighbor neighbour
brand label designate
voice express
receive meet welcome
drive force push
flee escape
find notice discover spot
host hold
danger threat risk peril
"""

_FORMS = """
become:became begin:began,begun break:broke,broken bring:brought build:built buy:bought catch:caught
choose:chose,chosen deal:dealt draw:drew,drawn drive:drove,driven eat:ate,eaten fall:fell,fallen feel:felt
fight:fought find:found flee:fled fly:flew,flown forbid:forbade,forbidden forget:forgot,forgotten
freeze:froze,frozen get:got give:gave,given go:went,gone grow:grew,grown hear:heard hide:hid,hidden hold:held
keep:kept know:knew,known lay:laid lead:led leave:left lend:lent lose:lost make:made mean:meant meet:met pay:paid
ride:rode,ridden rise:rose,risen run:ran see:saw,seen seek:sought sell:sold send:sent shake:shook,shaken shoot:shot
show:shown shrink:shrank,shrunk sink:sank,sunk speak:spoke,spoken spend:spent stand:stood steal:stole,stolen
strike:struck swear:swore,sworn swim:swam,swum take:took,taken teach:taught tear:tore,torn think:thought
throw:threw,thrown understand:understood wear:wore,worn win:won withdraw:withdrew,withdrawn write:wrote,written
overthrow:overthrew,overthrown die:dead come:came do:done tell:told
"""
_LIGHT = """
act serve last happen occur take place go come get make include involve remain keep put set be become seem appear
bring time people thing way kind sort lot number part side year month week day around use have hold do during own
new old big good well really actually basically currently recently already still even ever though however moreover
claim claimed state stated tell told announce announced reported news write wrote according quote quoted mention add
added speak spoke declare declared say said source official guy guys apparently consider considered want continue
try start
"""


def _stem(word: str) -> str:
    found = terms(word.replace("_", " "))
    return found[0] if found else word


@cache
def _bases() -> dict[str, str]:
    """Term of an irregular form -> term of its verb."""
    found = {}
    for entry in _FORMS.split():
        base, _, forms = entry.partition(":")
        found.update({_stem(form): _stem(base) for form in forms.split(",")})
    return found


def base(term: str) -> str:
    """The term of the verb that a term is an irregular form of; else the term itself."""
    return _bases().get(term, term)


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Term -> the terms that are its opposites; symmetric."""
    found: dict[str, set[str]] = {}
    for entry in _OPPOSITES.split():
        one, _, others = entry.partition(":")
        for other in others.split(","):
            a, b = _stem(one), _stem(other)
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    for words, against in ((_UP, _DOWN), (_DOWN, _UP)):
        for word in words:
            found.setdefault(_stem(word), set()).update(map(_stem, against))
    for season in _SEASONS:
        found.setdefault(_stem(season), set()).update(_stem(other) for other in _SEASONS if other != season)
    for one, direction in _DIRECTIONS.items():
        found.setdefault(_stem(one), set()).update(_stem(w) for w, d in _DIRECTIONS.items() if d != direction)
    return {term: frozenset(others - {term}) for term, others in found.items()}


@cache
def directions() -> frozenset[str]:
    """Terms of the points of the compass."""
    return frozenset(_stem(word) for word in _DIRECTIONS)


@cache
def seasons() -> frozenset[str]:
    """Terms of the seasons."""
    return frozenset(map(_stem, _SEASONS))


@cache
def alike() -> dict[str, frozenset[str]]:
    """Term -> terms that may stand in its place; the ranker's near-synonyms and some more."""
    found: dict[str, set[str]] = {}
    for term, others in synonyms().items():
        found.setdefault(base(term), set()).update(map(base, others))
    for line in _ALIKE.strip().splitlines():
        group = {_stem(word) for word in line.split() if word not in STOP_WORDS}
        for term in group:
            found.setdefault(term, set()).update(group - {term})
    opposed = opposites()
    return {term: frozenset(others - opposed.get(term, frozenset())) for term, others in found.items()}


@cache
def namesakes() -> dict[str, frozenset[str]]:
    """Term of a name -> terms of names for the same power: a capital and its country."""
    found: dict[str, set[str]] = {}
    for entry in _SAME.split():
        one, _, others = entry.partition(":")
        for other in others.split(","):
            a, b = _stem(one), _stem(other)
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return {term: frozenset(others) for term, others in found.items()}


@cache
def light() -> frozenset[str]:
    """Terms that say little about what a sentence states."""
    stems = {_stem(word) for word in _LIGHT.split()}
    return frozenset(stems | {form for form, verb in _bases().items() if verb in stems})


SAYING = frozenset(
    _stem(w)
    for w in "said say says told tell reported report reports report quote quoted announce announced wrote write claim "
    "claimed stated state declare declared add added according cite cited".split()
) | {"said", "say", "says", "report"}
"""Terms of verbs of speech, whose subject is a source."""

AGENCIES = frozenset(
    "reuters interfax tass afp ap bbc cnn bloomberg xinhua ria novosti itar sputnik dpa efe ansa kyodo yonhap "
    "aljazeera jazeera guardian times post".split()
)
"""Names of news agencies and papers, lower case, that at the start of a sentence look like any word."""
