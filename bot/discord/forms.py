"""Forms (modals) that outlive a restart: what one is for stands in its custom_id, and nothing is kept while it is open.

discord.py keeps each form that it sends until it comes back, for which it may never do, and forgets it at a restart.
Ours are sent as if they were over already, so none is kept, and are recognised by their custom_id when they come.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.discord.replies import acknowledge, report
from index.errors import CommandError

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

Submit = Callable[["Interaction", dict[str, str]], Awaitable[None]]

MOST_LABEL = 45
"""Characters of a title or a label."""


def text_field(name: str, label: str, value: str, *, hint: str = "", most: int = 100) -> ui.Label[Any]:
    """A line to fill in.

    Args:
        name: by which its value comes back.
        label: above it, at most 45 characters.
        value: what stands in it at first.
        hint: small print below the label.
        most: characters that it takes.
    """
    line: ui.TextInput[Any] = ui.TextInput(custom_id=name, default=value, required=False, max_length=most)
    return ui.Label(text=label[:MOST_LABEL], description=hint[:100] or None, component=line)


async def show(interaction: "Interaction", custom_id: str, title: str, fields: list[ui.Label[Any]]) -> None:
    """Open a form as the first response."""
    form = ui.Modal(title=title[:MOST_LABEL], custom_id=custom_id, timeout=None)
    for field in fields:
        form.add_item(field)
    form.stop()  # so that discord.py does not keep it
    await acknowledge(interaction, lambda: interaction.response.send_modal(form))


def values(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """What was filled in, by the name of the field."""
    found: dict[str, str] = {}
    data: Any = interaction.data or {}
    for row in data.get("components", []):
        for field in (row.get("component"), *row.get("components", [])):
            if isinstance(field, dict) and isinstance(field.get("value"), str):
                found[str(field.get("custom_id"))] = field["value"]
    return found


async def submitted(interaction: "Interaction", forms: dict[re.Pattern[str], Submit], stale: str) -> None:
    """Hand a form that came back to what it is for; one that is none of ours is answered with a sentence."""
    data: Any = interaction.data or {}
    submit = next((s for pattern, s in forms.items() if pattern.fullmatch(str(data.get("custom_id")))), None)
    with interaction.client.work.item():
        if submit is None:
            await report(interaction, CommandError(stale))
            return
        try:
            await submit(interaction, values(interaction))
        except Exception as error:  # noqa: BLE001 - the one place where a form's error becomes a sentence
            await report(interaction, error)
