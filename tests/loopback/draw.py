"""Draws messages as Discord's dark theme shows them, from their components: a page to look at or to photograph.

`python -m tests.loopback.draw FILE` writes a page with every kind of answer that the bot gives.
"""

import html
import sys
from pathlib import Path
from typing import Any

from tests.loopback.markdown import parse, to_html
from tests.loopback.schema import BUTTON, CONTAINER, EPHEMERAL, ROW, TEXT

Json = dict[str, Any]

STYLE = """
body { background: #313338; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans", "DejaVu Sans", sans-serif;
  margin: 0; padding: 16px 16px 24px 72px; width: 600px; }
.message { margin-bottom: 24px; position: relative; }
.message::before { content: "P"; position: absolute; left: -56px; width: 40px; height: 40px; border-radius: 50%;
  background: #3b82c4; color: #fff; text-align: center; line-height: 40px; font-weight: 600; }
.author { font-weight: 600; color: #f2f3f5; }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 4px; margin-left: 4px; }
.container { background: #2b2d31; border: 1px solid #3f4147; border-left: 4px solid var(--accent, #3f4147);
  border-radius: 8px; padding: 16px; margin-top: 4px; max-width: 520px; }
.text { margin: 8px 0; overflow-wrap: anywhere; } .text:first-child { margin-top: 0; }
.lines, blockquote { white-space: pre-wrap; }
hr { border: 0; border-top: 1px solid #3f4147; margin: 8px 0; }
blockquote { border-left: 4px solid #4e5058; border-radius: 4px; margin: 2px 0; padding: 0 8px 0 12px; }
.subtext { font-size: 13px; color: #949ba4; white-space: pre-wrap; }
.item::before { content: "•"; margin-right: 8px; } .item { padding-left: 8px; }
h3 { margin: 8px 0; } a { color: #00a8fc; text-decoration: none; }
code { background: #1e1f22; border-radius: 4px; padding: 0 4px; font-size: 14px; }
.mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px; }
.row { display: flex; gap: 8px; flex-wrap: wrap; margin-top: 8px; }
.button { background: #4e5058; color: #fff; border-radius: 8px; padding: 6px 16px; font-size: 14px; font-weight: 500; }
.button.primary { background: #5865f2; } .button.disabled { opacity: .5; }
.ephemeral { font-size: 12px; color: #949ba4; margin-top: 4px; }
.caption { color: #949ba4; font-size: 12px; margin-bottom: 4px; }
"""


def draw(messages: list[tuple[str, Json]]) -> str:
    """A page of messages.

    Args:
        messages: (caption, message as Discord writes it).
    """
    body = "".join(_message(caption, message) for caption, message in messages)
    return f'<!doctype html><meta charset="utf-8"><title>Messages</title><style>{STYLE}</style>{body}'


def _message(caption: str, message: Json) -> str:
    seen = '<div class="ephemeral">Only you can see this · Dismiss message</div>'
    return (
        f'<div class="caption">{html.escape(caption)}</div><div class="message"><span class="author">Pullquote</span>'
        f'<span class="app">APP</span>{"".join(_component(c) for c in message["components"])}'
        f"{seen if message['flags'] & EPHEMERAL else ''}</div>"
    )


def _component(component: Json) -> str:
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
        return f'<span class="{classes}">{html.escape(component["label"])}</span>'
    return "<hr>"


def main() -> None:
    """Write a page with every kind of answer."""
    from tests.loopback import gallery

    Path(sys.argv[1]).write_text(draw(gallery.messages()), "utf-8")


if __name__ == "__main__":
    main()
