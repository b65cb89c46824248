"""The real bot answers people on a real gateway."""

import re

import pytest
import pytest_asyncio

from tests.loopback.conftest import Start
from tests.loopback.markdown import live, read
from tests.loopback.payloads import ALICE, BEN, BOT, DM
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, buttons_of, faces_of, said, texts_of
from tests.loopback.story import TRAPS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start()


async def test_bodies_are_checked_against_discords_own_description(discord: FakeDiscord) -> None:
    """Where Discord's description of its API is at hand, every body is held to it."""
    if not discord.description.at_hand:
        pytest.skip("Discord's description is not at hand: ../shared/discord/openapi.json")
    assert discord.description.request_errors("POST", "/channels/1/messages", {"content": 1}) != []


async def test_identifies_without_any_privileged_intent(discord: FakeDiscord) -> None:
    """Servers, server messages and direct messages are all that is asked for."""
    assert discord.gateway.identifies[-1]["intents"] == 1 << 0 | 1 << 9 | 1 << 12


async def test_ask_defers_at_once_then_answers(discord: FakeDiscord) -> None:
    """/ask is announced as thinking, then filled with the quote and where it stands."""
    exchange = await discord.slash("ask", question="How much did the repairs cost?")
    message = await discord.answer(exchange)
    assert [callback["type"] for callback in exchange.callbacks] == [5]
    head, quote, foot = texts_of(message)
    assert head == "**How much did the repairs cost?**"
    assert "> She added that the repairs had cost **4.2 million crowns**." in quote or "4.2 million crowns" in quote
    assert "characters 445–500" in quote
    assert "[open at the sentence](<https://example.org/ferry#:~:text=She%20added" in quote
    assert "Confidence" in foot
    assert not message["flags"] & EPHEMERAL


async def test_abstains_with_the_reason_and_the_closest_passages(discord: FakeDiscord) -> None:
    """What the article does not say is said so, with the words it never uses."""
    message = await discord.answer(await discord.slash("ask", question="Which zeppelin won the chess championship?"))
    told = said(message)
    assert "**The article does not say.**" in told
    assert "“zeppelin”" in told or "None of the question's words" in told


async def test_private_answer_is_seen_by_its_asker_until_shared(discord: FakeDiscord) -> None:
    """A private answer is ephemeral; Share posts the same texts for all, says who shared, and can be used once."""
    exchange = await discord.slash("ask", question="How much did the repairs cost?", private=True)
    message = await discord.answer(exchange)
    assert message["flags"] & EPHEMERAL
    before = texts_of(message)
    pressed = await discord.press(message, "Share")
    (shared,) = await discord.until(lambda: pressed.followups)
    assert not shared["flags"] & EPHEMERAL
    *same, line = texts_of(shared)
    assert same == before
    assert re.fullmatch(rf"-# Shared by <@{ALICE}>, asked <t:\d+:R>", line)
    assert faces_of(shared) == ["Context", "More", "Follow up", "Card", "Delete", "👍", "👎"]
    await discord.until(lambda: pressed.edits)
    assert next(b for b in buttons_of(pressed.message or {}) if b.get("label") == "Shared")["disabled"]


async def test_only_the_asker_may_share(discord: FakeDiscord) -> None:
    """Somebody else's press of Share, forged as it must be, gets a sentence and posts nothing."""
    message = await discord.answer(await discord.slash("ask", question="How much did the repairs cost?", private=True))
    pressed = await discord.press(message, "Share", who=BEN)
    refusal = await discord.answer(pressed)
    assert texts_of(refusal) == ["Only the person who asked can share this answer."]
    assert refusal["flags"] & EPHEMERAL
    assert pressed.followups == []


async def test_context_shows_the_passage_with_the_quote_marked(discord: FakeDiscord) -> None:
    """Context answers privately with the whole passage, the quote in bold."""
    message = await discord.answer(await discord.slash("ask", question="How much did the repairs cost?"))
    shown = await discord.answer(await discord.press(message, "Context", who=BEN))
    assert shown["flags"] & EPHEMERAL
    assert "**She added that the repairs had cost 4.2 million crowns.**" in said(shown)


async def test_more_shows_the_next_sentences_numbered_on(discord: FakeDiscord) -> None:
    """More answers privately with further sentences; their numbers go on from the answer's."""
    message = await discord.answer(await discord.slash("ask", question="How much did the repairs cost?"))
    shown = await discord.answer(await discord.press(message, "More"))
    head, *quotes = texts_of(shown)
    assert head == "**The next best sentences**"
    assert r"\[2]" in quotes[0]


async def test_article_text_is_never_live(discord: FakeDiscord) -> None:
    """Mentions, channels, invites, links, timestamps, emoji and spoilers in a quote are shown as written."""
    message = await discord.answer(await discord.slash("ask", question="What did the harbour board write on its page?"))
    quote = next(text for text in texts_of(message) if "harbour board wrote" in text).split("\n")[0]
    assert live(quote) <= {"quote", "bold"}
    assert read(quote) == TRAPS


async def test_autocompletes_passages(discord: FakeDiscord) -> None:
    """A number picks passages that begin with it, words pick those that hold them."""
    every = await discord.complete("passage", "number", "")
    assert [choice["value"] for choice in every] == list(range(1, len(every) + 1))
    (one,) = await discord.complete("passage", "number", "2")
    assert one["name"].startswith("2 — ")
    found = await discord.complete("passage", "number", "hospital")
    assert all("hospital" in choice["name"] or choice["value"] for choice in found)
    assert len(found) < len(every)


async def test_passage_and_article(discord: FakeDiscord) -> None:
    """/passage reads a passage, /article tells what article this is."""
    passage = await discord.answer(await discord.slash("passage", number=1))
    assert texts_of(passage)[0].startswith("**Passage 1 of ")
    article = await discord.answer(await discord.slash("article"))
    assert "<t:1678788000:D>" in said(article)
    assert "<https://example.org/ferry>" in said(article)


async def test_passage_out_of_range_is_a_sentence(discord: FakeDiscord) -> None:
    """A number beyond the last passage is answered with the range."""
    refusal = await discord.answer(await discord.slash("passage", number=900))
    assert "There is no passage 900; the article has passages 1 to" in texts_of(refusal)[0]
    assert refusal["flags"] & EPHEMERAL


async def test_why_explains_the_askers_last_answer_here(discord: FakeDiscord) -> None:
    """/why is about the person's own last answer in the place; elsewhere there is none."""
    await discord.answer(await discord.slash("ask", question="How much did the repairs cost?", who=BEN))
    why = await discord.answer(await discord.slash("why", who=BEN))
    assert "How much did the repairs cost?" in said(why)
    assert why["flags"] & EPHEMERAL
    nothing = await discord.answer(await discord.slash("why", where=DM))
    assert "no answer here in the last hour" in texts_of(nothing)[0]


@pytest.mark.parametrize("name", ["help", "privacy"])
async def test_help_and_privacy_are_for_the_one_who_asks(discord: FakeDiscord, name: str) -> None:
    """/help and /privacy are ephemeral."""
    message = await discord.answer(await discord.slash(name))
    assert message["flags"] & EPHEMERAL


@pytest.mark.parametrize(
    ("question", "said_of_it"),
    [
        ("🙂🙂🙂", "The question "),
        ("   ", "The question "),
        ("x" * 1001, "“question” has 1,001 characters and may have 1,000"),
    ],
)
async def test_a_question_that_cannot_be_asked_is_refused_privately(
    discord: FakeDiscord, question: str, said_of_it: str
) -> None:
    """Without a word in it, or longer than Discord lets one type: one ephemeral sentence, though answers are public."""
    refusal = await discord.answer(await discord.slash("ask", question=question))
    assert refusal["flags"] & EPHEMERAL
    assert texts_of(refusal)[0].startswith(said_of_it)


async def test_a_mention_is_a_question(discord: FakeDiscord) -> None:
    """A message that mentions the bot is answered with a reply."""
    reply = await discord.reply_to(await discord.say(f"<@{BOT}> who welcomed the news?"))
    assert "Tomas Hald" in said(reply)


async def test_an_empty_mention_gets_help(discord: FakeDiscord) -> None:
    """A mention with nothing beside it is answered with what can be asked."""
    reply = await discord.reply_to(await discord.say(f"<@{BOT}>"))
    assert "/ask" in said(reply)


async def test_a_direct_message_is_a_question(discord: FakeDiscord) -> None:
    """A direct message needs no mention."""
    reply = await discord.reply_to(await discord.say("Who welcomed the news?", where=DM))
    assert "Tomas Hald" in said(reply)


async def test_other_messages_are_left_alone(discord: FakeDiscord) -> None:
    """What does not mention the bot, and what a bot wrote, is not answered."""
    await discord.say("Who welcomed the news?")
    own = await discord.say(f"<@{BOT}> who welcomed the news?", who=BOT)
    last = await discord.say(f"<@{BOT}> who welcomed the news?")
    await discord.reply_to(last)
    assert not any(m.get("message_reference", {}).get("message_id") == own["id"] for m in discord.messages)


@pytest.mark.parametrize(
    "custom_id",
    [
        "pq:p:000000000000:1:1:0:0",  # another article
        "pq:p:zzz",  # no form that ever was
        "something else",
        "pq:s:000000000000:1",
        "pq:m:000000000000:1:999999",
    ],
)
async def test_stale_and_forged_buttons_get_a_sentence(discord: FakeDiscord, custom_id: str) -> None:
    """A button of another article or of no known form, on the message or not, is answered with a sentence."""
    message = await discord.answer(await discord.slash("ask", question="How much did the repairs cost?"))
    for carried in (False, True):
        if carried:
            buttons_of(message)[0]["custom_id"] = custom_id
        refusal = await discord.answer(await discord.press(message, custom_id=custom_id))
        assert "ask your question again" in texts_of(refusal)[0]
        assert refusal["flags"] & EPHEMERAL


async def test_numbers_that_fit_no_article_get_a_sentence(discord: FakeDiscord) -> None:
    """A button of this article with numbers beyond its end is answered with a sentence."""
    message = await discord.answer(await discord.slash("ask", question="How much did the repairs cost?"))
    article = buttons_of(message)[0]["custom_id"].split(":")[2]
    for custom_id in (
        f"pq:p:{article}:9999:1:0:0",
        f"pq:p:{article}:1:1:0:999999999",
        f"pq:p:{article}:0:1:3:4",
        f"pq:p:{article}:1:0:0:0",
        f"pq:m:{article}:1:9999999",
        f"pq:m:{article}:0:1",
    ):
        buttons_of(message)[0]["custom_id"] = custom_id
        refusal = await discord.answer(await discord.press(message, custom_id=custom_id))
        assert texts_of(refusal) == ["This button does not fit the article; ask your question again."]


async def test_an_unknown_command_is_a_sentence(discord: FakeDiscord) -> None:
    """A command of another version is answered, not left to time out."""
    refusal = await discord.answer(await discord.slash("headline"))
    assert "another version" in texts_of(refusal)[0]


async def test_the_same_interaction_twice_is_answered_once(discord: FakeDiscord) -> None:
    """Discord may send an interaction again; the work is done once."""
    exchange = await discord.slash("ask", question="How much did the repairs cost?")
    await discord.again(exchange)
    await discord.answer(exchange)
    pressed = await discord.press(exchange.message or {}, "Context")
    await discord.again(pressed)
    await discord.answer(pressed)
    await discord.answer(await discord.slash("help"))
    callbacks = [path for method, path in discord.requests if exchange.token in path and path.endswith("callback")]
    assert len(callbacks) == 1
    assert len([path for _, path in discord.requests if pressed.token in path]) == 1


async def test_logs_hold_no_question_and_no_token(discord: FakeDiscord, bot: BotProcess) -> None:
    """Whatever was asked, the log does not tell."""
    await discord.answer(await discord.slash("ask", question="How much did the repairs cost?"))
    assert "repairs" not in bot.text
    assert "loopback.only" not in bot.text
