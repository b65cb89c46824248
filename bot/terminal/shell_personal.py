"""/privacy, /export and /forget in the shell: they are about the file of lines typed at its prompt."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from bot.conversation import Conversation
from bot.render.terminal import shown
from bot.terminal.shell_history import ShellHistory
from bot.translation import _, n_


class Personal:
    """What the shell keeps of whoever types at it.

    Attributes:
        asked: whether the last command was /forget, so that the next /forget does it.
    """

    def __init__(self, history: ShellHistory | None) -> None:
        """Begin.

        Args:
            history: what was typed; None where nothing is kept.
        """
        self.asked = False
        self._history = history

    def privacy(self, articles: int = 0, *, shared: bool = False) -> RenderableType:
        """What is stored, and what leaves the machine.

        Args:
            articles: in the shell's library.
            shared: whether that library lies on storage that several machines share.
        """
        from bot import privacy

        told = [privacy.machine(shared=shared), self._kept(), *([privacy.own_library(articles)] if articles else [])]
        return Text(" ".join(told))

    def _kept(self) -> str:
        """How much is kept now, and where."""
        if self._history is None:
            return _("This shell keeps what you ask in memory alone, until you leave it.")
        count = len(self._history.entries())
        lines = n_("{n} line", "{n} lines", count).format(n=count)
        return _(
            "This shell keeps the lines that you type at its prompt in {file}, which only you can read; {lines} now. "
            "/export writes them to a file for you, /forget erases them."
        ).format(file=shown(str(self._history.path)), lines=lines)

    def export(self, conversations: Sequence[Conversation | None]) -> RenderableType:
        """Write all that is kept to a file in the folder that one is in.

        Args:
            conversations: those in memory, None for one that there is not.
        """
        if self._history is None:
            return Text(self._kept())
        remembered = [turn.question for conversation in conversations if conversation for turn in conversation.turns]
        path = self._history.export(Path.cwd(), remembered)
        return Text(_("All that this shell keeps is in {file}.").format(file=shown(str(path))))

    def forget(self) -> RenderableType:
        """Ask once, then do it; what is in memory is the shell's own to forget, once `asked` is false again."""
        self.asked = not self.asked
        if self._history is None:
            self.asked = False
            return Text(_("Forgotten: what you asked until now."))
        if self.asked:
            count = len(self._history.entries())
            lines = n_("{n} line", "{n} lines", count).format(n=count)
            message = _("This erases {lines} in {file}; it cannot be undone. Type /forget once more to do it.")
            return Text(message.format(lines=lines, file=shown(str(self._history.path))))
        count = self._history.erase()
        return Text(n_("Erased: {n} line.", "Erased: {n} lines.", count).format(n=count))
