"""What buttons of thumbs, insights and settings carry, and settings in memory."""

import dataclasses
import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer
from bot.discord.custom_ids import MAX_CUSTOM_ID
from bot.discord.feedback import DownButton, UpButton, VoteId, vote_buttons
from bot.discord.guild_settings import SettingId, with_choice
from bot.discord.insights import InsightsId
from bot.discord.keeping import FRESH, Keeping
from bot.discord.personal import ForgetId
from bot.discord.places import places_of
from bot.insights import RANGES
from bot.records import FILE, SQLiteRecords, Verdict, person, server
from bot.render.discord_markdown import escape, unescape
from bot.server_settings import ServerSettings
from index.errors import CommandError, RecordsError
from tests.loopback.story import story_assistant

votes = st.builds(
    VoteId,
    st.sampled_from(Verdict),
    st.text("0123456789abcdef", min_size=12, max_size=12),
    st.integers(0, 2**63 - 1),
    st.integers(0, 1000),
    st.lists(st.integers(0, 10**7 - 1), max_size=3).map(tuple),
)


@given(votes)
def test_a_vote_comes_back(vote: VoteId) -> None:
    """As a custom_id and back gives the same, within its length, and only its own button takes it."""
    match = VoteId.PATTERN.fullmatch(str(vote))
    assert match
    assert VoteId.parse(match) == vote
    assert len(str(vote)) <= MAX_CUSTOM_ID
    takers = [b for b in (UpButton, DownButton) if b.__discord_ui_compiled_template__.fullmatch(str(vote))]
    assert takers == [UpButton if vote.verdict is Verdict.UP else DownButton]


@given(st.builds(InsightsId, st.sampled_from(RANGES), st.integers(0, 9999), st.booleans()))
def test_a_page_comes_back(page: InsightsId) -> None:
    """As a custom_id and back gives the same."""
    match = InsightsId.PATTERN.fullmatch(str(page))
    assert match
    assert InsightsId.parse(match) == page


@pytest.mark.parametrize(
    ("pattern", "made_up"),
    [
        (InsightsId.PATTERN, "pq:i:31:1:p"),
        (InsightsId.PATTERN, "pq:i:30:١:p"),
        (SettingId.MENU, "pq:g:form"),
        (SettingId.BUTTON, "pq:g:private"),
        (ForgetId.PATTERN, "pq:f:1"),
        (VoteId.PATTERN, "pq:v:u:abcdefabcdef:1:1:1.2.3.4"),
    ],
)
def test_what_is_made_up_is_not_recognised(pattern: re.Pattern[str], made_up: str) -> None:
    """No id of a server or a person can be written into a custom_id."""
    assert pattern.fullmatch(made_up) is None


@given(st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp", "Cc"]), max_size=40))
def test_a_question_is_read_back_from_its_message(question: str) -> None:
    """Escaping and back gives what was typed."""
    assert unescape(escape(question)) == question


async def test_thumbs_carry_the_quotes_of_the_answer() -> None:
    """The numbers of the sentences, in their order, and the confidence."""
    assistant = story_assistant()
    found = assistant.ask("How much did the repairs cost?")
    assert isinstance(found, Answer)
    up, down = vote_buttons(found, assistant.index, 77)
    texts = [assistant.index.sentences[n].text for n in up.wanted.sentences]
    assert texts == [q.text for q in found.quotes]
    assert (up.wanted.answer, up.wanted.confidence) == (77, round(found.confidence * 1000))
    assert up.wanted.verdict is Verdict.UP
    assert down.wanted.verdict is Verdict.DOWN


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Start at nought."""
        self.now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


async def test_settings_are_read_once_and_written_through(tmp_path: Path) -> None:
    """One's own change holds at once, another process's within a minute; each server has its own."""
    clock = Clock()
    keeping = Keeping(tmp_path, clock=clock)
    keeping.open()
    assert await keeping.settings(server(1)) == ServerSettings()
    beside = SQLiteRecords(tmp_path / FILE)
    beside.set(server(1), ServerSettings(private=True).stored())
    assert await keeping.settings(server(1)) == ServerSettings()
    clock.now = FRESH
    assert (await keeping.settings(server(1))).private is True
    both = ServerSettings(private=True, language="de", threshold=0.5)
    beside.set(server(1), {"threshold": 0.5})  # which this process does not know of yet
    assert await keeping.change(server(1), lambda now: dataclasses.replace(now, language="de")) == both
    assert (await keeping.settings(server(1))) == both
    assert ServerSettings.from_stored(beside.settings(server(1))) == both
    assert await keeping.settings(server(2)) == ServerSettings()
    assert await keeping.settings(person(1)) == ServerSettings()
    await keeping.erase(server(1))
    assert await keeping.settings(server(1)) == ServerSettings()
    beside.close()
    keeping.close()


async def test_a_change_that_cannot_be_written_does_not_hold(tmp_path: Path) -> None:
    """What is in memory is what is in the store."""
    keeping = Keeping(tmp_path)
    keeping.open()
    await keeping.settings(server(1))
    await keeping.run(lambda records: records.close())
    with pytest.raises(RecordsError):
        await keeping.change(server(1), lambda now: dataclasses.replace(now, private=True))
    assert await keeping.settings(server(1)) == ServerSettings()


async def test_where_no_file_can_be_made_the_store_is_in_memory(caplog: pytest.LogCaptureFixture) -> None:
    """It works until it is closed, and the log says so."""
    keeping = Keeping(Path("/proc/nowhere"))
    keeping.open()
    await keeping.change(server(1), lambda now: dataclasses.replace(now, private=True))
    assert (await keeping.settings(server(1))).private
    keeping.close()
    keeping.close()
    assert "Nothing can be kept" in caplog.text


async def test_a_store_that_is_not_open_is_a_sentence(tmp_path: Path) -> None:
    """Nothing is opened behind the operator's back."""
    with pytest.raises(RecordsError, match="not open"):
        await Keeping(tmp_path / "none").settings(server(1))
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a path would be told to be asynchronous


def test_a_thread_is_where_its_channel_and_category_are() -> None:
    """The channel, what it is a thread of, and the category of that may each stand on the list."""
    guild: Any = SimpleNamespace(get_channel={5: SimpleNamespace(category_id=9)}.get)
    thread: Any = SimpleNamespace(id=7, parent_id=5, category_id=None)
    place: Any = SimpleNamespace(channel=thread, channel_id=7, guild=guild)
    assert set(places_of(place)) == {7, 5, 9, None}
    alone: Any = SimpleNamespace(channel=None, channel_id=3, guild=None)
    assert set(places_of(alone)) == {3, None}


@pytest.mark.parametrize(
    ("name", "values"),
    [("channels", ["1", "x"]), ("private", ["perhaps"]), ("language", ["xx"]), ("threshold", ["9e9"])],
)
def test_a_choice_that_no_menu_offers_is_refused(name: str, values: list[str]) -> None:
    """With a sentence."""
    with pytest.raises(CommandError):
        with_choice(ServerSettings(), name, values)
