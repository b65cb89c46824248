"""What every engine of the library does."""

import datetime as dt
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import Article, Kind, Paragraph
from index.errors import LibraryError, LibraryFull, UnknownArticle
from index.library import (
    SHELL,
    Addition,
    Candidates,
    Library,
    Quota,
    Scope,
    Size,
    Skipped,
    open_library,
    person,
    server,
)
from tests.library.builders import article, expected, found, made_up
from tests.library.conftest import Opening

FERRY = article(
    "The ferry Solveig returns on Monday.\n\nIt carries 38 cars to the island of Holm.\n\nThe mayor is glad.",
    url="https://www.news.example/ferry?utm_source=x",
    title="Island ferry returns",
    day=dt.date(2023, 3, 14),
)
BRIDGE = article("A bridge to the island will be built in 2030.\n\nThe mayor of Holm welcomed it.", title="A bridge")


def test_an_added_article_is_kept_whole(library: Library) -> None:
    """What was added is listed, found by number, id and words, and comes back as it was."""
    whole = replace(
        FERRY,
        byline="By Marta",
        paragraphs=(*FERRY.paragraphs[:2], replace(FERRY.paragraphs[2], kind=Kind.FURNITURE)),
    )
    entry = library.add(SHELL, whole, at=1_700_000_000).entry
    assert (entry.number, entry.id, entry.title, entry.byline) == (1, whole.id, "Island ferry returns", "By Marta")
    assert (entry.published, entry.url, entry.source) == (dt.date(2023, 3, 14), whole.url, "a test")
    assert (entry.added, entry.characters, entry.passages, entry.story) == (1_700_000_000, len(whole.text), 1, 1)
    assert entry.publisher == "news.example"
    assert library.article(SHELL, 1) == whole
    assert library.entry(SHELL, 1) == library.find(SHELL, whole.id) == entry
    assert library.entries(SHELL) == (entry,)
    assert library.size(SHELL) == Size(1, 1, len(whole.text))
    assert found(library, SHELL, ["ferri"]) == expected([(1, whole)], ["ferri"])
    assert found(library, SHELL, ["glad"]) == []


def test_a_text_is_kept_as_it_is(library: Library) -> None:
    """Half of a surrogate pair in a headline, zeros, and signs beyond the first plane change nothing."""
    strange = article("Ferry and \x00 and 🛳 went.\n\nİstanbul’s ﬁrst ferry.", title="Half \udc80", day=dt.date(1, 1, 1))
    entry = library.add(SHELL, strange, at=0).entry
    assert library.article(SHELL, entry.number) == strange
    assert found(library, SHELL, ["ferri"]) == expected([(1, strange)], ["ferri"])
    assert library.entries(SHELL, matching="HALF") == (entry,)
    assert library.remove(SHELL, entry.number) == entry


def test_what_is_there_is_not_added_again(library: Library) -> None:
    """The same text, or the same page by another address, is skipped, and it is said which article that is."""
    first = library.add(SHELL, FERRY, at=1)
    assert first == Addition(library.entry(SHELL, 1))
    assert library.add(SHELL, replace(FERRY, url=None), at=2) == Addition(first.entry, Skipped.SAME_TEXT)
    elsewhere = replace(BRIDGE, url="http://news.example/ferry/#top")
    assert library.add(SHELL, elsewhere, at=3) == Addition(first.entry, Skipped.SAME_URL)
    both = library.add_all(SHELL, [BRIDGE, BRIDGE, FERRY], at=4)
    assert [(one.entry.number, one.skipped) for one in both] == [
        (2, None),
        (2, Skipped.SAME_TEXT),
        (1, Skipped.SAME_TEXT),
    ]
    assert library.size(SHELL).articles == 2
    assert library.add(server(1), FERRY, at=5).skipped is None


def test_a_number_is_never_given_again(library: Library) -> None:
    """Whoever names an article by its number never gets another."""
    library.add_all(SHELL, [FERRY, BRIDGE], at=1)
    library.remove(SHELL, 2)
    assert library.add(SHELL, BRIDGE, at=2).entry.number == 3
    with pytest.raises(UnknownArticle):
        library.entry(SHELL, 2)


def test_a_refreshed_article_stays_where_it_is(library: Library) -> None:
    """Its number stays; text, statistics and passages are the new version's; what changed is told."""
    library.add_all(SHELL, [FERRY, BRIDGE], at=1)
    text = FERRY.text.replace("38 cars", "40 cars").replace("\n\nThe mayor is glad.", "")
    new = article(text, url=FERRY.url, title="Ferry is back", day=FERRY.published)
    changed = library.refresh(SHELL, 1, new, at=9)
    assert changed.added == ("It carries 40 cars to the island of Holm.",)
    assert changed.removed == ("It carries 38 cars to the island of Holm.", "The mayor is glad.")
    assert (changed.entry.number, changed.entry.added, changed.entry.title) == (1, 9, "Ferry is back")
    assert library.article(SHELL, 1) == new
    for terms in (["38"], ["40"], ["mayor"], ["island", "holm"]):
        assert found(library, SHELL, terms) == expected([(2, BRIDGE), (1, new)], terms)
    assert library.find(SHELL, FERRY.id) is None
    again = library.refresh(SHELL, 1, new, at=10)
    assert not again
    assert again.entry == changed.entry
    retitled = library.refresh(SHELL, 1, replace(new, title="Back"), at=11)
    assert not retitled
    assert (retitled.entry.title, retitled.entry.added) == ("Back", 9)


def test_a_removed_article_leaves_nothing(library: Library) -> None:
    """Neither its words, nor its statistics, nor its place in a story are left."""
    library.add_all(SHELL, [BRIDGE, FERRY], at=1)
    gone = library.entry(SHELL, 2)
    assert library.remove(SHELL, 2) == gone
    for terms in (["ferri"], ["island"], ["mayor", "holm"]):
        assert found(library, SHELL, terms) == expected([(1, BRIDGE)], terms)
    assert library.spellings(SHELL, "sol") == ()
    assert library.size(SHELL) == Size(1, 1, len(BRIDGE.text))
    assert library.also_in(SHELL, [gone.story]) == ()
    for ask in (library.remove, library.entry, library.article):
        with pytest.raises(UnknownArticle, match="no article 2"):
            ask(SHELL, 2)
    with pytest.raises(UnknownArticle, match=f"no article {2**80}"):
        library.refresh(SHELL, 2**80, FERRY, at=1)


def test_an_erased_owner_is_as_if_never_there(library: Library) -> None:
    """All of the owner's is gone, nothing of another's."""
    library.add_all(server(1), [FERRY, BRIDGE], at=1)
    library.add(server(2), BRIDGE, at=1)
    assert library.owners() == (server(1), server(2))
    assert library.erase(server(1)) == 2
    assert library.erase(server(1)) == library.erase(person(5)) == 0
    assert library.owners() == (server(2),)
    assert library.size(server(1)) == Size()
    assert library.entries(server(1)) == ()
    assert found(library, server(1), ["island"]) == []
    assert found(library, server(2), ["island"]) == expected([(1, BRIDGE)], ["island"])
    library.add(server(1), FERRY, at=2)
    assert found(library, server(1), ["island"]) == expected(
        [(library.entries(server(1))[0].number, FERRY)], ["island"]
    )


def test_an_article_without_words_is_kept(library: Library) -> None:
    """An empty text, and one of punctuation alone, have no passage to find, and disturb no other's."""
    library.add_all(SHELL, [article(""), FERRY, article("?!\n\n..."), BRIDGE], at=1)
    everything = [(n, library.article(SHELL, n)) for n in (1, 2, 3, 4)]
    assert found(library, SHELL, ["island"]) == expected(everything, ["island"])
    library.remove(SHELL, 1)
    assert found(library, SHELL, ["island"]) == expected(everything[1:], ["island"])
    assert library.entry(SHELL, 3).passages == len(expected(everything, [])) + library.size(SHELL).passages - 2


def test_nothing_is_found_where_nothing_is(library: Library) -> None:
    """No owner, no term, a term that stands nowhere: no passage, and the frequencies say so."""
    assert library.candidates(SHELL, ["ferri"]) == Candidates(frequencies={"ferri": 0})
    library.add(SHELL, FERRY, at=1)
    assert library.candidates(SHELL, []) == Candidates(size=1)
    none = library.candidates(SHELL, ["zebra"])
    assert none == Candidates(size=1, frequencies={"zebra": 0})
    assert none.idf("zebra") > library.candidates(SHELL, ["ferri"]).idf("ferri") > 0


def test_candidates_are_the_best_passages_with_their_articles(library: Library) -> None:
    """As many as are asked for, best first, a repeated term counting as often; with statistics of all passages."""
    articles = [made_up(seed) for seed in range(40)]
    library.add_all(SHELL, articles, at=1)
    terms = ["ferri", "storm", "ferri", "gull", "nowhere"]
    for limit in (1, 7, 50, 1_000):
        assert found(library, SHELL, terms, limit) == expected(enumerate(articles, 1), terms, limit)
    few = library.candidates(SHELL, terms, limit=5)
    every = library.candidates(SHELL, terms, limit=1_000)
    assert few.frequencies == every.frequencies
    assert few.size == library.size(SHELL).passages
    assert few.frequencies["gull"] == len(found(library, SHELL, ["gull"], 1_000))
    assert set(few.entries) == {p.article for p in few.passages}
    assert all(entry == library.entry(SHELL, number) for number, entry in few.entries.items())
    assert library.candidates(SHELL, terms, limit=0) == replace(few, passages=(), entries={})


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        (Scope(since=dt.date(2024, 1, 10)), range(10, 29)),
        (Scope(before=dt.date(2024, 1, 10)), range(1, 10)),
        (Scope(since=dt.date(2024, 1, 5), before=dt.date(2024, 1, 7)), (5, 6)),
        (Scope(articles=frozenset({3, 29, 999})), (3, 29)),
        (Scope(since=dt.date(2024, 1, 5), articles=frozenset({3, 9, 29})), (9,)),
        (Scope(articles=frozenset()), ()),
        (Scope(since=dt.date(2025, 1, 1)), ()),
    ],
)
def test_a_scope_narrows_what_is_found(library: Library, scope: Scope, numbers: tuple[int, ...]) -> None:
    """Only passages of articles in the scope are found, with the scores that they have among all."""
    articles = [*(made_up(seed) for seed in range(28)), replace(made_up(28), published=None)]
    library.add_all(SHELL, articles, at=1)
    terms = ["ferri", "island"]
    every = found(library, SHELL, terms, 1_000)
    narrowed = library.candidates(SHELL, terms, limit=1_000, scope=scope)
    assert [(p.article, p.passage, p.start, p.end, p.score) for p in narrowed.passages] == [
        candidate for candidate in every if candidate[0] in numbers
    ]
    assert narrowed.size == library.size(SHELL).passages
    assert narrowed.frequencies == library.candidates(SHELL, terms).frequencies


def test_lists_are_paged_and_matched(library: Library) -> None:
    """In the order of numbers, so many at a time; by a part of headline, address or source, whatever the case."""
    for number in range(1, 8):
        library.add(
            SHELL, article(f"Text {number}.", title=f"Straße {number}", url=f"https://a.example/{number}"), at=1
        )
    assert [e.number for e in library.entries(SHELL, limit=3)] == [1, 2, 3]
    assert [e.number for e in library.entries(SHELL, after=3, limit=3)] == [4, 5, 6]
    assert [e.number for e in library.entries(SHELL, matching="STRASSE 4")] == [4]
    assert [e.number for e in library.entries(SHELL, matching="A.EXAMPLE/5")] == [5]
    assert library.entries(SHELL, matching="%") == library.entries(SHELL, matching="_") == ()
    assert library.entries(SHELL, after=2**80) == ()


def test_one_story_in_two_papers_is_told(library: Library) -> None:
    """An article with nearly the same text names the first one's story, until it tells another."""
    lines = [f"{line}." for line in made_up(1, 30, [f"word{n}" for n in range(300)]).text.split(".\n\n")]
    wire = article("\n\n".join(lines), url="https://a.example/1")
    shorter = article("\n\n".join(lines[:-4]), url="https://b.example/1")
    other = made_up(2, 30, [f"other{n}" for n in range(300)])
    first, unlike, second = library.add_all(SHELL, [wire, other, shorter], at=1)
    assert first.also_in == (second.entry,)
    assert unlike.also_in == ()
    assert second.also_in == (first.entry,)
    assert [e.number for e in library.also_in(SHELL, [first.entry.story])] == [1, 3]
    assert library.add(server(1), shorter, at=1).also_in == ()
    assert library.add(SHELL, wire, at=2) == Addition(first.entry, Skipped.SAME_TEXT, (second.entry,))
    library.refresh(SHELL, 1, made_up(3, 30, [f"new{n}" for n in range(300)]), at=3)
    assert library.also_in(SHELL, [library.entry(SHELL, 1).story]) == (library.entry(SHELL, 1),)
    assert library.also_in(SHELL, [library.entry(SHELL, 3).story]) == (library.entry(SHELL, 3),)
    library.refresh(SHELL, 1, wire, at=4)
    assert [e.number for e in library.also_in(SHELL, [library.entry(SHELL, 1).story])] == [1, 3]
    assert library.also_in(SHELL, []) == ()


def test_spellings_are_of_words_that_are_there(library: Library) -> None:
    """Every way in which an article spells a word is known, as long as an article spells it so."""
    library.add(SHELL, article("NATO met. Nation upon nation agreed."), at=1)
    library.add(SHELL, article("Nato moved on."), at=1)
    assert library.spellings(SHELL, "nat") == ("NATO", "Nation", "Nato")
    assert library.spellings(SHELL, "met") == ("met",)
    assert library.spellings(server(1), "nat") == ()
    library.remove(SHELL, 1)
    assert library.spellings(SHELL, "nat") == ("Nato",)
    assert library.spellings(SHELL, "") == ("Nato", "moved")


def test_a_quota_is_kept(opening: Opening) -> None:
    """What goes over it is refused whole, and nothing of it stays."""
    library = opening(quotas={"shell": Quota(2, 1_000), "server": Quota(5, 40), "person": Quota(1, 1)})
    with pytest.raises(LibraryFull, match="2 articles"):
        library.add_all(SHELL, [FERRY, BRIDGE, article("One.")], at=1)
    assert library.size(SHELL) == Size()
    assert found(library, SHELL, ["ferri"]) == []
    assert library.owners() == ()
    library.add(server(1), article("Short and good."), at=1)
    with pytest.raises(LibraryFull, match="40 characters"):
        library.refresh(server(1), 1, FERRY, at=2)
    assert library.article(server(1), 1).text == "Short and good."
    assert found(library, server(1), ["short"]) == expected([(1, article("Short and good."))], ["short"])
    library.add_all(SHELL, [FERRY, BRIDGE], at=1)
    assert library.add(SHELL, FERRY, at=1).skipped is Skipped.SAME_TEXT


def test_no_owner_sees_anything_of_another(opening: Opening, tmp_path: Path) -> None:
    """Whatever others have, an owner's library answers as if it were alone: scores, spellings, numbers and errors."""
    alone = open_library(tmp_path / "alone.db")
    shared = opening()
    mine, others = [made_up(seed) for seed in range(6)], [made_up(seed) for seed in range(3, 40)]
    shared.add_all(server(2), others[:20], at=1)
    shared.add_all(person(1), others, at=1)
    for library in (alone, shared):
        library.add_all(server(1), mine, at=2)
        library.refresh(server(1), 2, made_up(30), at=3)
        library.remove(server(1), 4)
    shared.remove(server(2), 1)
    shared.add_all(server(2), others[20:], at=4)
    for terms in (["ferri"], ["gull", "38"], ["zebra"]):
        assert shared.candidates(server(1), terms) == alone.candidates(server(1), terms)
    for library in (alone, shared):
        assert len(library.entries(server(1), limit=99)) == 5
        with pytest.raises(UnknownArticle):
            library.article(server(1), 30)
    assert shared.entries(server(1), limit=99) == alone.entries(server(1), limit=99)
    assert shared.spellings(server(1), "") == alone.spellings(server(1), "")
    assert shared.find(server(1), others[-1].id) is None
    assert shared.also_in(server(1), range(50)) == alone.also_in(server(1), range(50))
    assert shared.size(server(1)) == alone.size(server(1))
    alone.close()


def test_what_is_kept_is_there_after_a_restart(opening: Opening) -> None:
    """A library that is opened again has what it had."""
    first = opening()
    first.add_all(server(1), [FERRY, BRIDGE], at=1)
    entries, candidates = first.entries(server(1)), first.candidates(server(1), ["island"])
    first.close()
    with pytest.raises(LibraryError, match="closed"):
        first.entries(server(1))
    again = opening()
    assert again.entries(server(1)) == entries
    assert again.candidates(server(1), ["island"]) == candidates


def test_writers_at_the_same_time_lose_nothing(opening: Opening) -> None:
    """Two libraries opened on one place, two threads each: every article is there, once, and found."""
    libraries = [opening(), opening()]
    articles = [made_up(seed) for seed in range(24)]
    failed: list[BaseException] = []

    def write(library: Library, chosen: list[Article]) -> None:
        try:
            for one in chosen:
                library.add(server(1), one, at=1)
        except BaseException as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)

    # Every article is added by two of the four.
    threads = [threading.Thread(target=write, args=(libraries[n % 2], articles[n % 3 :: 2])) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    there = libraries[0].entries(server(1), limit=99)
    assert there == libraries[1].entries(server(1), limit=99)
    assert sorted(e.id for e in there) == sorted(a.id for a in articles)
    assert sorted({e.number for e in there}) == [e.number for e in there]
    numbered = [(e.number, libraries[1].article(server(1), e.number)) for e in there]
    for library in libraries:
        assert found(library, server(1), ["ferri", "38"]) == expected(numbered, ["ferri", "38"])


def test_a_backup_is_a_library(library: Library, tmp_path: Path) -> None:
    """The copy has everything, may be read by its owner alone, and replaces the copy before it."""
    library.add(server(1), FERRY, at=1)
    library.add(person(1), BRIDGE, at=1)
    target = tmp_path / "copies" / "backup.db"
    library.backup(target)
    assert target.stat().st_mode & 0o077 == 0
    library.add(server(1), BRIDGE, at=2)
    copy = open_library(target)
    assert copy.owners() == (person(1), server(1))
    assert copy.article(server(1), 1) == FERRY
    assert copy.size(server(1)).articles == 1
    assert copy.candidates(person(1), ["bridg"]) == library.candidates(person(1), ["bridg"])
    copy.close()
    library.backup(target)
    again = open_library(target)
    assert again.entries(server(1)) == library.entries(server(1))
    again.close()
    assert sorted(p.name for p in target.parent.iterdir()) == ["backup.db"]


def test_paragraphs_keep_their_kinds(library: Library) -> None:
    """Headline, byline and furniture come back as what they are."""
    text = "Big news\n\nBy Ann\n\nIt happened.\n\nDonate now!"
    kinds = [Kind.HEADLINE, Kind.BYLINE, Kind.BODY, Kind.FURNITURE]
    paragraphs = tuple(replace(p, kind=k) for p, k in zip(article(text).paragraphs, kinds, strict=True))
    mixed = replace(article(text), paragraphs=paragraphs)
    library.add(SHELL, mixed, at=1)
    assert library.article(SHELL, 1) == mixed
    assert isinstance(library.article(SHELL, 1).paragraphs[0], Paragraph)
    assert found(library, SHELL, ["donat"]) == []
