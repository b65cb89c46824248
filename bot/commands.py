"""The slash commands, defined once: the shell parses them, Discord registers them, /help lists them."""

from dataclasses import replace

from bot.command import DISCORD_ONLY, EVERYWHERE, SHELL_ONLY, Command, Group, Parameter, Surface
from bot.translation import N_

MAX_QUESTION = 1_000
"""Characters. A question is a sentence or two; more is a pasted text."""

MAX_CHECKED = 4_000
"""Characters of a text that is checked against the article: the longest message in Discord."""

MAX_ARTICLE = 100
"""Characters by which an article of the library is named: its number, or words of its headline."""

_OF_ARTICLE = Parameter(
    "article",
    N_("Which article of the library: choose one, or type words of its headline"),
    "string",
    required=False,
    autocomplete=True,
    maximum=MAX_ARTICLE,
    surfaces=DISCORD_ONLY,
)

ASK = Command(
    "ask",
    N_("Ask about the article; the answer is in its own words, with citations"),
    (
        Parameter(
            "question", N_("What you want to know"), "string", autocomplete=True, minimum=1, maximum=MAX_QUESTION
        ),
        Parameter(
            "private", N_("Show the answer to you alone; you can share it afterwards"), "boolean", required=False
        ),
        _OF_ARTICLE,
        Parameter(
            "before",
            N_("Only articles from before a day, month or year: 2021-07-08, 2021-07 or 2021"),
            "string",
            required=False,
            maximum=20,
            surfaces=DISCORD_ONLY,
        ),
        Parameter(
            "after",
            N_("Only articles from a day, month or year on: 2021-07-08, 2021-07 or 2021"),
            "string",
            required=False,
            maximum=20,
            surfaces=DISCORD_ONLY,
        ),
    ),
)
ARTICLE = Command("article", N_("What article this is: headline, byline, date, and what was set aside"), (_OF_ARTICLE,))
PASSAGE = Command(
    "passage",
    N_("Read a passage of the article"),
    (
        Parameter("number", N_("The passage's number, as it is cited"), "integer", autocomplete=True, minimum=1),
        _OF_ARTICLE,
    ),
)
WHY = Command("why", N_("Why the last answer is what it is: terms, scores, what was considered"))
CHECK = Command(
    "check",
    N_("Check a text against the article: what it says too, what it says differently, what it does not say"),
    (Parameter("text", N_("The text to check, such as a message"), "string", minimum=1, maximum=MAX_CHECKED),),
    surfaces=SHELL_ONLY,
)
NEW = Command("new", N_("Begin anew: forget what was asked here, so that no question is read as a follow-up"))
HELP = Command("help", N_("What you can ask, and how to check an answer"))
PRIVACY = Command("privacy", N_("What is stored about you, and what leaves this machine"))
INSIGHTS = Command(
    "insights",
    N_("What people asked here: what nobody could answer, and what was marked wrong"),
    (
        Parameter(
            "days",
            N_("How many days to look back"),
            "integer",
            required=False,
            choices=(7, 30, 90),
        ),
    ),
    surfaces=DISCORD_ONLY,
    moderators=True,
)
SETTINGS = Command(
    "settings",
    N_("Where and how I answer in this server"),
    surfaces=DISCORD_ONLY,
    moderators=True,
)
EXPORT = Command("export", N_("A copy of all that is kept about you, as a file"))
FORGET = Command("forget", N_("Erase what is kept about you; you are asked once more before"))

LIBRARY = Group("library", N_("The articles that I answer from: add, list, search, refresh, remove"))

FILES = 5
"""Files that one /library add takes; its form takes as many again."""

_ONE_ARTICLE = Parameter(
    "article",
    N_("Which article: choose one, or type words of its headline"),
    "string",
    autocomplete=True,
    minimum=1,
    maximum=MAX_ARTICLE,
)
LIBRARY_ADD = Command(
    "add",
    N_("Add articles: an address, files, or nothing for a form that takes text"),
    (
        Parameter(
            "url",
            N_("Address of a page with an article, or several with spaces between them"),
            "string",
            required=False,
            maximum=4_000,
        ),
        *(
            Parameter(
                "file" if n == 1 else f"file{n}",
                N_("A text, Markdown, HTML, PDF, EPUB or DOCX file"),
                "attachment",
                required=False,
                surfaces=EVERYWHERE if n == 1 else DISCORD_ONLY,
            )
            for n in range(1, FILES + 1)
        ),
    ),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_LIST = Command(
    "list",
    N_("The articles in the library"),
    (
        Parameter(
            "matching",
            N_("Only those whose headline or address holds this"),
            "string",
            required=False,
            maximum=MAX_ARTICLE,
        ),
    ),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_SHOW = Command(
    "show",
    N_("An article of the library: headline, date, address, and what can be done with it"),
    (_ONE_ARTICLE,),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_SEARCH = Command(
    "search",
    N_("Passages of the library that hold some words"),
    (Parameter("words", N_("The words to look for"), "string", minimum=1, maximum=MAX_QUESTION),),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_REFRESH = Command(
    "refresh",
    N_("Fetch an article again, or all of them, ten at a time, and see what changed since"),
    (replace(_ONE_ARTICLE, required=False),),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_REMOVE = Command(
    "remove",
    N_("Remove an article from the library; you are asked once more before"),
    (_ONE_ARTICLE,),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)

SHELL_LIBRARY = (
    ("add SOURCE...", N_("Add files, folders, addresses or feeds to the library")),
    ("list [MATCHING]", N_("The articles in the library")),
    ("show NUMBER", N_("An article of the library, and its paragraphs")),
    ("search WORDS", N_("Passages of the library that hold some words")),
    ("refresh [NUMBER...]", N_("Read articles again, and see what changed since")),
    ("remove NUMBER...", N_("Remove articles from the library")),
)
"""What follows /library in the shell, and what it does; /help lists them."""

COMMANDS: tuple[Command, ...] = (
    ASK,
    ARTICLE,
    PASSAGE,
    WHY,
    CHECK,
    NEW,
    LIBRARY_ADD,
    LIBRARY_LIST,
    LIBRARY_SHOW,
    LIBRARY_SEARCH,
    LIBRARY_REFRESH,
    LIBRARY_REMOVE,
    HELP,
    PRIVACY,
    EXPORT,
    FORGET,
    INSIGHTS,
    SETTINGS,
)

NAMES: tuple[str, ...] = (
    N_("/ask"),
    N_("/article"),
    N_("/passage"),
    N_("/why"),
    N_("/check"),
    N_("/new"),
    N_("/library"),
    N_("/add"),
    N_("/list"),
    N_("/show"),
    N_("/search"),
    N_("/refresh"),
    N_("/remove"),
    N_("/help"),
    N_("/privacy"),
    N_("/export"),
    N_("/forget"),
    N_("/insights"),
    N_("/settings"),
    N_("question:"),
    N_("private:"),
    N_("number:"),
    N_("text:"),
    N_("days:"),
    N_("article:"),
    N_("before:"),
    N_("after:"),
    N_("url:"),
    N_("file:"),
    N_("file2:"),
    N_("file3:"),
    N_("file4:"),
    N_("file5:"),
    N_("matching:"),
    N_("words:"),
)
"""The names as the catalogues hold them, a command's with its slash and a parameter's with a colon, so that neither is
taken for a word of a sentence; a test holds them to the commands."""

BY_NAME: dict[str, Command] = {command.path: command for command in COMMANDS}
"""By name, with the group's in front."""


def commands_on(surface: Surface) -> tuple[Command, ...]:
    """The commands that can be used on a surface, in the order in which they are listed."""
    return tuple(command for command in COMMANDS if surface in command.surfaces)


HELP_INTRODUCTION = N_(
    "Ask a question about the article. The answer is made of the article's own sentences, word for word, each "
    "with a number and the place where it stands. If the article does not say, you are told so, and why."
)

EXPLAINED = 5
"""Sentences that /why shows."""
