"""The web beside the fake Discord, on the same port: pages, and the files that people uploaded."""

from aiohttp import web


class Web:
    """Pages and uploads.

    Attributes:
        pages: path -> media type and body.
        visits: the paths that were asked for.
        uploads: files that people uploaded, by id.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.visits: list[str] = []
        self.uploads: dict[str, bytes] = {}

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """A page of the web."""
        path = "/" + request.match_info["path"]
        self.visits.append(path)
        if path not in self.pages:
            return web.Response(status=404)
        kind, body = self.pages[path]
        return web.Response(body=body, headers={"Content-Type": kind})

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        """A file that a person uploaded."""
        data = self.uploads.get(request.match_info["number"])
        return web.Response(status=404) if data is None else web.Response(body=data)
