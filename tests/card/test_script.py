"""What a text is written in, and what follows from it."""

import pytest

from bot.card.script import Script, is_right_to_left, language_of, quotation_marks, region_of, script_of
from tests.card import builders


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (builders.ENGLISH, Script.LATIN),
        (builders.RUSSIAN, Script.CYRILLIC),
        (builders.GREEK, Script.GREEK),
        (builders.ARABIC, Script.ARABIC),
        (builders.HEBREW, Script.HEBREW),
        (builders.CHINESE, Script.SIMPLIFIED),
        ("輪渡公司表示，渡輪將於星期一恢復航行。", Script.TRADITIONAL),
        (builders.JAPANESE, Script.JAPANESE),
        ("페리는 월요일에 운항을 재개한다고 회사는 밝혔다.", Script.KOREAN),
        ("नौका सोमवार को लौटेगी।", Script.DEVANAGARI),
        ("เรือจะกลับมาให้บริการ", Script.THAI),
        ("The sign reads 和平, which is Chinese for peace.", Script.LATIN),
        ("2023: 14, 15", Script.LATIN),
        ("", Script.LATIN),
    ],
)
def test_a_text_is_set_by_most_of_its_letters(text: str, script: Script) -> None:
    """A foreign word does not change how a sentence is set."""
    assert script_of(text) is script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (builders.ARABIC, True),
        ("BBC: ستعود العبارة يوم الاثنين", True),
        (builders.HEBREW, True),
        ("The word سلام means peace.", False),
        ("2023", False),
        ("", False),
    ],
)
def test_a_foreign_first_word_does_not_turn_a_sentence_round(text: str, *, expected: bool) -> None:
    """The direction is that of most letters, not of the first one."""
    assert is_right_to_left(text) is expected


def test_chinese_is_told_to_the_typesetter_with_its_region() -> None:
    """Both ways to write Chinese have one language and two regions; other scripts have none."""
    assert (language_of(Script.TRADITIONAL), region_of(Script.TRADITIONAL)) == ("zh", "tw")
    assert (language_of(Script.SIMPLIFIED), region_of(Script.SIMPLIFIED)) == ("zh", "cn")
    assert (language_of(Script.LATIN), region_of(Script.LATIN)) == ("en", None)


@pytest.mark.parametrize(
    ("article", "script", "marks"),
    [
        ("He said “yes” and “no”.", Script.LATIN, "“”"),
        ("Er sagte „ja“ und „nein“.", Script.LATIN, "„“"),
        ("Il a dit « oui » et « non ».", Script.LATIN, "«»"),
        ("Er sagte »ja« und »nein«.", Script.LATIN, "»«"),
        ("No marks at all.", Script.LATIN, "“”"),
        ("Без кавычек.", Script.CYRILLIC, "«»"),
        ("Він сказав „так“.", Script.CYRILLIC, "„“"),
        ("他说：“好。”", Script.SIMPLIFIED, "“”"),
        ("他說：「好。」", Script.TRADITIONAL, "「」"),
        ("市長は述べた。", Script.JAPANESE, "「」"),
    ],
)
def test_the_marks_are_those_that_the_article_uses(article: str, script: Script, marks: str) -> None:
    """A German page gets German marks, and a text without any those of its script."""
    pair = quotation_marks(article, script)
    assert pair.opening + pair.closing == marks
    assert {pair.opening, pair.closing}.isdisjoint({pair.other_opening, pair.other_closing}) or script is Script.LATIN
