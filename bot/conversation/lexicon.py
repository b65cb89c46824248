"""Small closed lists of English: what leads, joins, points back, and what a noun is. General knowledge, by hand."""

from bot.english.gazetteer import GROUP_NOUNS, HONORIFICS, PLACE_NOUNS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUXILIARIES = _words(
    "is are was were am has have had will would can could may might must shall should does do did "
    "isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't mustn't shouldn't doesn't don't "
    "didn't"
)
BE = _words("is are was were am isn't aren't wasn't weren't")
DO = _words("do does did don't doesn't didn't")
DETERMINERS = _words("the a an this that these those its his her their our my your some any no every each another all")
PREPOSITIONS = _words(
    "in on at by for to from with of about since until till under after before during through against into between "
    "over near across toward towards without within among amid around behind beside beyond despite inside outside "
    "off onto throughout upon via per than as like"
)
QUESTION_WORDS = _words("who whom whose what which when where why how")
ADJUNCT_WORDS = _words("when where why how")
PARTICLES = _words("up out off down on over back away in along")
JOINTS = _words("that if whether because when while although though who which to after before since as so and or but")
"""Words that open a clause, so that a pronoun behind them may stand for something before them."""

SAYING = _words(
    "say says said tell tells told claim claims claimed add adds added think thinks thought believe believes believed "
    "announce announces announced argue argues argued write wrote state states stated warn warns warned suggest "
    "suggests suggested mention mentions mentioned insist insists insisted report reports reported explain explains "
    "explained declare declared promise promised"
)

PERSON_NOUNS = (
    HONORIFICS
    | _words(
        """
    man woman boy girl person child husband wife father mother son daughter brother sister actor actress singer writer
    spokesman spokeswoman spokesperson chairman chairwoman president minister director manager founder owner teacher
    student farmer resident witness doctor nurse scientist researcher engineer analyst economist lawyer coach player
    journalist reporter editor activist official commander soldier deckhand sailor pilot driver victim suspect winner
    candidate mayor governor king queen prince princess pope head chief leader envoy ambassador diplomat neighbor
    neighbour guard keeper expert critic historian professor biologist veterinarian curator architect artist musician
    novelist poet chef baker fisherman firefighter officer deputy captain skipper worker volunteer visitor passenger
    aunt uncle niece nephew cousin grandmother grandfather widow widower bride groom locksmith painter restorer cleaner
    prosecutor thief customer warden inspector waiter waitress nun monk priest bishop sculptor composer architect
    carpenter plumber electrician mechanic gardener butcher tailor shopkeeper landlord tenant refugee migrant survivor
    hunter climber runner athlete striker goalkeeper inventor chemist physicist astronomer archaeologist geologist
    """
    )
) - _words("gen rep sen general maj lt")
COLLECTIVE_NOUNS = GROUP_NOUNS | _words(
    "delegation crew couple team family band staff company firm public crowd troop group bloc movement insurgency "
    "militia majority minority audience leadership operator airline publisher manufacturer newspaper union jury"
)
PLURALS = _words("people men women children troops police taliban officials both others parents forces authorities")
NOT_PLURAL = _words("news series species crisis basis gas bus boss press congress address access loss business process")
TIME_NOUNS = _words(
    "year month day week weekend date time hour morning evening night afternoon century decade summer winter spring "
    "autumn season age period monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"
)
EVENT_NOUNS = _words(
    "vote election referendum match game final trial meeting debate summit talks visit concert festival ceremony "
    "wedding funeral release launch opening closing start end beginning deadline strike attack crash accident "
    "explosion fire storm war battle withdrawal landing flight voyage anniversary hearing verdict conference "
    "exhibition auction race tournament season protest demonstration march rally raid merger takeover performance "
    "premiere parade"
)
"""Nouns of which "when" may be asked: "When is the referendum?"."""
PLACE_HEADS = PLACE_NOUNS | _words(
    "base country nation border capital region area site place room house building headquarters school library village "
    "embassy mission farm factory mine plant reef shore coast field zone territory land island ship ferry town"
)
ABSTRACT_ADJECTIVES = _words(
    "true clear possible likely known legal right wrong safe important necessary easy hard common normal certain "
    "important useful unusual enough worth fair believed thought said reported expected"
)

FEMALE = _words(
    """
    alice amanda amy andrea angela anna anne barbara carol caroline catherine charlotte christina claire deborah diana
    donna dorothy elena elizabeth emily emma eva fatima heather helen hillary jackie jane janet jean jennifer jessica
    joan judith julia julie karen kate katherine kelly laura lauren linda lisa louise lucy margaret maria marie martha
    mary michelle nancy natalie nicole pamela patricia rachel rebecca rosa ruth sandra sara sarah sharon sophia sophie
    stephanie susan teresa tracy vanessa victoria aino marta ingrid astrid sofia olga irina natalia svetlana tatiana
    anita grace hannah chloe zoe olivia mia ella amelia isabella leila layla aisha amina mariam priya mei yuki keiko
    elin freya greta hanna ida ines isabel josephine katrin kristin lena lina lucia maja matilda nadia nina nora
    paula petra renata rita silvia simone tina ursula vera wanda yasmin
    """
)
MALE = _words(
    """
    aaron abdul abdullah abraham adam ahmed alan albert alexander ali andrew andy anthony antonio arthur barack benjamin
    bernard bill bob boris brian bruce carl carlos charles christopher craig dan daniel david dennis dick donald douglas
    ed edward eric evan felipe fernando frank frederick gary george gerald gordon graham greg gregory hans harold harry
    hassan henry howard hugo hussein ian ibrahim isaac ivan jack jacob james jason jay jeff jeffrey jim jimmy joe john
    johnny jonathan jorge jose joseph joshua juan justin karl keith ken kenneth kevin larry lawrence leo leonard louis
    luis luke mario mark martin matt matthew michael miguel mike mohamed mohammad mohammed muhammad nathan neil nicholas
    nick oliver oscar patrick paul pedro peter phil philip ralph raymond richard rick robert roberto roger ron ronald
    ross roy russell ryan salman sam samuel scott sean sergei sergey simon stephen steve steven stuart ted theodore
    thomas tim timothy tom tomas tony victor vincent vladimir walter wayne william yusuf zachary zamir henrik jonas lars
    erik olav sven nils jan piotr pavel dmitri dmitry igor mikhail nikolai oleg yuri omar khalid kofi kwame raj ravi
    hiroshi kenji wei ming giovanni marco paolo luca pierre jacques francois
    """
)
FEMALE_WORDS = _words(
    "mrs ms miss she her hers herself woman girl mother wife daughter sister actress queen princess spokeswoman "
    "chairwoman congresswoman lady dame aunt niece grandmother widow bride nun waitress heroine "
    "businesswoman policewoman"
)
MALE_WORDS = _words(
    "mr sir he him his himself man boy father husband son brother actor king prince spokesman chairman congressman "
    "lord fisherman pope uncle nephew grandfather widower groom monk businessman policeman fireman"
)
