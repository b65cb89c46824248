"""Settings: environment variables with the prefix PULLQUOTE_, or a `.env` file in the working folder.

Built by `load_settings()` at the edge (command line, bot), never at import.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.answer import THRESHOLD
from bot.conversation import MINUTES
from bot.defaults import ENV_FILE, PREFIX, state_folder
from bot.translation import N_, Phrase
from index.errors import SettingsError
from index.library.quota import QUOTAS

__all__ = ["PREFIX", "Settings", "load_settings"]


class Settings(BaseSettings):
    """Everything that an operator may set; each field is PULLQUOTE_ and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    article: Annotated[
        Path | None, Field(description=N_("The article to answer from; empty for the sample article."))
    ] = None
    url: Annotated[
        str | None,
        Field(
            description=N_("Where the article stands on the web, for links; empty to take it from the article."),
            pattern=r"^https?://\S+$",
            max_length=2_000,
        ),
    ] = None
    library: Annotated[
        str | None,
        Field(
            description=N_(
                "Where libraries are kept: a folder, a file or s3://bucket/prefix; empty for the state folder."
            ),
            max_length=2_000,
        ),
    ] = None
    server_articles: Annotated[
        int,
        Field(ge=0, le=1_000_000, description=N_("Articles that the library of a Discord server may hold.")),
    ] = QUOTAS["server"].articles
    person_articles: Annotated[
        int,
        Field(ge=0, le=1_000_000, description=N_("Articles that the library of a person in Discord may hold.")),
    ] = QUOTAS["person"].articles
    threshold: Annotated[
        float, Field(ge=0, le=1, description=N_("How sure an answer must be, 0 (always answers) to 1."))
    ] = THRESHOLD
    quotes: Annotated[int, Field(ge=1, le=3, description=N_("The most quotes an answer may hold, 1 to 3."))] = 3
    conversation_minutes: Annotated[
        float,
        Field(
            gt=0,
            le=10_080,
            description=N_("Minutes after the last question that a conversation is kept, for follow-ups."),
        ),
    ] = MINUTES
    cooldown: Annotated[
        float,
        Field(ge=0, le=600, description=N_("Questions a minute that one person may ask in Discord; 0 for no limit.")),
    ] = 12
    language: Annotated[
        Literal["auto", "en", "de", "fr", "es", "ru"],
        Field(description=N_("The language of the terminal: en, de, fr, es, ru, or auto for the system's.")),
    ] = "auto"
    discord_token: Annotated[
        SecretStr | None, Field(description=N_("The bot's token, from the Discord developer portal. Keep it secret."))
    ] = None
    shards: Annotated[
        str | None,
        Field(
            description=N_("The shards that this process runs, such as 0-15/64; empty for all that Discord asks for."),
            pattern=r"^\d{1,6}(-\d{1,6})?/\d{1,6}$",
        ),
    ] = None
    machine: Annotated[
        str, Field(description=N_("Which of the bot's machines this is, such as 2/4, so that they log in by turns."))
    ] = "1/1"
    private: Annotated[
        bool, Field(description=N_("Whether /ask answers only to its asker unless the question says otherwise."))
    ] = False
    state: Annotated[
        Path | None,
        Field(description=N_("Folder for what the bot remembers between starts; empty for ~/.local/state/pullquote.")),
    ] = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(description=N_("DEBUG, INFO, WARNING or ERROR."))
    ] = "INFO"
    log_format: Annotated[
        Literal["text", "json"],
        Field(description=N_("How log lines are written: text for people, json for programs, one object a line.")),
    ] = "text"
    log_questions: Annotated[
        bool, Field(description=N_("Whether log lines hold what was asked; /privacy then tells people so."))
    ] = False
    metrics_port: Annotated[
        int | None,
        Field(ge=1, le=65_535, description=N_("Port on 127.0.0.1 for health and metrics; empty for none.")),
    ] = None

    @field_validator("article", "library", "state")
    @classmethod
    def _path(cls, value: Path | str | None) -> Path | str | None:
        # The environment holds no NUL, a file does, and to the system no path with one is a path.
        if "\0" in str(value):
            raise PydanticCustomError("path", "not a valid path")
        return value

    @property
    def state_folder(self) -> Path:
        """The folder for what is remembered between starts; need not exist yet."""
        return state_folder(self.state)


_PROBLEMS = (
    N_("input should be a valid number, unable to parse string as a number"),
    N_("input should be a valid integer, unable to parse string as an integer"),
    N_("input should be a valid boolean, unable to interpret input"),
    N_("input should be a valid string, unable to parse raw data as a unicode string"),
    N_("input should be greater than 0"),
    N_("input should be greater than or equal to 0"),
    N_("input should be greater than or equal to 1"),
    N_("input should be less than or equal to 1"),
    N_("input should be less than or equal to 3"),
    N_("input should be less than or equal to 600"),
    N_("input should be less than or equal to 10080"),
    N_("input should be less than or equal to 65535"),
    N_("input should be less than or equal to 1000000"),
    N_("string should have at most 2000 characters"),
    N_("string should match pattern '^https?://\\S+$'"),
    N_("string should match pattern '^\\d{1,6}(-\\d{1,6})?/\\d{1,6}$'"),
    N_("input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    N_("input should be 'auto', 'en', 'de', 'fr', 'es' or 'ru'"),
    N_("input should be 'text' or 'json'"),
)
"""What pydantic says of our settings, for the catalogues; a test holds them to it."""


def load_settings() -> Settings:
    """Read the settings from the environment and `.env`; the environment wins.

    Raises:
        SettingsError: a setting has no valid value, or `.env` cannot be read. The message names the setting and
            what it takes, and never holds the token.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        said = str(first["msg"])
        name = str(first["loc"][0]) if first["loc"] else "setting"
        field = Settings.model_fields.get(name)
        takes = (field.description if field else "") or ""
        raise SettingsError(
            "{name} has no valid value: {problem}. It is: {takes}",
            name=f"{PREFIX}{name.upper()}",
            problem=Phrase(f"{said[:1].lower()}{said[1:]}"),
            takes=Phrase(takes),
        ) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError("The file .env cannot be read: save it as UTF-8 text, readable to you.") from None
