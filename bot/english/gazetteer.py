"""Small word lists that tell a place, a person and a day from other words in capitals.

Written by hand for news in English; general knowledge, taken from no data set. They are hints for a score, so a
missing entry costs a little and breaks nothing.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NATIONS = """
afghanistan:afghan,afghans albania:albanian algeria:algerian angola:angolan argentina:argentine,argentinian
armenia:armenian australia:australian austria:austrian azerbaijan:azerbaijani bahrain:bahraini
bangladesh:bangladeshi belarus:belarusian belgium:belgian bolivia:bolivian bosnia:bosnian brazil:brazilian
britain:british,briton,britons bulgaria:bulgarian burma:burmese cambodia:cambodian cameroon:cameroonian
canada:canadian chad:chadian chile:chilean china:chinese colombia:colombian congo:congolese croatia:croatian
cuba:cuban cyprus:cypriot denmark:danish,dane,danes ecuador:ecuadorian egypt:egyptian england:english
estonia:estonian ethiopia:ethiopian europe:european finland:finnish,finn france:french gaza:gazan
georgia:georgian germany:german ghana:ghanaian greece:greek guatemala:guatemalan guinea:guinean haiti:haitian
honduras:honduran hungary:hungarian iceland:icelandic india:indian indonesia:indonesian iran:iranian
iraq:iraqi ireland:irish israel:israeli italy:italian jamaica:jamaican japan:japanese jordan:jordanian
kazakhstan:kazakh kenya:kenyan korea:korean kosovo:kosovar kuwait:kuwaiti kyrgyzstan:kyrgyz laos:laotian
latvia:latvian lebanon:lebanese liberia:liberian libya:libyan lithuania:lithuanian macedonia:macedonian
malawi:malawian malaysia:malaysian mali:malian mexico:mexican moldova:moldovan mongolia:mongolian
morocco:moroccan mozambique:mozambican myanmar:burmese namibia:namibian nepal:nepali,nepalese
netherlands:dutch nicaragua:nicaraguan niger:nigerien nigeria:nigerian norway:norwegian pakistan:pakistani
palestine:palestinian panama:panamanian paraguay:paraguayan peru:peruvian philippines:filipino,philippine
poland:polish,pole portugal:portuguese qatar:qatari romania:romanian russia:russian rwanda:rwandan
scotland:scottish,scot senegal:senegalese serbia:serbian singapore:singaporean slovakia:slovak
slovenia:slovenian somalia:somali spain:spanish,spaniard sudan:sudanese sweden:swedish,swede
switzerland:swiss syria:syrian taiwan:taiwanese tajikistan:tajik tanzania:tanzanian thailand:thai
tibet:tibetan tunisia:tunisian turkey:turkish,turk turkmenistan:turkmen uganda:ugandan ukraine:ukrainian
uruguay:uruguayan uzbekistan:uzbek venezuela:venezuelan vietnam:vietnamese wales:welsh yemen:yemeni
zambia:zambian zimbabwe:zimbabwean africa:african america:american asia:asian
"""

DEMONYMS: dict[str, str] = {
    people: nation
    for entry in _NATIONS.split()
    for nation, _, peoples in [entry.partition(":")]
    for one in peoples.split(",")
    for people in (one, one + "s")
}
"""A people or its adjective -> the country, lower case: a question about Russia is met by "Russian"."""

COUNTRIES = frozenset(entry.partition(":")[0] for entry in _NATIONS.split()) | _words("us u.s. usa uk u.k. eu uae drc")

PLACES = COUNTRIES | _words(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana
    iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming
    ontario quebec queensland england scotland wales bavaria siberia kashmir punjab darfur chechnya crimea
    abuja amsterdam ankara athens atlanta auckland baghdad baltimore bangkok barcelona basra beijing beirut belfast
    belgrade berlin bogota boston brasilia brisbane brussels bucharest budapest cairo caracas chicago cleveland
    copenhagen dakar dallas damascus delhi denver detroit dhaka doha dubai dublin edinburgh fallujah frankfurt geneva
    glasgow hamburg hanoi harare havana helsinki hiroshima honolulu houston islamabad istanbul jakarta jerusalem
    johannesburg kabul kandahar karachi khartoum kiev kyiv lagos lahore lima lisbon liverpool london madrid managua
    manchester manhattan manila melbourne memphis miami milan minneapolis minsk mogadishu monterrey montreal moscow
    mosul mumbai munich nairobi nashville oslo ottawa paris perth philadelphia phoenix pittsburgh portland prague
    pyongyang ramallah rangoon riyadh rome sacramento santiago sarajevo seattle seoul shanghai sofia stockholm sydney
    taipei tehran tijuana tokyo toronto tripoli tunis vancouver venice vienna warsaw washington wellington yangon
    zagreb zurich brooklyn bronx queens hollywood antarctica arctic atlantic pacific mediterranean caribbean
    """
)
"""Countries, states, large cities and seas, lower case, of one word each."""

PLACE_NOUNS = _words(
    """
    airport avenue bay beach bridge canyon cape castle cathedral center centre city coast college county desert
    district forest harbor harbour hill hills hospital hotel island islands isles lake mountain mountains mosque museum
    ocean palace park peninsula plaza port prison province range river road sea square stadium state street temple
    territory theater theatre town university valley village zoo
    """
)
"""Words that end the name of a place."""

GROUP_NOUNS = _words(
    """
    agency army association authority bank board bureau club college commission committee company congress
    corporation council court department force forces foundation fund government group inc institute league
    ministry mission movement network office organisation organization parliament party police press senate service
    society times treaty tribune union university
    """
)
"""Words that end the name of a group of people."""

GIVEN_NAMES = _words(
    """
    aaron abdul abdullah abraham adam ahmed alan albert alex alexander alice ali amanda amy andrea andrew andy angela
    anna anne anthony antonio arthur barack barbara benjamin bernard bill bob boris brian bruce carl carlos carol
    caroline catherine charles charlotte chris christian christina christopher claire craig dan daniel david deborah
    dennis diana dick donald donna dorothy douglas ed edward elena elizabeth emily emma eric eva evan fatima felipe
    fernando francis francois frank fred frederick gary george gerald gordon graham greg gregory hans harold harry
    hassan heather helen henry hillary howard hugo hussein ian ibrahim isaac ivan jack jackie jacob james jane janet
    jason jay jean jeff jeffrey jennifer jeremy jerry jesse jessica jim jimmy joan joe john johnny jonathan jorge jose
    joseph joshua juan judith julia julie justin karen karl kate katherine keith kelly ken kenneth kevin kim larry
    laura lauren lawrence lee leo leon leonard leslie lewis linda lisa louis lucy luis luke margaret maria marie mario
    mark martha martin mary matt matthew michael michel michelle miguel mike mohamed mohammad mohammed muhammad nancy
    natalie nathan neil nicholas nick nicolas nicole oliver oscar pamela patricia patrick paul pedro peter phil philip
    rachel ralph raymond rebecca richard rick robert roberto robin roger ron ronald rosa ross roy russell ruth ryan
    salman sam samuel sandra sara sarah scott sean sergei sergey sharon simon sophia sophie stephanie stephen steve
    steven stuart susan ted teresa theodore thomas tim timothy tom tony tracy vanessa victor victoria vincent vladimir
    walter wayne william yusuf zachary
    """
)
"""Common given names: the start of a person's name."""

HONORIFICS = _words(
    """
    mr mrs ms miss dr prof professor sir lord lady dame gen general col colonel lt lieutenant sgt sergeant capt captain
    maj major sen senator rep representative congressman congresswoman gov governor rev reverend adm admiral judge
    justice president vice chairman chancellor minister premier secretary ambassador king queen prince princess
    emperor pope cardinal bishop archbishop sheikh ayatollah imam sheriff detective officer inspector coach actor
    actress singer author director spokesman spokeswoman mayor attorney commissioner envoy leader
    """
)
"""Titles that stand before a person's name."""

MONTHS = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)

WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
