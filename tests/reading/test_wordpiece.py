"""Word pieces."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from bot.ranking.wordstats import WEIGHTS
from bot.reading.wordpiece import WordPiece

OURS = WordPiece(WEIGHTS / "vocab.txt")
ORACLE = BertWordPieceTokenizer(str(WEIGHTS / "vocab.txt"), lowercase=True)


def _is_old(char: str) -> bool:
    """Whether Unicode 3.2 knew a character as what it is today; the tables of the two programs differ in age."""
    return unicodedata.ucd_3_2_0.category(char) == unicodedata.category(char)


_CHARACTERS = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cn", "Co", "Cs"]).filter(_is_old)


@given(st.text(_CHARACTERS, max_size=60))
@example("The U.S. café’s naïve Kabulov — 20,000 reservists… “won’t”!")
@example("北京大学 Москва ﬁve İstanbul ß Ångström a\u0301 한국어 ไทย")
@example("one\u2028two")
@example("a" * 101 + " $5.3m #tag _x_ [SEP-ish]")
def test_pieces_equal_those_of_the_tokenizers_package(text: str) -> None:
    """An independent implementation cuts any text into the same pieces."""
    if any(mark in text for mark in ("[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]")):
        return  # it takes these for marks wherever they stand; to us, a text that holds them is a text
    assert OURS.encode(text, 10_000) == ORACLE.encode(text).ids


@pytest.mark.parametrize("most", [2, 3, 7])
def test_a_long_text_is_cut(most: int) -> None:
    """No more pieces than the model takes, the marks at both ends among them."""
    ids = OURS.encode("the ferry sails again on monday", most)
    assert len(ids) == most
    assert (ids[0], ids[-1]) == (101, 102)
