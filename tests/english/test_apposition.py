"""Who somebody is, beside the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.apposition import descriptions
from index.analyzer import terms


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("Ana Roe, the island's envoy for fisheries, met the crew.", "Ana Roe", "the island's envoy for fisheries"),
        ("The envoy met them, said the island's envoy, Ana Roe, on Monday.", "Roe", "the island's envoy"),
        ("On Monday its foreign minister, Ana Roe, warned them.", "Ana Roe", "its foreign minister"),
        ("Harbour spokesman Jan Sten Moe said no.", "Moe", "Harbour spokesman"),
        ("It is safe, chief engineer Dr. Aino K. Berg said.", "Berg", "chief engineer"),
        ("It will stay, Danish Foreign Minister Ana Roe warned.", "Ana Roe", "Danish Foreign Minister"),
        ("Mayor Tomas Hald welcomed it.", "Hald", "Mayor"),
        ("Ana Roe sailed on Monday, and nobody minded.", "Ana Roe", None),
        ("Nobody, not even the mayor, saw it.", "Ana Roe", None),
    ],
)
def test_what_stands_beside_a_name_is_found(sentence: str, name: str, expected: str | None) -> None:
    """Behind it between commas, before it, or as a title."""
    found = descriptions(sentence, terms(name))
    assert [sentence[a:b] for a, b in found] == ([expected] if expected else [])


@given(st.text(alphabet="Ab ,.’'—the envoy", max_size=120))
def test_any_sentence_gives_offsets_within_it(sentence: str) -> None:
    """Whatever the sentence, what is found stands in it."""
    assert all(0 <= a < b <= len(sentence) for a, b in descriptions(sentence, ["ab", "a"]))
