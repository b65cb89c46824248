"""Verbs of a question: which word of it is the verb, and its past."""

from functools import cache

from bot.english.inflection import base_of

_MORE_PASTS = (
    "cost:cost hurt:hurt bend:bent bind:bound bite:bit bleed:bled blow:blew breed:bred cast:cast choose:chose "
    "cling:clung "
    "creep:crept dig:dug feed:fed flee:fled hang:hung kneel:knelt lie:lay quit:quit shine:shone shrink:shrank "
    "slide:slid split:split spring:sprang stick:stuck sting:stung swing:swung weave:wove wind:wound arise:arose "
    "bear:bore beat:beat bet:bet burst:burst light:lit have:had do:did be:was"
)
_PASTS = {
    base: past
    for entry in (
        "become:became begin:began break:broke bring:brought build:built buy:bought catch:caught come:came cut:cut "
        "deal:dealt draw:drew drive:drove eat:ate fall:fell feel:felt fight:fought find:found fly:flew forbid:forbade "
        "forget:forgot freeze:froze get:got give:gave go:went grow:grew hear:heard hide:hid hit:hit hold:held "
        "keep:kept "
        "know:knew lay:laid lead:led leave:left lend:lent let:let lose:lost make:made mean:meant meet:met pay:paid "
        "put:put read:read ride:rode ring:rang rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent "
        "set:set shake:shook shoot:shot show:showed shut:shut sing:sang sink:sank sit:sat sleep:slept speak:spoke "
        "spend:spent spread:spread stand:stood steal:stole strike:struck swear:swore sweep:swept swim:swam take:took "
        f"teach:taught tear:tore tell:told think:thought throw:threw understand:understood wake:woke wear:wore win:won "
        f"withdraw:withdrew write:wrote overthrow:overthrew undertake:undertook {_MORE_PASTS}"
    ).split()
    for base, _, past in [entry.partition(":")]
}
_BASES = {past: base for base, past in _PASTS.items()}

_COMMON = frozenset(
    """
    accept accuse achieve act add admit adopt affect agree aim allow announce answer appear appoint approve argue arrest
    arrive ask assure attack attend avoid back ban believe belong blame block board boost borrow call cancel capture
    care carry cause celebrate change charge check claim close collapse collect compare complain complete confirm
    consider consist contain continue contribute control cost cover crash create criticize cross damage decide declare
    decline defeat defend delay deliver demand deny depend describe design destroy develop die disappear discover
    discuss dismiss dominate double drop drown earn elect employ encourage end enjoy enter escape estimate evacuate
    examine exist expand expect explain explode express face fail fear fill finance fine finish fire fix flee focus
    follow force form found fund gain guard guarantee happen harm hate help hire hope hurt identify improve include
    increase inform injure insist inspect install intend introduce invest investigate invite involve issue join judge
    jump kill label labor land last launch learn like limit link list live locate look love maintain manage mark
    matter measure mediate mention miss move name need negotiate note notice obtain occur offer open operate oppose
    order organize own pass pay persuade plan plant play please pledge predict prefer prepare present press prevent
    produce promise propose protect protest prove provide publish pull pursue push question raise reach react realize
    receive recognize recommend record recover reduce refuse reject release rely remain remember remove rename rent
    repair repeat replace report represent request require rescue resign respond rest restore result retire return
    reveal sail save schedule search secure seem serve settle share shelter shift sign smuggle solve speak sponsor stage
    start state stay stop study succeed suffer suggest supply support suppose surprise surrender surround survive
    suspect suspend talk target threaten touch trade train transform translate travel treat trust try turn urge use
    value vanish violate visit voice vote vow wait walk want warn wash watch weigh welcome wish withdraw witness work
    worry wound
    adopt advise apologize assist assume attach attempt attract award bake bring burn calculate campaign capture
    challenge circulate clash clear climb coach collide combine command comment commit commute compete compose concede
    conclude condemn conduct connect construct consume contact contest convict convince cook coordinate cope copy count
    crack criticise dance date debate deepen delete deploy deserve detect deter dig direct disagree disrupt distribute
    divide drain dry edit eliminate embrace emerge emit employ enable endorse enforce engage enlarge ensure evolve
    exceed
    exclude excuse exhibit expel experience exploit explore export extend extinguish favor favour film fish flood fold
    gather generate govern grant greet gross guess guide halt hand handle harvest head heal host house hunt ignore
    illustrate imagine implement imply import impose impress imprison incur indicate induce infect inherit injure
    insult integrate interview invent inspire jail justify kick kiss knock lack lift lobby lock lower marry merge
    migrate
    modify monitor mourn nominate object observe occupy overcome owe park participate persist pick pilot plead pour
    praise preserve privatise proceed process prompt pronounce prosecute punish purchase quote race rank rate recall
    reckon reconnect reduce refer reform refuse register regret reject relate relax relocate remind renew reopen replace
    reply research resist respect retain retreat reunite review reward rise risk rob row rule sack sail sample sanction
    scale scare score screen seal seat seize select sentence separate shock shout sink skip slow smile smoke specify
    spot
    stabilise stage stick store strengthen stress struggle submit substitute sue sum surge sustain swap switch tackle
    taste tax tend tender test thank tie tip toast top total tour trace track trap tremble unveil upset urge vanish
    vary venture view volunteer weaken yield
    """.split()
)


def is_base(word: str) -> bool:
    """Whether a word is the base form of a common verb; many of them are nouns as well."""
    return word in _COMMON or word in _PASTS


def base(verb: str) -> str | None:
    """The base form of a finite verb ("fled" -> "flee", "plans" -> "plan"), or None where it is none."""
    if verb in _BASES:
        return _BASES[verb]
    if verb.endswith("s") and not verb.endswith("ss"):
        for stem in (verb[:-1], verb[:-2], verb[:-3] + "y"):
            if is_base(stem):
                return stem
    if verb.endswith("ed"):
        for stem in (verb[:-1], verb[:-2], verb[:-3] + "y", verb[:-3]):
            if stem in _COMMON:
                return stem
    return base_of(verb)


@cache
def past(verb: str) -> str:
    """The past of a base form ("call" -> "called", "flee" -> "fled")."""
    if verb in _PASTS:
        return _PASTS[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    doubled = (
        "ban",
        "plan",
        "stop",
        "drop",
        "refer",
        "admit",
        "prefer",
        "commit",
        "occur",
        "step",
        "trap",
        "drag",
        "ship",
    )
    return verb + verb[-1] + "ed" if verb in doubled else verb + "ed"
