"""How much each kind of owner may have, unless whoever runs the program says otherwise."""

from collections.abc import Mapping
from types import MappingProxyType

from index.errors import LibraryFull
from index.library.model import Quota, Size

QUOTAS: Mapping[str, Quota] = MappingProxyType(
    {
        "server": Quota(articles=20_000, characters=100_000_000),
        "person": Quota(articles=1_000, characters=5_000_000),
        "shell": Quota(articles=200_000, characters=1_000_000_000),
    }
)
"""Kind of owner -> what it may have. A server's is some 240,000 passages of news and 300 MB on the disk."""


def check(size: Size, quota: Quota) -> None:
    """Refuse what goes over a quota.

    Args:
        size: what the owner would have.
        quota: what the owner may have.

    Raises:
        LibraryFull: it is more than that.
    """
    if size.articles > quota.articles:
        raise LibraryFull("The library has room for {most:,} articles; remove one first.", most=quota.articles)
    if size.characters > quota.characters:
        raise LibraryFull(
            "The library has room for {most:,} characters and would have {size:,}; remove an article first.",
            most=quota.characters,
            size=size.characters,
        )
