"""Takes secrets out of text that is to be logged, however they are written there; puts codes in the place of ids."""

import base64
import json
import re
from collections.abc import Collection, Mapping
from urllib.parse import quote, quote_plus

from pydantic import SecretStr

from bot.operations.pseudonyms import Pseudonyms
from bot.settings import Settings

SHORTEST_SECRET = 8
"""A shorter one is none, and taking it out would tear the lines apart."""

GONE = "[secret]"

_NAMED = re.compile(r"(TOKEN|SECRET|PASSWORD|PASSWD|ACCESS_KEY|API_KEY|CREDENTIAL|SESSION)", re.IGNORECASE)
"""Variables of the environment whose values are secret: the bot's token, the keys to an object store."""

_URL = re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^/\s@]{0,200}:(?P<password>[^\s@]+)@", re.IGNORECASE)

# Every repetition is bounded: a line may hold what anybody wrote, and must not take long.
_SHAPES = (
    # What stands between the scheme of an address and its host: a user and a password.
    (
        re.compile(
            r"(?P<before>\b[a-z][a-z0-9+.-]{0,20}://)(?:[^/\s@?#:]{1,200}:[^\s@]{0,400}|[^/\s@?#]{1,200})@",
            re.IGNORECASE,
        ),
        rf"\g<before>{GONE}@",
    ),
    # Parts of an address that let in whoever has them, as signed links of an object store do.
    (
        re.compile(
            r"(?P<before>\b[\w-]{0,40}(?:access[_-]?key[\w-]{0,40}|secret[\w-]{0,40}|token|password|signature|credential|api[_-]?key)"
            # A quotation mark may be escaped, and keeps its backslash, so that it ends nothing that it did not end.
            r"(?:\\?[\"'])?\s*(?:=|:|%3D)\s*(?:\\?[\"'])?)(?!\[secret\])(?:[^\s&\"',;)\\]|\\[^\"'])+",
            re.IGNORECASE,
        ),
        rf"\g<before>{GONE}",
    ),
    # The token of an interaction or a webhook, which for 15 minutes answers in the bot's name.
    (re.compile(r"(?P<before>/(?:interactions|webhooks)/\d+/)[\w.%~-]+"), rf"\g<before>{GONE}"),
    (re.compile(r"(?P<before>\b(?:Bot|Bearer|Basic)\s+)[\w.~+/%-]{16,}=*"), rf"\g<before>{GONE}"),
    # Any bot's token: its id in base64, a time, and the code.
    (re.compile(r"\b[A-Za-z0-9_-]{18,32}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{20,}"), GONE),
)


def secrets_of(settings: Settings, environment: Mapping[str, str]) -> frozenset[str]:
    """What must never be logged.

    Args:
        settings: those in force; every secret one counts, and a password in the address of any.
        environment: of the process; what is called a token, a key or a password counts.
    """
    found: set[str] = set()
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            found.add(value.get_secret_value().strip())
            found.update(m["password"] for m in _URL.finditer(value.get_secret_value()))
        elif isinstance(value, str):
            found.update(m["password"] for m in _URL.finditer(value))
    found |= {value.strip() for name, value in environment.items() if _NAMED.search(name)}
    return frozenset(secret for secret in found if len(secret) >= SHORTEST_SECRET)


_ID = re.compile(r"(?<![0-9A-Za-z.])[0-9]{17,20}(?![0-9A-Za-z])")
"""An id as Discord gives them since 2015; no other number that we or discord.py log is as long."""


class Redactor:
    """Takes secrets out, and ids."""

    def __init__(self, secrets: Collection[str], pseudonyms: Pseudonyms | None = None) -> None:
        """Remember what to take out.

        Args:
            secrets: shorter ones than `SHORTEST_SECRET` are left.
            pseudonyms: what to put in the place of ids; None leaves them.
        """
        self._pseudonyms = pseudonyms
        forms = {form for secret in secrets if len(secret) >= SHORTEST_SECRET for form in _forms(secret)}
        # The longest first: one secret may be part of another.
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        self._known = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None

    def clean(self, text: str) -> str:
        """The text without secrets and ids."""
        if self._known is not None:
            text = self._known.sub(GONE, text)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        codes = self._pseudonyms
        return text if codes is None else _ID.sub(lambda found: f"id-{codes.of(int(found[0]))}", text)


def _forms(secret: str) -> set[str]:
    """A secret as it may be written: plain, in an address, in JSON, in a header, as Python shows it."""
    data = secret.encode(errors="surrogateescape")  # a variable of the environment may be no UTF-8
    plain = {secret, quote(data, safe=""), quote(data), quote_plus(data), json.dumps(secret)[1:-1]}
    every = "".join(f"%{byte:02X}" for byte in data)
    coded = {base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()}
    return plain | {every, quote(quote(data, safe=""), safe=""), repr(secret)[1:-1]} | coded
