"""The buttons below an answer. Each is a `DynamicItem`: its custom_id says all it needs, so it outlives a restart."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.answer import Abstention, Answer
from bot.composer import compose
from bot.discord.custom_ids import MoreId, PassageId, ShareId, check_article
from bot.discord.replies import acknowledge, fill_in, report, respond
from bot.discord.views import ANSWERED, REFUSED, layout, parts_of
from bot.ranker import RankedSentence
from bot.render import discord_text
from index.errors import CommandError
from index.indexer import Index

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]
    Base = ui.DynamicItem[ui.Button[Any]]
else:
    Base = ui.DynamicItem

NEVER = re.compile(r"(?!)")


class _Action(Base, template=NEVER):
    """A button: admitted like a command, counted as work, its errors told like a command's."""

    async def interaction_check(self, interaction: "Interaction", /) -> bool:  # type: ignore[override]  # one client
        """Whether to act on it: not twice, and not while stopping."""
        return await interaction.client.admit(interaction)

    async def callback(self, interaction: "Interaction") -> None:  # type: ignore[override]  # one client
        """Act, and tell what goes wrong."""
        with interaction.client.work.item():
            try:
                await self.press(interaction)
            except Exception as error:  # noqa: BLE001 - the one place where a button's error becomes a sentence
                await report(interaction, error)

    async def press(self, interaction: "Interaction") -> None:
        """Do what the button is for."""
        raise NotImplementedError


class PassageButton(_Action, template=PassageId.PATTERN):
    """Shows a passage to the one who pressed, the quote in it marked."""

    def __init__(self, wanted: PassageId, label: str = "Context") -> None:
        """Make the button."""
        super().__init__(ui.Button(style=discord.ButtonStyle.secondary, label=label, custom_id=str(wanted)))
        self.wanted = wanted

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it again from what it carries."""
        del interaction, item
        return cls(PassageId.parse(match))

    async def press(self, interaction: "Interaction") -> None:
        """Show the passage."""
        await respond(interaction, passage_view(self.wanted, interaction.client.assistant.index), ephemeral=True)


class MoreButton(_Action, template=MoreId.PATTERN):
    """Shows the next best sentences to the one who pressed."""

    def __init__(self, wanted: MoreId) -> None:
        """Make the button."""
        super().__init__(ui.Button(style=discord.ButtonStyle.secondary, label="More", custom_id=str(wanted)))
        self.wanted = wanted

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it again from what it carries."""
        del interaction, item
        return cls(MoreId.parse(match))

    async def press(self, interaction: "Interaction") -> None:
        """Show the sentences."""
        await respond(interaction, more_view(self.wanted, interaction.client.assistant.index), ephemeral=True)


class ShareButton(_Action, template=ShareId.PATTERN):
    """Posts a private answer for all to see; for its asker."""

    def __init__(self, wanted: ShareId, *, done: bool = False) -> None:
        """Make the button; once done it can be seen but not pressed."""
        style = discord.ButtonStyle.secondary if done else discord.ButtonStyle.primary
        label = "Shared" if done else "Share"
        super().__init__(ui.Button(style=style, label=label, custom_id=str(wanted), disabled=done))
        self.wanted = wanted

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it again from what it carries."""
        del interaction, item
        return cls(ShareId.parse(match))

    async def press(self, interaction: "Interaction") -> None:
        """Post the same answer; the message itself is the record of it, so nothing need be kept or worked out again."""
        check_article(self.wanted.article, interaction.client.assistant.index)
        if self.wanted.asker != interaction.user.id:
            raise CommandError("Only the person who asked can share this answer.")
        texts, buttons, accent = parts_of(interaction.message)
        if not texts:
            raise CommandError("There is no answer on this message to share; ask your question again.")
        kept = again(buttons)
        await acknowledge(interaction, interaction.response.defer)
        # Naming a person does not notify anyone: every message goes out with AllowedMentions.none().
        shared = layout([*texts, f"-# Shared by {interaction.user.mention}"], kept, accent=accent)
        await interaction.followup.send(view=shared)
        await fill_in(interaction, layout(texts, [*again(buttons), ShareButton(self.wanted, done=True)], accent=accent))


BUTTONS: tuple[type[_Action], ...] = (PassageButton, MoreButton, ShareButton)


def is_ours(custom_id: str, message: discord.Message | None) -> bool:
    """Whether a press will be acted on: some button answers to the custom_id, and the message does hold it."""
    known = any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in BUTTONS)
    return known and any(button.custom_id == custom_id for button in parts_of(message)[1])


def again(buttons: Sequence[discord.Button]) -> list[ui.Item[Any]]:
    """The same buttons, made anew, except for Share."""
    made: list[ui.Item[Any]] = []
    for button in buttons:
        if match := PassageId.PATTERN.fullmatch(button.custom_id or ""):
            made.append(PassageButton(PassageId.parse(match), button.label or "Context"))
        elif match := MoreId.PATTERN.fullmatch(button.custom_id or ""):
            made.append(MoreButton(MoreId.parse(match)))
    return made


def answer_view(result: Answer | Abstention, index: Index, *, asker: int | None = None) -> ui.LayoutView:
    """An answer or an abstention with its buttons.

    Args:
        result: what was found.
        index: the index of the article.
        asker: for a private answer, the person who may share it.
    """
    page = discord_text.result(result)
    buttons: list[ui.Item[Any]] = []
    for quote in page.quotes:
        at = quote.citation
        label = "Context" if len(page.quotes) == 1 else f"Context {at.n}"
        buttons.append(PassageButton(PassageId(index.article.id, at.passage, 1, at.start, at.end), label))
    buttons += [
        PassageButton(PassageId(index.article.id, p.number, 1, p.start, p.start), f"Passage {p.number}")
        for p in page.passages
    ]
    if isinstance(result, Answer):
        shown = {q.citation.start for q in page.quotes}
        by_start = {s.start: s.number for s in index.sentences}
        further = [by_start[q.citation.start] for q in page.rest]
        further += [c.sentence.number for c in result.trace.considered if c.sentence.start not in shown]
        if further:
            buttons.append(MoreButton(MoreId(index.article.id, len(page.quotes) + 1, tuple(dict.fromkeys(further)))))
    if asker is not None:
        buttons.append(ShareButton(ShareId(index.article.id, asker)))
    return layout(page.texts, buttons, accent=ANSWERED if isinstance(result, Answer) else REFUSED)


def passage_view(wanted: PassageId, index: Index) -> ui.LayoutView:
    """A passage, or the part of it that is wanted, with a button to the next part where there is one.

    Raises:
        CommandError: it is of another article, or there is no such passage.
    """
    passage = wanted.find(index)
    mark = (wanted.start, wanted.end) if wanted.start != wanted.end else None
    parts = discord_text.passage_parts(passage, index, mark)
    part = min(wanted.part, len(parts))
    following = PassageId(wanted.article, wanted.passage, part + 1, wanted.start, wanted.end)
    return layout(parts[part - 1], [PassageButton(following, "Next part")] if part < len(parts) else [])


def more_view(wanted: MoreId, index: Index) -> ui.LayoutView:
    """The sentences of a "More" button with their citations.

    Raises:
        CommandError: they are of another article, or there is no such sentence.
    """
    sentences = wanted.find(index)
    quotes = compose(index, "", [RankedSentence(s, 0.0, 0.0) for s in sentences], None)
    page = discord_text.more(discord_text.numbered(quotes, wanted.first), index.article)
    further = tuple(s.number for s in sentences[len(page.quotes) :])
    onward = MoreId(wanted.article, wanted.first + len(page.quotes), further)
    return layout(page.texts, [MoreButton(onward)] if further else [])
