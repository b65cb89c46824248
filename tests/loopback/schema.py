"""What Discord takes and gives: its own OpenAPI description where that is at hand, and what it does not say."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]

OPENAPI = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"

COMPONENTS_V2 = 1 << 15
EPHEMERAL = 1 << 6
SUPPRESS = 1 << 2

ROW, BUTTON, TEXT, GALLERY, CONTAINER = 1, 2, 10, 12, 17

NO_MENTIONS: Json = {"parse": []}


class Description:
    """Discord's description of its HTTP API."""

    def __init__(self, path: Path = OPENAPI) -> None:
        """Load it, if it is there."""
        self.at_hand = path.exists()
        self._paths: list[tuple[re.Pattern[str], str]] = []
        self._registry: Registry[Any] = Registry()
        self._validators: dict[str, Draft202012Validator] = {}
        if not self.at_hand:
            return
        self._document = json.loads(path.read_text("utf-8"))
        resource = Resource.from_contents(self._document, default_specification=DRAFT202012)
        self._registry = self._registry.with_resource("urn:discord", resource)
        # A path without parameters goes first: /users/@me is not /users/{user_id}.
        for template in sorted(self._document["paths"], key=lambda t: (t.count("{"), t)):
            pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))
            self._paths.append((re.compile(pattern), template))

    def _template(self, method: str, path: str) -> str | None:
        for pattern, template in self._paths:
            if pattern.fullmatch(path) and method.lower() in self._document["paths"][template]:
                return template
        return None

    def _errors(self, pointer: str, body: object) -> list[str]:
        validator = self._validators.get(pointer)
        if validator is None:
            validator = Draft202012Validator({"$ref": f"urn:discord#{pointer}"}, registry=self._registry)
            self._validators[pointer] = validator
        return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(body)]

    def request_errors(self, method: str, path: str, body: object) -> list[str]:
        """What is wrong with a request's body."""
        if not self.at_hand:
            return []
        template = self._template(method, path)
        if template is None:
            return [f"Discord has no {method} {path}"]
        if "requestBody" not in self._document["paths"][template][method.lower()]:
            return [] if body is None else [f"{method} {path} takes no body"]
        if isinstance(body, dict) and isinstance(body.get("data"), dict):
            body = body | {"data": _with_text_ids(body["data"])}
        if isinstance(body, dict):
            body = _with_text_ids(body)
        if isinstance(body, dict) and isinstance(body.get("message_reference"), dict):
            # discord.py writes these ids as numbers; Discord takes both.
            body = body | {
                "message_reference": {
                    k: str(v) if k.endswith("_id") else v for k, v in body["message_reference"].items()
                }
            }
        return self._errors(f"{_pointer(template, method)}/requestBody/content/application~1json/schema", body)

    def response_errors(self, method: str, path: str, status: int, body: object) -> list[str]:
        """What is wrong with an answer of the fake's own; faults that are played on purpose are not checked."""
        template = self._template(method, path) if self.at_hand else None
        if template is None or status >= 400:
            return []
        answers = self._document["paths"][template][method.lower()]["responses"]
        if str(status) not in answers:
            return [f"Discord never answers {method} {path} with {status}"]
        if "content" not in answers[str(status)]:
            return [] if body is None else [f"{status} has no body"]
        pointer = f"{_pointer(template, method)}/responses/{status}/content/application~1json/schema"
        return self._errors(pointer, body)


def _with_text_ids(part: Json) -> Json:
    """A message whose attachments and menus have ids as text: discord.py writes numbers, and Discord takes both."""
    changed = dict(part)
    for name in ("attachments", "default_values"):
        if name in part:
            changed[name] = [item | {"id": str(item["id"])} for item in part[name]]
    if "components" in part:
        changed["components"] = [_with_text_ids(component) for component in part["components"] or []]
    return changed


def _pointer(template: str, method: str) -> str:
    escaped = template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    return f"/paths/{escaped}/{method.lower()}"


def walk(components: list[Json]) -> Iterator[Json]:
    """All components, parents first."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def buttons_of(message: Json) -> list[Json]:
    """The buttons of a message."""
    return [c for c in walk(message.get("components", [])) if c["type"] == BUTTON]


def face(button: Json) -> str:
    """What a button shows: its label, or else its emoji."""
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")


def faces_of(message: Json) -> list[str]:
    """What the buttons of a message show."""
    return [face(button) for button in buttons_of(message)]


def texts_of(message: Json) -> list[str]:
    """The text displays of a message."""
    return [c["content"] for c in walk(message.get("components", [])) if c["type"] == TEXT]


def said(message: Json) -> str:
    """All that a message says."""
    return "\n".join(texts_of(message))


def _crowded(row: list[Json]) -> bool:
    """Whether a menu stands beside something else."""
    return len(row) > 1 and any(c["type"] != BUTTON for c in row)


def message_errors(body: Json) -> list[str]:  # noqa: C901 - a list of checks
    """What Discord refuses in a message but its description does not say; and mentions that are not switched off."""
    errors: list[str] = []
    components: list[Json] = body.get("components") or []
    layout = bool(body.get("flags", 0) & COMPONENTS_V2)
    every = list(walk(components))
    texts = [c["content"] for c in every if c["type"] == TEXT]
    ids = [c["custom_id"] for c in every if "custom_id" in c]
    content = body.get("content")
    if layout:
        if content or body.get("embeds") or body.get("poll"):
            errors.append("components V2 exclude content, embeds and polls")
        if len(every) > 40:
            errors.append(f"{len(every)} components, of 40")
    elif any(c["type"] not in (ROW, BUTTON) and c["type"] > 8 for c in every):
        errors.append("layout components without the V2 flag")
    elif len(components) > 5:
        errors.append("more than 5 action rows")
    if not components and not content and not body.get("embeds"):
        errors.append("an empty message")
    if any(not text.strip() for text in texts):
        errors.append("an empty text display")
    if sum(len(t.encode("utf-16-le")) // 2 for t in texts) > 4_000 or sum(len(t.encode()) for t in texts) > 10_000:
        errors.append("too much text")
    if len(ids) != len(set(ids)):
        errors.append("the same custom_id twice")
    errors += [f"custom_id too long: {i}" for i in ids if not 1 <= len(i) <= 100]
    errors += [f"label too long: {c['label']}" for c in every if len(c.get("label") or "") > 80]
    errors += ["a row takes 1 to 5 buttons" for c in every if c["type"] == ROW and not 1 <= len(c["components"]) <= 5]
    errors += ["a menu fills its row" for c in every if c["type"] == ROW and _crowded(c["components"])]
    errors += ["a menu has 1 to 25 options" for c in every if c["type"] == 3 and not 1 <= len(c["options"]) <= 25]
    errors += ["a picture without a description" for c in every for i in c.get("items", []) if not i.get("description")]
    mentions = dict(body.get("allowed_mentions") or {})
    if mentions.pop("replied_user", False) or mentions != NO_MENTIONS:
        errors.append(f"mentions are not switched off: {body.get('allowed_mentions')}")
    return errors


def modal_errors(form: Json) -> list[str]:
    """What Discord refuses in a form but its description does not say."""
    errors = []
    fields = [c.get("component", c) for c in form["components"]]
    ids = [f["custom_id"] for f in fields if "custom_id" in f]
    if not 1 <= len(form["title"]) <= 45:
        errors.append(f"a title of {len(form['title'])} characters")
    if not 1 <= len(form["custom_id"]) <= 100:
        errors.append("a custom_id that is too long or empty")
    if not 1 <= len(form["components"]) <= 5:
        errors.append(f"{len(form['components'])} fields, of 5")
    if len(ids) != len(set(ids)):
        errors.append("the same custom_id twice")
    errors += ["a label of 1 to 45 characters" for c in form["components"] if not 1 <= len(c.get("label") or "x") <= 45]
    return errors


def _names(part: Json) -> list[str]:
    """A name in all languages."""
    return [part["name"], *(part.get("name_localizations") or {}).values()]


def _longest(part: Json) -> int:
    """Characters of a name and a description, in the language where they are the longest."""
    described = (part.get("description") or "", *(part.get("description_localizations") or {}).values())
    return max(map(len, _names(part))) + max(map(len, described))


def _parts(command: Json) -> list[Json]:
    """A command, and those inside of it."""
    return [command, *(o for o in command.get("options") or [] if o["type"] == 1)]


def command_errors(commands: list[Json]) -> list[str]:
    """What Discord refuses in commands but its description does not say."""
    errors = [] if len(commands) <= 100 else [f"{len(commands)} commands, of 100"]
    names = [c["name"] for c in commands]
    if len(names) != len(set(names)):
        errors.append("the same command twice")
    for command in (part for whole in commands for part in _parts(whole)):
        options: list[Json] = command.get("options") or []
        menu = command.get("type", 1) != 1
        size = sum(_longest(part) for part in (command, *options, *(o for s in options for o in s.get("options", []))))
        if size > 8_000:
            errors.append(f"/{command['name']} has {size} characters, of 8,000")
        shown = [
            n for part in (command, *options) for n in (part["name"], *(part.get("name_localizations") or {}).values())
        ]
        errors += [f"a name of {len(name)} characters" for name in shown if not 1 <= len(name) <= 32]
        if not menu and any(name != name.lower() or " " in name for name in shown):
            errors.append(f"upper case in /{command['name']}")
        if len(options) > 25:
            errors.append(f"/{command['name']} has {len(options)} options, of 25")
        required = [bool(o.get("required")) for o in options]
        if required != sorted(required, reverse=True):
            errors.append(f"/{command['name']} has a required option behind an optional one")
    return errors
