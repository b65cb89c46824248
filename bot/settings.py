"""Settings: environment variables with the prefix PULLQUOTE_, or a `.env` file in the working folder.

Built by `load_settings()` at the edge (command line, bot), never at import.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import SettingsError

DEFAULT_THRESHOLD = 0.5

PREFIX = "PULLQUOTE_"


class Settings(BaseSettings):
    """Everything that an operator may set; each field is PULLQUOTE_ and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    article: Annotated[Path | None, Field(description="The article to answer from; empty for the sample article.")] = (
        None
    )
    threshold: Annotated[
        float | None,
        Field(ge=0, le=1, description="How sure an answer must be, 0 (always answers) to 1; empty for the default."),
    ] = None
    quotes: Annotated[int, Field(ge=1, le=3, description="The most quotes an answer may hold, 1 to 3.")] = 3
    discord_token: Annotated[
        SecretStr | None, Field(description="The bot's token, from the Discord developer portal. Keep it secret.")
    ] = None
    private: Annotated[
        bool, Field(description="Whether /ask answers only to its asker unless the question says otherwise.")
    ] = False
    state: Annotated[
        Path | None, Field(description="Folder for what the bot remembers between starts; empty for ~/.local/state.")
    ] = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(description="DEBUG, INFO, WARNING or ERROR.")
    ] = "INFO"
