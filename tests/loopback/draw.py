"""Draws messages as Discord's dark or light theme shows them: a page to look at or to photograph.

`python -m tests.loopback.draw FILE [light]` writes a page with every kind of answer that the bot gives.
"""

import html
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.loopback.markdown import parse, to_html
from tests.loopback.schema import BUTTON, CONTAINER, EPHEMERAL, ROW, TEXT

WORDS, ROLES, CHANNELS, PICTURES, FILE = 3, 6, 8, 12, 13

Json = dict[str, Any]

THEMES = {
    "dark": "--page: #313338; --box: #2b2d31; --line: #3f4147; --text: #dbdee1; --strong: #f2f3f5; --faint: #949ba4; "
    "--quote: #4e5058; --link: #00a8fc; --button: #4e5058; --on-button: #fff; --code: #1e1f22; --at: #3c4270; "
    "--on-at: #c9cdfb; --time: #3a3c43",
    "light": "--page: #ffffff; --box: #f7f8f9; --line: #d9dbdf; --text: #313338; --strong: #060607; --faint: #5c5e66; "
    "--quote: #c4c9ce; --link: #006ce7; --button: #e3e5e8; --on-button: #313338; --code: #e3e5e8; --at: #d6d9fb; "
    "--on-at: #3a45c2; --time: #e6e7ea",
}

STYLE = """
* { box-sizing: border-box; }
body { background: var(--page); color: var(--text); margin: 0; padding: 16px 16px 24px 72px; max-width: 640px;
  font: 16px/1.375 "gg sans", "Noto Sans", "DejaVu Sans", Emoji, sans-serif; }
.message { margin-bottom: 24px; position: relative; }
.message::before { content: "P"; position: absolute; left: -56px; width: 40px; height: 40px; border-radius: 50%;
  background: #3b82c4; color: #fff; text-align: center; line-height: 40px; font-weight: 600; }
.author { font-weight: 600; color: var(--strong); }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 4px; margin-left: 4px; }
.container { background: var(--box); border: 1px solid var(--line); border-left: 4px solid var(--accent, var(--line));
  border-radius: 8px; padding: 16px; margin-top: 4px; max-width: 520px; }
.text { margin: 8px 0; overflow-wrap: anywhere; } .text:first-child { margin-top: 0; }
.lines, blockquote { white-space: pre-wrap; }
hr { border: 0; border-top: 1px solid var(--line); margin: 8px 0; }
blockquote { border-left: 4px solid var(--quote); border-radius: 4px; margin: 2px 0; padding: 0 8px 0 12px; }
.subtext { font-size: 13px; color: var(--faint); white-space: pre-wrap; }
.item::before { content: "•"; margin-right: 8px; } .item { padding-left: 8px; }
h3 { margin: 8px 0; } a { color: var(--link); text-decoration: none; }
code { background: var(--code); border-radius: 4px; padding: 0 4px; font-size: 14px; }
.mention { background: var(--at); color: var(--on-at); border-radius: 3px; padding: 0 2px; }
.timestamp { background: var(--time); border-radius: 3px; padding: 0 2px; }
.row { display: flex; gap: 8px; flex-wrap: wrap; margin-top: 8px; }
.button { background: var(--button); color: var(--on-button); border-radius: 8px; padding: 6px 16px; font-size: 14px;
  font-weight: 500; white-space: nowrap; }
.button.primary { background: #5865f2; color: #fff; } .button.danger { background: #d22d39; color: #fff; }
.button.disabled { opacity: .5; }
img { max-width: 100%; border-radius: 8px; }
.menu { background: var(--code); border-radius: 8px; padding: 8px 12px; width: 100%; }
.media { max-width: 100%; border-radius: 8px; display: block; margin: 8px 0; }
.ephemeral { font-size: 12px; color: var(--faint); margin-top: 4px; }
.caption { color: var(--faint); font-size: 12px; margin-bottom: 4px; }
@media (max-width: 480px) { body { padding-left: 56px; }
  .message::before { left: -48px; } .container { padding: 12px; } }
"""


def draw(messages: list[tuple[str, Json]], theme: str = "dark") -> str:
    """A page of messages.

    Args:
        messages: (caption, message as Discord writes it).
        theme: "dark" or "light".
    """
    body = "".join(_message(caption, message) for caption, message in messages)
    head = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head += "<title>Messages</title>"
    # The only emoji font at hand is the one that simcord, a tool of the tests, carries.
    fonts = Path(str(files("simcord"))).rglob("*emoji*.ttf")
    faces = "".join(f'@font-face {{ font-family: Emoji; src: url("{font.as_uri()}"); }}' for font in fonts)
    return f"{head}<style>{faces}:root {{ {THEMES[theme]} }} {STYLE}</style>{body}"


def _message(caption: str, message: Json) -> str:
    seen = '<div class="ephemeral">Only you can see this · Dismiss message</div>'
    return (
        f'<div class="caption">{html.escape(caption)}</div><div class="message"><span class="author">Pullquote</span>'
        f'<span class="app">APP</span>{"".join(_component(c) for c in message["components"])}'
        f"{seen if message['flags'] & EPHEMERAL else ''}</div>"
    )


def _component(component: Json) -> str:  # noqa: PLR0911 - a table
    kind = component["type"]
    inner = "".join(_component(c) for c in component.get("components", []))
    if kind == TEXT:
        return f'<div class="text">{to_html(parse(component["content"]))}</div>'
    if kind == CONTAINER:
        accent = component.get("accent_color")
        style = f' style="--accent: #{accent:06x}"' if accent is not None else ""
        return f'<div class="container"{style}>{inner}</div>'
    if kind == ROW:
        return f'<div class="row">{inner}</div>'
    if kind == BUTTON:
        classes = "button" + (" primary" if component["style"] == 1 else "")
        classes += " disabled" if component.get("disabled") else ""
        return f'<span class="{classes}">{html.escape(_face(component))}</span>'
    if kind in (WORDS, ROLES, CHANNELS):
        return f'<span class="menu">{html.escape(_chosen(component))}<span>⌄</span></span>'
    if kind == PICTURES:
        return "".join(
            f'<img src="{html.escape(i["media"]["url"])}" alt="{html.escape(i["description"] or "")}">'
            for i in component["items"]
        )
    if kind == FILE:
        return f'<div class="file">📄 {html.escape(component["name"])}</div>'
    return "<hr>"


def _face(button: Json) -> str:
    """An emoji and a label, whichever there are."""
    return f"{(button.get('emoji') or {}).get('name', '')} {button.get('label') or ''}".strip()


def _chosen(menu: Json) -> str:
    """What a closed menu shows."""
    if menu["type"] in (CHANNELS, ROLES):
        return ", ".join(f"#{v['id']}" for v in menu.get("default_values", [])) or str(menu.get("placeholder"))
    return next((str(o["label"]) for o in menu["options"] if o.get("default")), str(menu.get("placeholder")))


def main() -> None:
    """Write a page with every kind of answer."""
    from tests.loopback import gallery

    Path(sys.argv[1]).write_text(draw(gallery.messages(), *sys.argv[2:3]), "utf-8")


if __name__ == "__main__":
    main()
