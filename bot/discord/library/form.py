"""The form of /library add: addresses, files, and a text that is pasted."""

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.discord.forms import MOST_LABEL
from bot.discord.library import adding
from bot.discord.library.adding import File, Page, Text, Thing
from bot.discord.replies import acknowledge
from bot.translation import _
from index.errors import CommandError

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

FORM = re.compile(r"pq:b:form")
"""The form's custom_id. It names no server: what is added goes to the library of where it is sent."""

MOST_TYPED = 4_000
"""Characters that one field takes (Discord's limit); a longer text goes on in the next field, or is a file."""


def made() -> ui.Modal:
    """The form, empty."""
    modal = ui.Modal(title=_("Add to the library")[:MOST_LABEL], custom_id="pq:b:form", timeout=None)
    short, long = discord.TextStyle.short, discord.TextStyle.paragraph
    fields: tuple[tuple[str, str, ui.Item[Any]], ...] = (
        (_("Addresses"), _("Of pages with an article, one a line"), _field("url", long)),
        (_("Files"), _("Text, Markdown, HTML, PDF, EPUB or DOCX"), _files()),
        (_("Headline"), _("Of the text below"), _field("headline", short, 300)),
        (_("Text"), _("Pasted, as it stands on its page"), _field("text", long)),
        (_("Text, continued"), "", _field("more", long)),
    )
    for label, hint, item in fields:
        modal.add_item(ui.Label(text=label[:MOST_LABEL], description=hint[:100] or None, component=item))
    modal.stop()  # so that discord.py does not keep it
    return modal


def _field(name: str, style: discord.TextStyle, most: int = MOST_TYPED) -> ui.TextInput[Any]:
    return ui.TextInput(custom_id=name, style=style, required=False, max_length=most)


def _files() -> ui.FileUpload[Any]:
    return ui.FileUpload(custom_id="files", required=False, min_values=0, max_values=adding.MOST)


async def show(interaction: "Interaction") -> None:
    """Open the form as the first response."""
    await acknowledge(interaction, lambda: interaction.response.send_modal(made()))


async def submitted(interaction: "Interaction", values: dict[str, str]) -> None:
    """Add what the form holds.

    Raises:
        PullquoteError: its sender may not, or it holds nothing.
    """
    from bot.discord.library.commands import add_things

    things: list[Thing] = [Page(url) for url in values.get("url", "").split()]
    things += [File(attachment) for attachment in uploaded(interaction)]
    # A text that is cut in the middle of a word or line goes on where it was cut.
    text = values.get("text", "") + values.get("more", "")
    if text.strip():
        things.append(Text(values.get("headline", ""), text))
    if not things:
        raise CommandError("The form is empty; give an address, a file or a text.")
    await add_things(interaction, things)


def uploaded(interaction: discord.Interaction[Any]) -> list[discord.Attachment]:
    """The files that came with a form, in order."""
    data: Any = interaction.data or {}
    resolved = (data.get("resolved") or {}).get("attachments") or {}
    ids: list[str] = []
    for row in data.get("components", []):
        field = row.get("component")
        if isinstance(field, dict) and field.get("custom_id") == "files":
            ids += [str(value) for value in field.get("values") or []]
    state = interaction._state  # noqa: SLF001 - discord.py resolves files for forms that it keeps, and ours are none
    return [discord.Attachment(data=resolved[i], state=state) for i in ids if i in resolved]
