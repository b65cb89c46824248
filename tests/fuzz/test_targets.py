"""A few seconds of hostile input; see `tests.fuzz` for more of it, and `tests/loopback/test_fuzz.py` for Discord's."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.discord.buttons import BUTTONS
from tests.fuzz import targets
from tests.fuzz.strategies import custom_ids, env_files, questions

quick = settings(max_examples=150, suppress_health_check=list(HealthCheck))


@quick
@given(questions)
def test_any_question(assistant: Assistant, question: str) -> None:
    """It is answered, left open or refused, and shown within all limits."""
    targets.ask(assistant, question)


@settings(quick, max_examples=60)
@given(st.lists(questions, min_size=2, max_size=4))
def test_any_conversation(assistant: Assistant, asked: list[str]) -> None:
    """The same of follow-ups."""
    targets.converse(assistant, asked)


@quick
@given(env_files)
def test_any_settings_file(tmp_path_factory: pytest.TempPathFactory, env: bytes) -> None:
    """It is read or refused in one sentence."""
    targets.read_settings(_folder(tmp_path_factory), env)


@pytest.mark.parametrize("family", range(len(BUTTONS)), ids=[b.__name__ for b in BUTTONS])
@quick
@given(data=st.data())
def test_any_custom_id_of_a_family(assistant: Assistant, data: st.DataObject, family: int) -> None:
    """Whatever fits its pattern."""
    pattern = BUTTONS[family].__discord_ui_compiled_template__
    targets.press(assistant, data.draw(st.from_regex(pattern, fullmatch=True)))


@quick
@given(custom_ids)
def test_any_custom_id(assistant: Assistant, custom_id: str) -> None:
    """Whatever is made up."""
    targets.press(assistant, custom_id)


def _folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples."""
    folder = factory.getbasetemp() / "fuzzed"
    folder.mkdir(exist_ok=True)
    return folder
