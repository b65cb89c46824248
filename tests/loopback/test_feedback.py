"""Thumbs, and what a person can see, take and erase of what is kept about them."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.records import FILE, Owner, Refusal, SQLiteRecords, Verdict, Vote, person, server
from bot.records.model import DAY
from tests.loopback.conftest import Start
from tests.loopback.payloads import ALICE, BEN, DM, GUILD, MIRA, OTHER_CHANNEL, OTHER_GUILD, guild
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, buttons_of, face, faces_of, said, texts_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

ANSWERED = "How much did the repairs cost?"
REFUSED = "Which zeppelin won the chess championship?"
UP, DOWN = "\N{THUMBS UP SIGN}", "\N{THUMBS DOWN SIGN}"


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start(cooldown="0")


@pytest.fixture
def kept(state: Path) -> "Kept":
    """What is in the store, read beside the bot."""
    return Kept(state / FILE)


class Kept:
    """Looks into the bot's store from another process."""

    def __init__(self, file: Path) -> None:
        """Know where it is."""
        self._file = file

    def read(self) -> tuple[tuple[Vote, ...], tuple[Refusal, ...]]:
        """All votes and refusals of the server."""
        records = SQLiteRecords(self._file)
        found = records.votes(server(GUILD), 0), records.refusals(server(GUILD), 0)
        records.close()
        return found

    def of(self, number: int) -> tuple[tuple[Vote, ...], tuple[Refusal, ...]]:
        """All votes and refusals of a person."""
        records = SQLiteRecords(self._file)
        about = records.about_person(number)
        records.close()
        return about.votes, about.refusals

    def talks(self, owner: Owner) -> list[list[str]]:
        """The questions of Alice's conversations there."""
        records = SQLiteRecords(self._file)
        found = records.about_person(ALICE).conversations
        records.close()
        return [[turn.question for turn in one.conversation.turns] for one in found if one.owner == owner]


async def ask(discord: FakeDiscord, question: str, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """An answer."""
    return await discord.answer(await discord.slash("ask", question=question, **options))


async def press(discord: FakeDiscord, message: Json, label: str, who: int = ALICE) -> Json:
    """What pressing a button says."""
    return await discord.answer(await discord.press(message, label, who=who))


async def test_every_answer_and_every_refusal_has_thumbs(discord: FakeDiscord) -> None:
    """Both end with a thumb up and a thumb down, private answers and mentions too."""
    for question in (ANSWERED, REFUSED):
        for private in (True, False):
            assert faces_of(await ask(discord, question, private=private))[-2:] == [UP, DOWN]


async def test_a_vote_is_kept_with_what_it_is_about(discord: FakeDiscord, kept: Kept) -> None:
    """The question, the quoted sentences, the confidence, the article, the person and the server."""
    message = await ask(discord, ANSWERED)
    told = await press(discord, message, UP, BEN)
    assert told["flags"] & EPHEMERAL
    assert "the answer is right" in said(told)
    vote = kept.read()[0][-1]
    assert (vote.question, vote.verdict, vote.person) == (ANSWERED, Verdict.UP, BEN)
    assert len(vote.sentences) >= 1
    assert len(vote.article) == 12
    assert 0 < vote.confidence <= 1


async def test_a_vote_can_be_changed_and_taken_back(discord: FakeDiscord, kept: Kept) -> None:
    """One vote a person and answer: the other thumb takes its place, the same one takes it back."""
    message = await ask(discord, ANSWERED)
    before = len(kept.read()[0])
    await press(discord, message, UP)
    await press(discord, message, UP, BEN)
    assert "the answer is wrong" in said(await press(discord, message, DOWN))
    votes = kept.read()[0][before:]
    assert {(v.person, v.verdict) for v in votes} == {(ALICE, Verdict.DOWN), (BEN, Verdict.UP)}
    assert "taken back" in said(await press(discord, message, DOWN))
    assert len(kept.read()[0]) == before + 1


async def test_a_shared_answer_is_the_same_answer(discord: FakeDiscord, kept: Kept) -> None:
    """A vote on the private answer and one on its shared copy by the same person are one vote."""
    message = await ask(discord, ANSWERED, private=True)
    before = len(kept.read()[0])
    await press(discord, message, UP)
    pressed = await discord.press(message, "Share")
    (shared,) = await discord.until(lambda: pressed.followups)
    await press(discord, shared, DOWN)
    (vote,) = kept.read()[0][before:]
    assert vote.verdict is Verdict.DOWN


async def test_a_refusal_is_kept_by_itself(discord: FakeDiscord, kept: Kept) -> None:
    """With its words that lack; a vote on it says whether it was right to refuse."""
    message = await ask(discord, REFUSED, who=BEN)
    assert "does answer this" in said(await press(discord, message, DOWN))
    votes, refusals = kept.read()
    assert (refusals[-1].question, refusals[-1].person) == (REFUSED, BEN)
    assert "zeppelin" in refusals[-1].missing
    assert votes[-1].on_refusal
    assert votes[-1].answer == refusals[-1].answer


async def test_thumbs_outlive_a_restart(discord: FakeDiscord, start: Start, kept: Kept) -> None:
    """A thumb below an answer of before the restart counts."""
    message = await ask(discord, ANSWERED)
    await start(cooldown="0")
    before = len(kept.read()[0])
    await press(discord, message, UP)
    assert len(kept.read()[0]) == before + 1


async def test_forged_thumbs_are_refused(discord: FakeDiscord, kept: Kept) -> None:
    """A thumb that is not on the message, or whose numbers are out of range, is a sentence and no vote."""
    message = await ask(discord, ANSWERED)
    before = kept.read()[0]
    real = next(b["custom_id"] for b in buttons_of(message) if face(b) == UP)
    article = real.split(":")[3]
    for forged in (
        f"pq:v:u:{article}:1:500:1",
        f"pq:v:u:{article}:9999999999999999999:500:1",
        f"pq:v:u:{article}:1:1001:1",
        f"pq:v:x:{article}:1:500:1",
        f"{real}:1",
    ):
        refusal = await discord.answer(await discord.press(message, custom_id=forged))
        assert "ask your question again" in said(refusal)
    for forged in (f"pq:v:u:{article}:9999999999999999999:500:1", f"pq:v:u:{article}:1:1001:1"):
        carried = json.loads(json.dumps(message))
        buttons_of(carried)[-1]["custom_id"] = forged
        assert "ask your question again" in said(await discord.answer(await discord.press(carried, custom_id=forged)))
    assert kept.read()[0] == before


async def test_where_the_server_did_not_install_the_bot_it_is_the_persons(discord: FakeDiscord, kept: Kept) -> None:
    """A person who brought the bot along leaves nothing with the server."""
    before = kept.read()
    await ask(discord, REFUSED, who=BEN, installed=False)
    await ask(discord, REFUSED, who=ALICE, where=DM)
    assert kept.read() == before
    assert kept.of(BEN)[1][-1].owner == person(BEN)
    assert kept.of(ALICE)[1][-1].owner == person(ALICE)


async def test_privacy_counts_what_is_kept_now(discord: FakeDiscord, kept: Kept) -> None:
    """/privacy has the numbers of this person and of this server."""
    await ask(discord, REFUSED)
    votes, refusals = kept.of(ALICE)
    told = said(await discord.answer(await discord.slash("privacy")))
    assert f"{len(votes)} thumb" in told
    assert f"{len(refusals)} questions without an answer" in told
    in_server = kept.read()
    assert f"{len(in_server[0])} thumbs, {len(in_server[1])} questions" in told
    assert "90 days" in told
    assert "30 minutes" in told
    alone = said(await discord.answer(await discord.slash("privacy", where=DM)))
    assert "About this server" not in alone


async def test_export_gives_everything_about_its_asker_and_nobody_else(discord: FakeDiscord, kept: Kept) -> None:
    """A file that only they see, with all their thumbs, questions and what is in memory."""
    await press(discord, await ask(discord, ANSWERED), UP)
    await ask(discord, REFUSED, who=BEN)
    exchange = await discord.slash("export")
    message = await discord.answer(exchange)
    assert message["flags"] & EPHEMERAL
    (data,) = exchange.files.values()
    export = json.loads(data)
    votes, refusals = kept.of(ALICE)
    assert export["person"] == str(ALICE)
    assert [t["question"] for t in export["thumbs"]] == [v.question for v in votes]
    assert len(export["questions_without_an_answer"]) == len(refusals)
    assert ANSWERED in export["in_memory"]["last_questions"]
    (talk,) = (one for one in export["conversations"] if one["place"] == f"server {GUILD}")
    assert talk["questions"][-1]["question"] == ANSWERED
    assert talk["questions"][-1]["sentences"]
    assert str(BEN) not in data.decode()


async def test_forget_asks_and_then_erases_its_askers_alone(discord: FakeDiscord, kept: Kept) -> None:
    """Nothing happens before the button; then all of theirs is gone in every place, and in memory; others' stays."""
    await press(discord, await ask(discord, ANSWERED), UP)
    await press(discord, await ask(discord, ANSWERED, who=BEN), UP, BEN)
    await ask(discord, REFUSED, where=DM)
    others = kept.of(BEN)
    asked = await discord.answer(await discord.slash("forget"))
    assert asked["flags"] & EPHEMERAL
    assert faces_of(asked) == ["Erase what is kept about me"]
    assert kept.of(ALICE)[0]
    done = await press(discord, asked, "Erase what is kept about me")
    assert "Erased" in said(done)
    assert kept.of(ALICE) == ((), ())
    assert kept.of(BEN) == others
    assert "no answer here" in texts_of(await discord.answer(await discord.slash("why")))[0]
    export = await discord.slash("export")
    await discord.answer(export)
    empty = json.loads(next(iter(export.files.values())))
    assert empty["thumbs"] == empty["questions_without_an_answer"] == empty["questions_a_day"] == []
    assert empty["conversations"] == []
    assert empty["in_memory"] == {"last_questions": [], "language": "en-GB"}


async def test_only_moderators_erase_a_server_and_only_theirs(discord: FakeDiscord, kept: Kept, state: Path) -> None:
    """It is asked twice; a forged press by somebody else is refused; another server's data stays."""
    await press(discord, await ask(discord, ANSWERED), UP)
    await ask(discord, REFUSED, where=OTHER_CHANNEL)
    asked = await discord.answer(await discord.slash("forget", who=MIRA))
    mine, servers = faces_of(asked)
    assert mine == "Erase what is kept about me"
    for forged in ("pq:f:server", "pq:f:sure"):
        plain = await discord.answer(await discord.slash("forget"))
        buttons_of(plain)[0]["custom_id"] = forged
        assert "Only those who may manage" in said(await discord.answer(await discord.press(plain, custom_id=forged)))
    assert kept.read()[0]
    sure = await press(discord, asked, servers, MIRA)
    assert "cannot be undone" in said(sure)
    assert kept.read()[0]
    assert kept.talks(server(GUILD))
    await press(discord, sure, "Erase all of it", MIRA)
    assert kept.read() == ((), ())
    assert kept.talks(server(GUILD)) == []
    assert kept.talks(server(OTHER_GUILD)) == [[REFUSED]]
    records = SQLiteRecords(state / FILE)
    assert len(records.refusals(server(OTHER_GUILD), 0)) == 1
    records.close()


async def test_a_server_that_removes_the_bot_is_noted(
    discord: FakeDiscord, start: Start, kept: Kept, state: Path
) -> None:
    """It is erased after its grace; where the bot comes back before, nothing happens."""

    def departed() -> dict[Any, int]:
        records = SQLiteRecords(state / FILE)
        try:
            return records.departed()
        finally:
            records.close()

    await (await start(cooldown="0")).logged("Ready in 1 servers")
    await press(discord, await ask(discord, ANSWERED), UP)
    await discord.gateway.dispatch("GUILD_DELETE", {"id": str(GUILD)})
    await discord.answer(await discord.slash("privacy", where=DM))
    assert server(GUILD) in departed()
    joined = guild()
    del joined["unavailable"]  # so does Discord where a server takes the bot in
    await discord.gateway.dispatch("GUILD_CREATE", joined)
    await discord.answer(await discord.slash("privacy", where=DM))
    assert server(GUILD) not in departed()
    assert kept.read()[0]


async def test_who_left_while_the_bot_was_away_is_found_out(discord: FakeDiscord, start: Start, state: Path) -> None:
    """At the next start a server that is not there any more is noted, one that is there is not."""
    await ask(discord, REFUSED)
    await ask(discord, REFUSED, where=OTHER_CHANNEL)
    bot = await start(cooldown="0")
    await bot.logged("Ready in 1 servers")
    await discord.answer(await discord.slash("privacy", where=DM))
    records = SQLiteRecords(state / FILE)
    assert list(records.departed()) == [server(OTHER_GUILD)]
    records.close()


async def test_what_is_old_is_erased_at_the_start(discord: FakeDiscord, start: Start, kept: Kept, state: Path) -> None:
    """A question of longer ago than the server keeps them is gone; a recent one stays."""
    await ask(discord, REFUSED)
    recent = kept.read()[1][-1]
    records = SQLiteRecords(state / FILE)
    records.note_refusal(dataclasses.replace(recent, answer=1, question="Of long ago?", at=recent.at - 91 * DAY))
    records.close()
    await (await start(cooldown="0")).logged("were old and are erased")
    questions = [r.question for r in kept.read()[1]]
    assert "Of long ago?" not in questions
    assert recent.question in questions
