"""Secrets are taken out of the log, however they are written there."""

import base64
import json
import logging
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.operations.pseudonyms import Pseudonyms
from bot.operations.redaction import GONE, SHORTEST_SECRET, Redactor, secrets_of
from bot.settings import Settings

TOKEN = "bm90LWEtcmVhbC1vbmU.GaBcDe.abcdefghij_klmnopqrstuvwxyz-01"  # noqa: S105 - not a real one
KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfi=KEY"

SECRETS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=SHORTEST_SECRET, max_size=60)


@given(SECRETS, st.text(max_size=30), st.text(max_size=30))
def test_every_form_of_a_secret_is_taken_out(secret: str, before: str, behind: str) -> None:
    """Plain, percent-encoded once or twice, in JSON, in base64, as Python shows it."""
    forms = {
        secret,
        quote(secret, safe=""),
        quote(secret, safe="").lower(),
        quote(quote(secret, safe=""), safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        repr(secret)[1:-1],
        base64.b64encode(secret.encode()).decode(),
        "".join(f"%{byte:02x}" for byte in secret.encode()),
    }
    redactor = Redactor([secret])
    for form in forms:
        written = redactor.clean(f"{before} {form} {behind}")
        # The text around it may hold it by chance, and GONE a short part of it: what counts is the place itself.
        assert form.lower() not in written.lower() or form.lower() in f"{before} {GONE} {behind}".lower()


@pytest.mark.parametrize("written", ["n\udcc3kl-battery", "n%C3kl-battery", "n\\udcc3kl-battery", "bsNrbC1iYXR0ZXJ5"])
def test_a_secret_that_is_no_text_is_one(written: str) -> None:
    """A variable of the environment may hold any bytes; no bot stays down for it."""
    assert Redactor(["n\udcc3kl-battery"]).clean(f"<{written}>") == f"<{GONE}>"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Authorization: Bot {TOKEN}", TOKEN),
        (f"some other bot's {TOKEN}", TOKEN),
        (f"POST /api/v10/interactions/400000000000000031/{'aW50ZXJhY3Rpb24' * 3}/callback", "aW50ZXJhY3Rpb24"),
        ("PATCH https://discord.com/api/v10/webhooks/1/aW50ZXJhY3Rpb24abc/messages/@original", "aW50ZXJhY3Rpb24abc"),
        (f"s3://AKIAEXAMPLE:{KEY}@bucket/library", "AKIAEXAMPLE"),
        ("https://operator:hunter2@example.org/x", "hunter2"),
        (f"GET https://store.example/x?X-Amz-Signature={'0f' * 32}&X-Amz-Credential=AKIA%2F2026", "0f0f0f"),
        (f'{{"aws_secret_access_key": "{quote(KEY, safe="")}"}}', quote(KEY, safe="")),
        ("access_key_id=AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ("PULLQUOTE_DISCORD_TOKEN=short-but-named", "short-but-named"),
    ],
)
def test_what_looks_like_a_secret_goes_though_nobody_told_of_it(text: str, left: str) -> None:
    """Tokens of interactions, of other bots, passwords and signatures in addresses."""
    cleaned = Redactor(()).clean(text)
    assert left not in cleaned
    assert GONE in cleaned


def test_ids_are_codes_where_there_is_a_secret_for_them() -> None:
    """Discord's ids in anybody's line, discord.py's too; other numbers stay."""
    redactor = Redactor((), Pseudonyms(b"key"))
    cleaned = redactor.clean("Ignoring x (Guild: 400000000000000003, User: 400000000000000011) <@400000000000000011>")
    code = Pseudonyms(b"key").of(400000000000000011)
    assert cleaned.count(f"id-{code}") == 2
    assert "4000000" not in cleaned
    kept = "took 0.12345678901234567890 s, 1234567890123456 bytes, deadbeef400000000000000011"
    assert redactor.clean(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Ready in 12 servers.",
        "The Discord token is right: the bot is Pullquote.",
        "https://example.org/ferry?page=2#:~:text=crowns",
        "command=ask outcome=answered seconds=0.0312 confidence=0.93 person=3f2a91c0de44",
        "2.4.1 of discord.py, 3.11.7 of Python, 1.26.4 of NumPy",
        "mail the operator at bot@example.org: the store is full",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    """Logs stay readable."""
    assert Redactor(()).clean(text) == text


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000,
        "a." * 25_000,
        "a-" * 25_000,
        "://" * 20_000,
        "token" * 10_000,
        "Bot " * 10_000,
        "/webhooks/1/" * 9_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """The work grows with the length alone; a pattern that walks back and forth would not end within the minute."""
    Redactor([TOKEN]).clean(text * 6)


def test_all_secret_settings_and_variables_count() -> None:
    """The token, and whatever the environment calls a key, a secret or a password; short words do not."""
    settings = Settings.model_validate({"discord_token": SecretStr(TOKEN)})
    environment = {
        "AWS_SECRET_ACCESS_KEY": KEY,
        "DB_PASSWORD": "hunter2-hunter2",
        "MY_TOKEN": "x",
        "HOME": "/home/operator",
    }
    assert secrets_of(settings, environment) == {TOKEN, KEY, "hunter2-hunter2"}


def test_a_password_in_an_address_of_a_setting_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it is repeated without its address."""
    monkeypatch.setenv("PULLQUOTE_URL", "https://operator:long-password@example.org/x")
    assert "long-password" in secrets_of(Settings(), {})


def test_formatting_never_raises_on_a_secret_that_is_a_pattern() -> None:
    """A secret is text, whatever it looks like."""
    assert Redactor(["(((((((((", "[a-z]+.*?"]).clean("x ((((((((( y") == f"x {GONE} y"
    logging.getLogger(__name__).debug("nothing")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (r'"token=\" outcome=done"', r'"token=\" outcome=done"'),
        (r'"token=\"abc\" x"', r'"token=\"[secret]\" x"'),
        (r"{\"token\": \"abc\"}", r"{\"token\": \"[secret]\"}"),
        (r'"token=a\\"', r'"token=[secret]"'),
    ],
)
def test_an_escaped_quotation_mark_stays_escaped(written: str, told: str) -> None:
    """Found by fuzzing: without its backslash what somebody asked would end before its end, and forge what follows."""
    assert Redactor(()).clean(written) == told
