"""What a person or a redirect names -> an address that may be asked, or a sentence why not; nothing is looked up."""

import re
from collections.abc import Collection
from ipaddress import ip_address

from yarl import URL

from index.errors import AddressRefused
from index.fetch.addresses import is_public
from index.phrases import N_

LONGEST = 2_000
"""Characters of an address; what is longer no server takes."""

PORTS = frozenset({80, 443})

_UNWRITABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
"""What programs read in different ways, and no address holds."""

_USER = re.compile(r"[^/?#]*//[^/?#]*@")
_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOCAL = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "test")
"""Last labels of names that mean something within one network alone, or nothing."""

NOT_PUBLIC = N_("There is no public page at {host}: check the address, or paste the article as text.")
"""Said of a name that does not exist and of one that leads into a private network alike: nobody learns which it is."""


def checked(written: str, endpoints: Collection[tuple[str, int]] = ()) -> URL:
    """The address, without a fragment and without a dot behind the host.

    Args:
        written: as a person typed it or a server sent it.
        endpoints: (address, port) that are let through though they are not public.

    Raises:
        AddressRefused: it is no address of a page, or not one on the public web.
    """
    text = written.strip()
    if len(text) > LONGEST:
        raise AddressRefused("The address is longer than {most:,} characters: use a shorter one.", most=LONGEST)
    if _UNWRITABLE.search(text):
        raise _no_address()
    try:
        url = URL(text).with_fragment(None)
        host = (url.raw_host or "").rstrip(".").lower()
        port = url.port
        if url.scheme not in ("http", "https") or not host or port is None:
            raise _no_address()
        if url.raw_user is not None or url.raw_password is not None or _USER.match(text):
            raise AddressRefused("The address holds a name or password for the site: give it without.")
        url = url.with_host(host)
    except (ValueError, UnicodeError, IndexError):  # yarl raises the last of "http://a:[::1]:1@"
        raise _no_address() from None
    if port not in PORTS and all(port != exempt for _, exempt in endpoints):
        raise AddressRefused("Pages are fetched at the usual ports 80 and 443 alone; {port} is another.", port=port)
    if not _may_be_public(url, endpoints):
        raise AddressRefused(NOT_PUBLIC, host=url.host)
    return url


def _may_be_public(url: URL, endpoints: Collection[tuple[str, int]]) -> bool:
    """Whether a host is a public address, or a name that may lead to one."""
    host = url.raw_host or ""
    try:
        ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        # Names whose last label is a number are IPv4 addresses for some (0x7f.1, 2130706433, 017700000001).
        return _NAME.fullmatch(host) is not None and not _NUMBER.fullmatch(last) and last not in _LOCAL
    return is_public(host) or (host, url.port) in endpoints


def _no_address() -> AddressRefused:
    return AddressRefused("This is not the address of a page: it begins with https:// or http://, and has no spaces.")
