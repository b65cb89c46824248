"""Whatever is done to a store of records, in whatever order: it keeps what dictionaries keep."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.conversation import TURNS, Conversation, Turn
from bot.records import SHELL, Owner, Refusal, Remembered, Tally, Verdict, Vote, person
from bot.records.model import day_of
from tests.records.builders import DAY, ENGINES, HERE, NOW, THERE

OWNERS = st.sampled_from([HERE, THERE, person(100), person(101), SHELL])
PEOPLE = st.sampled_from([100, 101, 2**63 - 1])
TIMES = st.integers(NOW, NOW + 3 * DAY)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ANSWERS = st.integers(0, 3) | st.just(2**63 - 1)
VOTES = st.builds(
    Vote,
    OWNERS,
    ANSWERS,
    PEOPLE,
    st.sampled_from(Verdict),
    TEXT,
    TEXT,
    st.lists(st.integers(0, 9999), max_size=3).map(tuple),
    st.floats(0, 1),
    TIMES,
)
REFUSALS = st.builds(
    Refusal, OWNERS, ANSWERS, PEOPLE, TEXT, st.lists(TEXT, max_size=2).map(tuple), TEXT, st.floats(0, 1), TIMES
)
TURN = st.builds(Turn, TEXT, st.lists(st.integers(0, 9999), max_size=3).map(tuple), TEXT)
CONVERSATIONS = st.builds(
    Remembered,
    OWNERS,
    PEOPLE,
    st.sampled_from([7, 80, 2**63 - 1]),
    st.builds(Conversation, st.lists(TURN, max_size=TURNS).map(tuple), TEXT),
    TIMES,
)
JSON = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXT | st.lists(st.integers(0, 9), max_size=3)


class Machine(RuleBasedStateMachine):
    """Does the same to a store and to dictionaries."""

    engine = "sqlite"

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.votes: dict[tuple[Owner, int, int], Vote] = {}
        self.refusals: dict[tuple[Owner, int], Refusal] = {}
        self.tallies: dict[tuple[Owner, dt.date], list[int]] = {}
        self.settings: dict[tuple[Owner, str], Any] = {}
        self.talks: dict[tuple[Owner, int, int], Remembered] = {}
        self.left: dict[Owner, int] = {}
        self.known: set[Owner] = set()

    @initialize()
    def open(self) -> None:
        """Open a store."""
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.records = ENGINES[self.engine](Path(self.folder.name))

    def count(self, owner: Owner, at: int, which: int) -> None:
        """Count in the dictionaries."""
        self.tallies.setdefault((owner, day_of(at)), [0, 0])[which] += 1
        self.known.add(owner)

    @rule(cast=VOTES)
    def cast(self, cast: Vote) -> None:
        """A person votes."""
        key = (cast.owner, cast.answer, cast.person)
        before = self.votes.pop(key, None)
        self.known.add(cast.owner)
        expected = None
        if before is None or before.verdict != cast.verdict:
            self.votes[key] = expected = cast
        assert self.records.cast(cast) == expected

    @rule(refused=REFUSALS)
    def note_refusal(self, refused: Refusal) -> None:
        """A question is not answered."""
        self.known.add(refused.owner)
        if (refused.owner, refused.answer) not in self.refusals:
            self.refusals[refused.owner, refused.answer] = refused
            self.count(refused.owner, refused.at, 1)
        self.records.note_refusal(refused)

    @rule(owner=OWNERS, at=TIMES)
    def note_answer(self, owner: Owner, at: int) -> None:
        """A question is answered."""
        self.count(owner, at, 0)
        self.records.note_answer(owner, at)

    @rule(owner=OWNERS, values=st.dictionaries(st.sampled_from("abc"), JSON, max_size=2))
    def set(self, owner: Owner, values: dict[str, Any]) -> None:
        """Somebody sets something."""
        self.known.add(owner)
        for name, value in values.items():
            self.settings.pop((owner, name), None)
            if value is not None:
                self.settings[owner, name] = value
        self.records.set(owner, values)

    @rule(kept=st.lists(CONVERSATIONS, max_size=3))
    def keep_conversations(self, kept: list[Remembered]) -> None:
        """People go on talking."""
        for one in kept:
            key = (one.owner, one.person, one.place)
            self.known.add(one.owner)
            if key not in self.talks or self.talks[key].at <= one.at:
                self.talks[key] = one
        self.records.keep_conversations(kept)

    @rule(one=CONVERSATIONS)
    def forget_conversation(self, one: Remembered) -> None:
        """A person begins anew."""
        self.talks.pop((one.owner, one.person, one.place), None)
        self.records.forget_conversation(one.owner, one.person, one.place)

    @rule(before=TIMES, most=st.integers(0, 4))
    def expire_conversations(self, before: int, most: int) -> None:
        """Time passes."""
        young = [c for c in self.talks.values() if c.at >= before]
        young.sort(key=lambda c: (c.at, str(c.owner), c.person, c.place))
        gone = len(self.talks) - min(len(young), most)
        self.talks = {(c.owner, c.person, c.place): c for c in young[max(0, len(young) - most) :]}
        assert self.records.expire_conversations(before, most) == gone

    def forget(self, owner: Owner) -> int:
        """Forget an owner in the dictionaries; how many votes and refusals that were."""
        before = len(self.votes) + len(self.refusals)
        self.votes = {k: v for k, v in self.votes.items() if k[0] != owner}
        self.refusals = {k: v for k, v in self.refusals.items() if k[0] != owner}
        self.tallies = {k: v for k, v in self.tallies.items() if k[0] != owner}
        self.settings = {k: v for k, v in self.settings.items() if k[0] != owner}
        self.talks = {k: v for k, v in self.talks.items() if k[0] != owner}
        self.left.pop(owner, None)
        self.known.discard(owner)
        return before - len(self.votes) - len(self.refusals)

    @rule(owner=OWNERS)
    def erase_owner(self, owner: Owner) -> None:
        """An owner is erased."""
        assert self.records.erase_owner(owner) == self.forget(owner)

    @rule(who=PEOPLE)
    def erase_person(self, who: int) -> None:
        """A person is erased, and with them what is theirs, others' votes on it too."""
        before = len(self.votes) + len(self.refusals)
        self.votes = {k: v for k, v in self.votes.items() if v.person != who}
        self.refusals = {k: v for k, v in self.refusals.items() if v.person != who}
        self.talks = {k: v for k, v in self.talks.items() if v.person != who}
        erased = before - len(self.votes) - len(self.refusals)
        self.forget(person(who))
        assert self.records.erase_person(who) == erased

    @rule(owner=OWNERS, before=TIMES)
    def erase_before(self, owner: Owner, before: int) -> None:
        """What is old goes."""
        sizes = len(self.votes) + len(self.refusals)
        self.votes = {k: v for k, v in self.votes.items() if k[0] != owner or v.at >= before}
        self.refusals = {k: v for k, v in self.refusals.items() if k[0] != owner or v.at >= before}
        self.tallies = {k: v for k, v in self.tallies.items() if k[0] != owner or k[1] >= day_of(before)}
        self.talks = {k: v for k, v in self.talks.items() if k[0] != owner or v.at >= before}
        assert self.records.erase_before(owner, before) == sizes - len(self.votes) - len(self.refusals)
        keys = (*self.votes, *self.refusals, *self.tallies, *self.settings, *self.talks)
        nothing = all(owner != k[0] for k in keys)
        if nothing and owner not in self.left:
            self.known.discard(owner)

    @rule(owner=OWNERS, at=TIMES)
    def depart(self, owner: Owner, at: int) -> None:
        """An owner leaves."""
        if owner in self.known:
            self.left.setdefault(owner, at)
        self.records.depart(owner, at)

    @rule(owner=OWNERS)
    def stay(self, owner: Owner) -> None:
        """An owner comes back."""
        self.left.pop(owner, None)
        self.records.stay(owner)

    @rule()
    def reopen(self) -> None:
        """The process starts again."""
        self.records.close()
        self.records = ENGINES[self.engine](Path(self.folder.name))

    @rule(owner=OWNERS, since=TIMES, who=PEOPLE)
    def read(self, owner: Owner, since: int, who: int) -> None:
        """What is read is what the dictionaries hold, of this owner or person alone."""
        votes = [v for v in self.votes.values() if v.owner == owner and v.at >= since]
        assert self.records.votes(owner, since) == tuple(sorted(votes, key=lambda v: (v.at, v.answer, v.person)))
        refusals = [r for r in self.refusals.values() if r.owner == owner and r.at >= since]
        assert self.records.refusals(owner, since) == tuple(sorted(refusals, key=lambda r: (r.at, r.answer)))
        kept = self.records.about_person(who)
        assert set(kept.votes) == {v for v in self.votes.values() if v.person == who}
        assert set(kept.refusals) == {r for r in self.refusals.values() if r.person == who}
        assert [v.at for v in kept.votes] == sorted(v.at for v in kept.votes)
        talks = [c for c in self.talks.values() if c.person == who]
        assert kept.conversations == tuple(sorted(talks, key=lambda c: (c.at, str(c.owner), c.place)))
        for key in (*self.talks, (owner, who, 7)):
            assert self.records.conversation(*key) == self.talks.get(key)
        assert self.records.settings(owner) == {k[1]: v for k, v in self.settings.items() if k[0] == owner}
        days = {k[1]: v for k, v in self.tallies.items() if k[0] == owner and k[1] >= day_of(since)}
        assert self.records.tallies(owner, day_of(since)) == tuple(Tally(d, *days[d]) for d in sorted(days))

    @invariant()
    def owners_are_known(self) -> None:
        """Who anything is kept of, and who left."""
        if hasattr(self, "records"):
            assert self.records.owners() == tuple(sorted(self.known))
            assert self.records.departed() == self.left

    def teardown(self) -> None:
        """Close the store."""
        if hasattr(self, "records"):
            self.records.close()
            self.folder.cleanup()


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


class LanceMachine(Machine):
    """The same to a store in LanceDB, which takes longer."""

    engine = "lance"


@pytest.mark.timeout(300)
def test_lancedb_keeps_what_dictionaries_keep() -> None:
    """Whatever is done in whatever order, the shared store does as the embedded one."""
    pytest.importorskip("lancedb", reason="LanceDB is not installed: make scale")
    run_state_machine_as_test(LanceMachine, settings=settings(max_examples=6, stateful_step_count=20, deadline=None))
