"""Which addresses are public, and which are addresses of pages at all."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import AddressRefused
from index.fetch.address_bar import checked
from index.fetch.addresses import is_public


@pytest.mark.parametrize(
    "address",
    "1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 223.255.255.255 2606:4700::1111 "
    "2a00:1450:4001:81b::200e 2003::1 2001:200::1".split(),
)
def test_the_internet_is_public(address: str) -> None:
    """Addresses of hosts that anyone can reach, up to the edges of what is not."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.255 "
    "168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 "
    "192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 "
    "255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 "
    "64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 "
    "2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 4000::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%eth0 "
    "fec0::1 ff02::1 2606:4700::5efe:7f00:1 2606:4700::200:5efe:7f00:1 2606:4700::1111%1 nonsense "
    "1.2.3 01.1.1.1 2130706433".split(),
)
def test_all_else_is_not(address: str) -> None:
    """Private, loopback, link-local, carriers', metadata, multicast, IPv4 inside IPv6 in every form, and nonsense."""
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_never_public(address: IPv4Address) -> None:
    """Ours is the longer list."""
    if not address.is_global or address.is_multicast:
        assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_no_ipv6_address_brings_an_ipv4_address_along(address: IPv4Address) -> None:
    """Mapped, compatible, translated, NAT64, 6to4, ISATAP: none is public, whatever is inside."""
    inside = int(address)
    forms = [
        0xFFFF << 32 | inside,
        inside,
        0xFFFF << 48 | inside,
        0x64FF9B << 96 | inside,
        0x2002 << 112 | inside << 80,
        0x2A001450 << 96 | 0x5EFE << 32 | inside,
    ]
    assert not any(is_public(str(IPv6Address(form))) for form in forms)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://example.org", "https://example.org"),
        ("  http://Example.ORG:80/A?b=c#d ", "http://example.org/A?b=c"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_addresses_of_pages_are_taken(written: str, meant: str) -> None:
    """As one form, without fragment, default port and a dot behind the host."""
    assert str(checked(written)) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://example.org:8443/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://me@example.org/",
        "https://me:pw@example.org/",
        "https://@example.org/",
        "https://example.org\\@10.0.0.1/",
        "https://exam ple.org/",
        "https://example.org/\r\nX: y",
        "https://example.org/\u2028a",
        "https://example/",
        "https://localhost/",
        "https://a.localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.0.1./",
        "https://①②⑦.⓪.⓪.①/",
        "https://１２７.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://exa%6dple.org/",
        "https://a..example.org/",
        "https://.example.org/",
        "https://example.org/" + "a" * 2_000,
        "https://\ud800.example/",
        "http://T:[:f]:1@",
    ],
)
def test_other_addresses_are_refused(written: str) -> None:
    """Each with a sentence."""
    with pytest.raises(AddressRefused) as refused:
        checked(written)
    assert str(refused.value).endswith(".")


@given(st.text(max_size=60) | st.from_regex(r"https?://[^/ ]{1,30}(/[^ ]{0,20})?", fullmatch=True))
def test_whatever_is_taken_is_safe_to_ask(written: str) -> None:
    """Any text: refused with a sentence, or the address of a name or a public number, the same when read again."""
    try:
        url = checked(written)
    except AddressRefused:
        return
    assert url.scheme in ("http", "https")
    assert url.port in (80, 443)
    assert url.raw_user is None
    assert checked(str(url)) == url
    host = url.raw_host or ""
    try:
        ip_address(host)
    except ValueError:
        assert host.isascii()
        assert not host.rpartition(".")[2].isdigit()
    else:
        assert is_public(host)
