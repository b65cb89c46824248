"""Pages off the web: fetched politely, within limits, and from public addresses alone.

    async with Fetcher() as fetcher:
        fetched = await fetcher.fetch("https://example.org/story")
    article = read_bytes(fetched.data, fetched.name)

or, where no event loop runs, `fetch_now("https://example.org/story")`. Importing this brings in aiohttp, so whoever
must start fast imports it where it is used.
"""

from index.fetch.fetcher import Fetcher, fetch, fetch_now
from index.fetch.model import AGENT, ARTICLES, LIMITS, Fetched, Limits

__all__ = ["AGENT", "ARTICLES", "LIMITS", "Fetched", "Fetcher", "Limits", "fetch", "fetch_now"]
