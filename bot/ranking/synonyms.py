"""Words that news and questions about it use for one another.

Written by hand, general knowledge, taken from no data set. A question's word is half met by another word of its
group; a group is no thesaurus entry but a likely paraphrase.
"""

from functools import cache

from bot.english.gazetteer import DEMONYMS
from index.analyzer import STOP_WORDS, terms

_GROUPS = """
kill die dead death slay murder shoot fatal perish assassinate deadly victim
injure wound hurt injury harm casualty
attack assault raid strike bombing offensive ambush
bomb explode explosion blast detonate explosive
fight battle combat war conflict fighting clash
soldier troop army military force serviceman
rebel insurgent militant guerrilla fighter gunman
police officer cop authority sheriff deputy
arrest detain capture custody seize apprehend jail
jail prison imprison incarcerate behind bars sentence
convict guilty conviction sentence verdict
accuse charge allege indict allegation suspect
judge court trial justice tribunal
lawyer attorney counsel prosecutor
steal theft rob robbery burglary loot
kidnap abduct hostage captive
begin start launch open commence
end finish stop conclude halt cease
build construct erect create construction
make produce create manufacture build
buy purchase acquire pay
sell sale auction vendor
cost price worth expensive pay value
money fund cash dollar finance
earn income salary wage pay
help aid assist assistance support relief
support back endorse favor
oppose against criticize object resist opponent
criticize condemn denounce blast slam criticism
praise applaud hail commend
blame fault responsible responsibility
cause lead trigger reason result
reason because cause why motive
happen occur take place
win victory beat defeat triumph champion winner
lose loss defeat beaten
travel visit trip go journey tour fly
go head travel come
come arrive reach
leave depart exit quit withdraw flee
flee escape run
withdraw withdrawal pull leave retreat
send deploy dispatch deployment
return back
stay remain
live reside home residence resident
house home residence
born birth birthplace native
old age aged year
marry wife husband wed wedding married spouse
child kid son daughter baby boy girl
parent mother father
family relative relation
woman female girl lady
man male guy
friend ally partner
ally partner allied alliance
job work employ position post role
work job employ occupation
worker employee staff
company firm corporation business maker
boss head chief executive leader
leader head chief president chairman lead commander
president leader
spokesman spokeswoman representative spokesperson
minister secretary
government administration authority state official
official authority
country nation state
city town capital
border frontier boundary
area region zone territory
near close next
big large huge major giant
small little tiny
biggest largest
fast quick rapid speed
important major significant key
famous known renowned
new recent
begin initial
last final
first earliest
grow increase rise growth expand
increase rise grow climb surge
fall drop decline decrease decrease reduce plunge
reduce cut decrease lower
show display exhibit
movie film picture
song single track music
album record
singer musician artist
actor actress star
book novel
write author writer pen
game match
team squad club side
player athlete
sport game
car vehicle automobile
plane aircraft jet airliner flight
ship boat vessel
crash accident collide collision wreck
fire blaze burn flame
storm hurricane cyclone
earthquake quake
flood flooding
ill sick illness disease
disease illness condition
doctor physician medic surgeon
hospital clinic medical
drug narcotic cocaine medication
cure treat treatment therapy
test examine exam
study research survey report
find discover discovery found
search hunt look
see witness view watch
look appear
speak talk speech address
talk discuss negotiation negotiate discussion
meeting meet talk summit conference
meet encounter
ask request urge call appeal
urge call press
demand call insist
promise pledge vow assure assurance guarantee
assure promise guarantee pledge
threaten threat danger menace
danger risk threat hazard
worry concern fear anxious
afraid fear scared
hope want wish
want seek wish desire
plan intend propose intention
try attempt seek
agree agreement deal accord
deal agreement accord treaty pact
refuse reject deny decline
deny refute reject
allow permit let
forbid ban prohibit bar
prevent stop block avoid
protect defend guard safeguard
defend protect
guard protect watch
announce declare announcement
declare announce
tell inform
explain describe
describe call depict
name call title
call name label term
label call name designate
think believe
believe think consider
know aware
learn teach study
teach teacher school
school college university student
vote elect election ballot
elect vote election
party group
group organization organisation band
religion faith religious
church religious
pope pontiff
king monarch
rule govern reign control
control seize hold
hold host
host hold stage
join member become
member join belong
include contain comprise
consist comprise compose
own possess belong
give donate grant provide
provide supply give
receive get obtain
take get
use employ utilize
need require
require need must
change alter shift
move shift relocate
destroy demolish damage ruin
damage destroy
save rescue
rescue save
survive survivor
miss disappear vanish
disappear vanish missing
hide conceal
body corpse remains
gun weapon rifle firearm
weapon arm gun
nuclear atomic
oil petroleum
food meal
eat consume
drink beverage
water river
hot heat temperature warm
cold winter
day date
week weekly
month monthly
year annual annually
yearly annual
often frequently
many numerous
percent percentage proportion
half 50
third 3
double twice
first 1
population inhabitant people resident
people person citizen
citizen national
foreign overseas abroad
abroad overseas
refugee displaced
immigrant migrant
call phone telephone
website site internet online web
email message
picture photo photograph image
video footage tape
television tv broadcast
newspaper paper
journalist reporter
retire retirement
resign quit step
fire sack dismiss
hire recruit employ
replace succeed successor
found establish founder
founder found create
invent inventor invention
originate origin
name known
nickname known dub
reveal disclose
admit confess acknowledge
apologize sorry apology
celebrate celebration anniversary
anniversary celebrate
honor award
prize award
medal gold
beautiful pretty
rich wealthy
poor poverty
strengthen bolster reinforce
weaken undermine
destabilize destabilise unstable instability
peace peaceful truce ceasefire
ceasefire truce
terrorist terrorism terror
spread expand
advance gain progress
gain advance
comeback return
influence sway
mediate mediator
"""


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Term -> terms that may stand in its place, sorted; a people and its country stand for one another."""
    peers: dict[str, set[str]] = {}

    def relate(members: set[str]) -> None:
        for term in members:
            peers.setdefault(term, set()).update(members - {term})

    for line in _GROUPS.strip().splitlines():
        relate({term for word in line.split() if word not in STOP_WORDS for term in terms(word)})
    for people, nation in DEMONYMS.items():
        relate({*terms(people), *terms(nation)})
    return {term: tuple(sorted(others)) for term, others in sorted(peers.items()) if others}


__all__ = ["synonyms"]
