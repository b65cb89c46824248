"""What follow-ups are read as, on the sample article."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation, FollowUp, Resolved, Turn
from bot.conversation.names import names_of
from bot.conversation.resolver import resolve
from index.article import Article
from index.indexer import Index
from index.readers import read_bytes

ABOUT_HIM = "What else is there about Zamir Kabulov?"
CALLED, WARNED, ENVOY, URGED, DROVE = (
    "How many reservists did Tajikistan call up?",
    "What did Sergey Lavrov warn of?",
    "Who is Zamir Kabulov?",
    "What did Zamir Kabulov urge?",
    "Why did Afghan soldiers flee?",
)
AGENCY, BLOC, ANSWERED, BASE = (
    "What is Tass?",
    "What is the Collective Security Treaty Organization?",
    "What did Tajikistan do?",
    "Where is the Russian base?",
)
HAS = "Does Russia have a base in Tajikistan?"
QUOTED = {
    HAS: "Taliban advances",
    CALLED: "Tajikistan's answer",
    WARNED: "On Wednesday its foreign",
    ENVOY: "Zamir Kabulov, the",
    URGED: "Kabulov also",
    DROVE: "Taliban advances",
    AGENCY: "The delegation had",
    BLOC: "Russia declared",
    ANSWERED: "Tajikistan's answer",
    BASE: "Taliban advances",
}


@pytest.fixture(scope="module")
def index(sample: Article) -> Index:
    """The index of the sample article."""
    return Index(sample)


def after(index: Index, *questions: str) -> Conversation:
    """A conversation of these questions, each answered with its sentence."""
    turns = []
    for question in questions:
        opens = QUOTED.get(question)
        numbers = tuple(s.number for s in index.sentences if opens and s.text.startswith(opens))
        turns.append(Turn(question, numbers))
    return Conversation(tuple(turns))


@pytest.mark.parametrize(
    ("before", "typed", "read_as", "kind"),
    [
        (ENVOY, "what did he urge?", "What did Zamir Kabulov urge?", FollowUp.PRONOUN),
        (ENVOY, "Waht did he urge", "What did Zamir Kabulov urge?", FollowUp.PRONOUN),
        (URGED, "and when?", "When did Zamir Kabulov urge that?", FollowUp.ELLIPSIS),
        (CALLED, "why?", "Why did Tajikistan call up that many reservists?", FollowUp.ELLIPSIS),
        (CALLED, "and Russia?", "How many reservists did Russia call up?", FollowUp.PARALLEL),
        (WARNED, "what else did he warn of?", "What else did Sergey Lavrov warn of?", FollowUp.ELSE),
        (DROVE, "how did that country respond?", "How did Tajikistan respond?", FollowUp.PRONOUN),
        (DROVE, "how many?", "How many Afghan soldiers fled?", FollowUp.ELLIPSIS),
        (URGED, "Are you sure?", None, FollowUp.DOUBT),
    ],
)
def test_what_a_follow_up_is_read_as(
    index: Index, before: str, typed: str, read_as: str | None, kind: FollowUp
) -> None:
    """Pronouns, bare question words, "and X?", "what else", "that country"; slips of the fingers are no matter."""
    found = resolve(typed, after(index, before), index)
    assert (found.read_as, found.kind) == (read_as, kind)


HARBOUR = """Sunken Vellamo comes back to Ostrand after forty years

Divers raised the sunken ship in May, and the town wants to show Vellamo. It had sunk off the coast.

In 2021 the same divers had found a bell, which was later hung in the town hall.

Flight 417 was late. In comments on the bell, a man said that their delegation came to Ostrand to help."""


@pytest.mark.parametrize(
    ("before", "quote", "typed", "read_as"),
    [
        ("What did the divers find in 2021?", "In 2021", "was it ever hung?", "Was the bell ever hung?"),
        ("Where was flight 417 going?", "Flight 417", "when did it take off?", None),
        ("Who came to Ostrand?", "In comments", "what did they want?", "What did the delegation want?"),
        ("What is the ship worth?", "Divers", "who raised it?", "Who raised the ship?"),
        ("Does the town have a bell in its hall?", "In 2021", "is it old?", "Is the bell old?"),
    ],
)
def test_what_is_no_thing_is_not_put_in(before: str, quote: str, typed: str, read_as: str | None) -> None:
    """What is found stands behind its verb, whatever follows that; "going" is none, and comments want nothing."""
    index = Index(read_bytes(HARBOUR.encode(), "harbour.txt"))
    numbers = tuple(s.number for s in index.sentences if s.text.startswith(quote))
    assert resolve(typed, Conversation((Turn(before, numbers),)), index).read_as == read_as


def test_what_was_quoted_is_put_in_without_its_capital(index: Index) -> None:
    """As a clause behind "that"; an article alone is a letter long."""
    told = Index(read_bytes(b"A delegation of the town visited the harbour on Thursday. The mayor stayed at home."))
    read = resolve("who says so?", Conversation((Turn("What is new?", (0,)),)), told).read_as
    assert read is not None
    assert " that a delegation of the town visited" in read
    assert resolve("what would it be used for?", after(index, HAS), index).read_as == "What would the base be used for?"


def test_a_headline_does_not_lengthen_a_name() -> None:
    """Its first word has a capital from there, and is written small elsewhere."""
    names = names_of(Index(read_bytes(HARBOUR.encode(), "harbour.txt")))
    assert [name.text for _, _, name in names.find("Where did sunken Vellamo lie?")] == ["Vellamo"]


@pytest.mark.parametrize(
    ("before", "typed", "read_as"),
    [
        (ENVOY, "and when?", "When did Zamir Kabulov receive the Taliban delegation?"),
        (ENVOY, "where?", "Where did Zamir Kabulov receive the Taliban delegation?"),
        (ENVOY, "why?", "Why did Zamir Kabulov receive the Taliban delegation?"),
        (ENVOY, "when was that?", "When did Zamir Kabulov receive the Taliban delegation?"),
        (ENVOY, "since when?", "Since when has Zamir Kabulov been the Kremlin's envoy for Afghanistan?"),
        (ENVOY, "how many?", "About Zamir Kabulov: how many?"),
        (ENVOY, "what else?", "What else is there about Zamir Kabulov?"),
        (ENVOY, "and Lavrov?", "Who is Lavrov?"),
        (ENVOY, "and the Taliban?", "Who are the Taliban?"),
        (ENVOY, "and there?", "What about Afghanistan?"),
        (ENVOY, "them?", "Who are the Taliban?"),
        (ENVOY, "and in 2020?", None),
        (ENVOY, "so what?", None),
        (AGENCY, "where?", "Where is Tass?"),
        (AGENCY, "when?", "When had the delegation come to assure its hosts?"),
        (AGENCY, "and Lavrov?", "Who is Lavrov?"),
        (BLOC, "and the Taliban?", "What are the Taliban?"),
        (ANSWERED, "and Lavrov?", "What did Lavrov do?"),
        (ANSWERED, "who?", None),
        (BASE, "why?", "Why is the Russian base there?"),
        (WARNED, "there?", "What did Sergey Lavrov warn of in Afghanistan?"),
    ],
)
def test_a_word_that_the_question_before_leaves_no_room_for(
    index: Index, before: str, typed: str, read_as: str | None
) -> None:
    """After "who is X?" it asks about what the quote tells of X, or about X, or is left; never "When is X?"."""
    assert resolve(typed, after(index, before), index).read_as == read_as


def test_a_word_that_asks_about_a_quote_needs_one(index: Index) -> None:
    """Where nothing was quoted of whom was asked about, it asks about them."""
    found = resolve("when?", Conversation((Turn(ENVOY),)), index)
    assert found.read_as == "About Zamir Kabulov: when?"


@pytest.mark.parametrize("typed", ["says who?", "according to whom?", "who said so?"])
def test_who_said_that_in_other_words(index: Index, typed: str) -> None:
    """All of them ask for the speaker of what was quoted."""
    found = resolve(typed, after(index, WARNED), index)
    assert (found.kind, (found.read_as or "")[:29]) == (FollowUp.QUOTED, "Who said that everything woul")


def test_who_said_that_asks_for_what_was_quoted(index: Index) -> None:
    """The quote without its speaker stands in the place of "that"."""
    found = resolve("who said that?", after(index, WARNED), index)
    assert found.kind is FollowUp.QUOTED
    assert found.read_as
    assert found.read_as.startswith("Who said that everything would be done to prevent aggressive moves")


def test_what_else_leaves_out_what_was_quoted(index: Index) -> None:
    """News only."""
    talk = after(index, ENVOY, URGED)
    found = resolve("what else did he say?", talk, index)
    assert found.exclude == {n for turn in talk.turns for n in turn.sentences}


@pytest.mark.parametrize(
    ("asked", "typed", "read_as"),
    [
        ((ENVOY, "When did Zamir Kabulov receive the Taliban delegation?"), "what else?", ABOUT_HIM),
        ((ENVOY, "Where did Zamir Kabulov receive the Taliban delegation?"), "tell me more", ABOUT_HIM),
        ((URGED, "When did Kabulov urge that?"), "what else?", "What else did Zamir Kabulov urge?"),
        ((URGED, "How often did Kabulov urge that?"), "go on", "What else did Zamir Kabulov urge?"),
        ((URGED, "When did Lavrov speak?"), "what else?", "What else is there about Sergey Lavrov?"),
        ((URGED, "Why did Kabulov urge that?"), "what else?", "Why else did Kabulov urge that?"),
        (("When was it stolen?",), "what else?", "When else was it stolen?"),
    ],
)
def test_what_else_asks_for_no_second_time_or_place(
    index: Index, asked: tuple[str, ...], typed: str, read_as: str
) -> None:
    """It goes on with what was asked before about the same, or about that; there may be a second reason."""
    talk = Conversation(tuple(Turn(question) for question in asked))
    assert resolve(typed, talk, index).read_as == read_as


@pytest.mark.parametrize(
    "typed",
    [
        CALLED,
        WARNED,
        "Who is the Taliban's spokesman?",
        "Is it true that Russia hosts the talks?",
        "How long did it take the Taliban to reach the border?",
        "What about the safety of embassies in Afghanistan?",
        "Did Kabulov say that he was worried?",
        "When did the Soviet troops withdraw?",
        "Who called it a mediator between the Afghan factions?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(index: Index, typed: str) -> None:
    """Whatever was asked before; a pronoun that the question itself explains is none that is open."""
    for before in QUOTED:
        assert resolve(typed, after(index, before), index) == Resolved(typed)


def test_nothing_before_nothing_read_into_it(index: Index) -> None:
    """Neither without a conversation nor in one about another article."""
    for talk in (None, Conversation(), Conversation(after(index, ENVOY).turns, "another article")):
        assert resolve("what did he urge?", talk, index) == Resolved("what did he urge?")


_WORDS = st.sampled_from(
    "who what when why how many else he she it they that this there and but did does is was can't say said urge "
    "Kabulov Russia the country of in with whom about more then ? , it's 20,000 @everyone".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_WORDS, st.text(max_size=12)), max_size=9).map(" ".join), st.data())
def test_any_words_are_read_as_a_question_or_left(index: Index, typed: str, data: st.DataObject) -> None:
    """Nothing raises, after whatever was asked and quoted before, and the same is read as the same again."""
    asked = data.draw(st.lists(st.tuples(st.one_of(st.sampled_from(sorted(QUOTED)), st.text()), st.integers(-2, 40))))
    talk = Conversation(tuple(Turn(question, (number,)) for question, number in asked))
    line = " ".join(typed.split())
    assume(line)
    found = resolve(line, talk, index)
    assert found == resolve(line, talk, index)
    assert found.question
    assert found.read_as is None or found.read_as.endswith("?")
    if found.kind is FollowUp.NONE:
        assert found == Resolved(line)


def test_a_question_that_breaks_off_before_its_verb(index: Index) -> None:
    """Found by fuzzing: "What did?" asks for the object of no verb, whatever was quoted for it."""
    for number in range(len(index.sentences)):
        talk = Conversation((Turn("What did?", (number,)),))
        for typed in ("And when?", "who said that?", "what else?", "why did he?"):
            read = resolve(typed, talk, index).question
            assert read == " ".join(read.split()) != ""
