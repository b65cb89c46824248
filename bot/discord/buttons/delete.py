"""Delete: takes an answer away, for who asked and for moderators."""

from bot.discord.buttons.action import Action, Interaction
from bot.discord.custom_ids import DeleteId
from bot.discord.replies import acknowledge
from bot.translation import _
from index.errors import CommandError


class DeleteButton(Action, template=DeleteId.PATTERN):
    """Deletes the message that it is on."""

    ID = DeleteId
    EMOJI = "\N{WASTEBASKET}\N{VARIATION SELECTOR-16}"

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("Delete")

    async def press(self, interaction: Interaction) -> None:
        """Delete, if this person may; whoever sees the button can press it, so it is checked now."""
        if interaction.user.id != self.wanted.asker and not interaction.permissions.manage_messages:
            raise CommandError("Only the person who asked, or who may manage messages, can delete this answer.")
        await acknowledge(interaction, interaction.response.defer)
        await interaction.delete_original_response()
