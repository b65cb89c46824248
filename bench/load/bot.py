"""The bot process under load: `python -m bench.load.bot PORT`; the real thing but for Discord's address."""

import sys

from bench.load.redirect import redirect
from bot.cli import main

if __name__ == "__main__":
    redirect(int(sys.argv[1]))
    sys.argv = ["pullquote", "discord"]
    main()
