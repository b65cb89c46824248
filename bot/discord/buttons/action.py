"""What every button of ours is: a `DynamicItem` whose custom_id says all it needs, so that it outlives a restart."""

import re
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord
from discord import ui

from bot.discord.replies import report

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]
    Base = ui.DynamicItem[ui.Button[Any]]
else:
    Interaction = discord.Interaction
    Base = ui.DynamicItem

NEVER = re.compile(r"(?!)")


class Action(Base, template=NEVER):
    """A button: admitted like a command, counted as work, its errors told like a command's.

    A subclass names its `template`, what it carries (`ID`), and how it looks; it says in `face` what it is called in
    the language in force, and in `press` what it does.

    Attributes:
        wanted: what it carries.
    """

    ID: ClassVar[type[Any]]
    EMOJI: ClassVar[str | None] = None
    STYLE: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, wanted: object, label: str | None = None, *, disabled: bool = False) -> None:
        """Make the button.

        Args:
            wanted: what it carries; `str()` writes it as a custom_id.
            label: what it says; the family's own if None.
            disabled: whether it can be seen but not pressed.
        """
        button: ui.Button[Any] = ui.Button(
            style=self.STYLE,
            label=(self.face() if label is None else label) or None,
            emoji=self.EMOJI,
            custom_id=str(wanted),
            disabled=disabled,
        )
        super().__init__(button)
        self.wanted: Any = wanted

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it again from what it carries."""
        del interaction, item
        return cls(cls.ID.parse(match))

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]  # one client
        """Whether to act on it: not twice, and not while stopping."""
        return await interaction.client.admit(interaction)

    @classmethod
    def face(cls) -> str:
        """What it says unless it is told otherwise; "" for an emoji alone."""
        return ""

    def plain(self, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Self:
        """The same without its emoji, in some style."""
        self.item.emoji = None
        self.item.style = style
        return self

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]  # one client
        """Act, and tell what goes wrong."""
        async with interaction.client.serving(interaction):
            try:
                await self.press(interaction)
            except Exception as error:  # noqa: BLE001 - the one place where a button's error becomes a sentence
                await report(interaction, error)

    async def press(self, interaction: Interaction) -> None:
        """Do what the button is for."""
        raise NotImplementedError
