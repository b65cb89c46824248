"""The command line, as a person or a script runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FERRY


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The ferry report as a file."""
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, "utf-8")
    return path


def run(*arguments: str | Path, given: bytes = b"", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run pullquote in a clean environment, away from any .env."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PULLQUOTE_", "COLUMNS", "NO_COLOR"))}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *map(str, arguments)],
        input=given,
        capture_output=True,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[1])} | variables,
        cwd=variables.get("HOME", "/"),
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_an_answer_exits_with_0(article: Path) -> None:
    """The quote is on standard output, whole, with its citation."""
    done = run("ask", "--article", article, "How many passengers does it carry?")
    assert (done.returncode, done.stderr) == (0, "")
    assert "It carries up to 38 cars and 250 passengers." in done.stdout
    assert "characters" in done.stdout


def test_an_abstention_exits_with_1(article: Path) -> None:
    """As grep that found nothing; the reason is said."""
    done = run("ask", "--article", article, "How can I donate?")
    assert (done.returncode, done.stderr) == (1, "")
    assert "The article does not say. It is about something else: it never uses “donate”." in done.stdout


def test_json_is_checkable(article: Path) -> None:
    """The documented fields, and offsets into the text as read from the file."""
    done = run("ask", "--json", "--article", article, "--url", "https://example.org/f", "how many pasengers?")
    result = json.loads(done.stdout)
    assert set(result) == {
        "question", "read_as", "answered", "confidence", "quotes", "article", "reason", "missing_terms", "corrections",
        "closest",
    }  # fmt: skip
    assert result["answered"] is True
    assert 0 <= result["confidence"] <= 1
    assert result["corrections"] == [{"typed": "pasengers", "read_as": "passengers"}]
    first = result["quotes"][0]
    assert article.read_text("utf-8")[first["start"] : first["end"]] == first["text"]
    assert first["link"].startswith("https://example.org/f#:~:text=")
    assert set(first) >= {"n", "text", "start", "end", "passage", "paragraph", "score", "link"}
    assert result["article"]["published"] == "2023-03-14"


def test_json_of_an_abstention(article: Path) -> None:
    """The same fields, with the reason, the missing words and the closest passages."""
    done = run("ask", "--json", "--article", article, "Which ferry sank in the Baltic?")
    result = json.loads(done.stdout)
    assert (done.returncode, result["answered"], result["quotes"]) == (1, False, [])
    assert result["reason"].startswith("The article does not say.")
    assert "Baltic" in result["missing_terms"]
    text = article.read_text("utf-8")
    assert all(text[c["start"] : c["end"]] == c["text"] for c in result["closest"])


def test_questions_come_from_standard_input(article: Path) -> None:
    """One a line, empty lines left out; one object a line; 0 if any was answered."""
    lines = "\ufeffHow many passengers?\r\n\r\nHow can I donate?\n".encode()
    done = run("ask", "--json", "--article", article, given=lines)
    assert [json.loads(line)["answered"] for line in done.stdout.splitlines()] == [True, False]
    assert done.returncode == 0


def test_a_bad_question_among_others_loses_none(article: Path) -> None:
    """The others are answered; the exit status tells of the bad one."""
    lines = "How many passengers?\n😀\n" + "x" * 5_000 + "\nHow can I donate?\n"
    done = run("ask", "--json", "--article", article, given=lines.encode())
    assert len(done.stdout.splitlines()) == 2
    assert len(done.stderr.splitlines()) == 2
    assert done.returncode == 2


def test_the_article_may_come_from_standard_input() -> None:
    """`cat article | pullquote ask --article - QUESTION`."""
    done = run("ask", "--article", "-", "How many passengers?", given=FERRY.encode("utf-16"))
    assert "250 passengers" in done.stdout


def test_top_and_threshold(article: Path) -> None:
    """--top lists candidates; --threshold 0 always answers; 1 refuses."""
    top = run("ask", "--json", "--article", article, "--top", "4", "--threshold", "0", "ferry")
    assert [q["n"] for q in json.loads(top.stdout)["quotes"]] == [1, 2, 3, 4]
    assert run("ask", "--article", article, "--threshold", "0", "zeppelin").returncode == 0
    assert run("ask", "--article", article, "--threshold", "1", "How many passengers?").returncode == 1


def test_read_shows_what_the_reader_made(article: Path) -> None:
    """Paragraphs with offsets and furniture, as text and as JSON."""
    result = json.loads(run("read", "--json", article).stdout)
    assert set(result) == {"title", "byline", "published", "url", "paragraphs", "left_out"}
    assert result["byline"] == "By Marta Lindqvist"
    text = article.read_text("utf-8")
    assert all(text[p["start"] : p["end"]] == p["text"] for p in result["paragraphs"])
    assert {p["furniture"] for p in result["paragraphs"]} == {True, False}
    assert "furniture" in run("read", article).stdout


@pytest.mark.parametrize("columns", ["60", "120"])
def test_lines_fit_the_terminal(article: Path, columns: str) -> None:
    """Nothing is wider than the terminal, and no colour comes where NO_COLOR is set."""
    done = run("ask", "--article", article, "What did Berg say?", "--top", "3", COLUMNS=columns, NO_COLOR="1")
    assert max(map(len, done.stdout.splitlines())) <= int(columns)
    assert "\x1b" not in done.stdout


def test_escape_sequences_of_an_article_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """A hostile text cannot repaint the screen or its title."""
    path = tmp_path / "hostile.txt"
    path.write_text(
        "The ferry \x1b]0;owned sails on \x9b31m Monday. " + "The harbour was quiet all day long. " * 20, "utf-8"
    )
    done = run("ask", "--article", path, "When does the ferry sail?", "--threshold", "0")
    assert "Monday" in done.stdout
    assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "--article", "/nowhere/at/all.txt", "Who?"), "no file /nowhere/at/all.txt"),
        (("ask", "--article", "/", "Who?"), "folder"),
        (("ask", ""), "question is empty"),
        (("ask", "😀"), "no word"),
        (("ask", "--threshold", "2", "Who?"), "threshold"),
        (("ask", "--top", "0", "Who?"), "top"),
        (("ask", "--url", "example.org", "Who?"), "https://"),
        (("ask", "--article", "-"), "question cannot"),
        (("shell", "--article", "-"), "name a file"),
        (("discord",), "PULLQUOTE_DISCORD_TOKEN"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_input_is_one_sentence_and_2(arguments: tuple[str, ...], says: str) -> None:
    """What is wrong and what to do, never a traceback."""
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty|no article text"), (b"\x00\x01\x02" * 99, "binary|not text")]
)
def test_a_file_without_an_article_is_one_sentence_and_2(tmp_path: Path, content: bytes, says: str) -> None:
    """Empty and binary files are named as such."""
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    done = run("ask", "--article", path, "Who?")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert any(word in done.stderr for word in says.split("|")), done.stderr


def test_a_bad_setting_is_one_sentence_and_2() -> None:
    """The variable is named."""
    done = run("ask", "Who?", PULLQUOTE_THRESHOLD="high")
    assert done.returncode == 2
    assert done.stderr.startswith("pullquote: PULLQUOTE_THRESHOLD has no valid value")


def test_the_setting_names_the_article(article: Path) -> None:
    """PULLQUOTE_ARTICLE takes the place of the sample."""
    done = run("ask", "How many passengers does it carry?", PULLQUOTE_ARTICLE=str(article))
    assert "250 passengers" in done.stdout


def test_without_anything_the_sample_answers() -> None:
    """The package works at once."""
    assert run("ask", "Who is Zamir Kabulov?").returncode == 0


def test_check_says_what_is_right(article: Path) -> None:
    """Settings, article and Discord are named, the token's absence is no fault."""
    done = run("check", PULLQUOTE_ARTICLE=str(article))
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("settings", "article", "discord", "PULLQUOTE_ARTICLE"))


def test_check_finds_a_misspelt_setting() -> None:
    """A variable that is no setting is most likely meant as one."""
    done = run("check", PULLQUOTE_TRESHOLD="0.4")
    assert done.returncode == 2
    assert "did you mean PULLQUOTE_THRESHOLD" in done.stdout


def test_check_finds_a_machine_without_shards() -> None:
    """Of several machines each needs its part."""
    for machine, named in (("2/4", "PULLQUOTE_SHARDS"), ("second", "PULLQUOTE_MACHINE")):
        done = run("check", PULLQUOTE_MACHINE=machine)
        assert done.returncode == 2
        assert named in done.stdout


def test_check_finds_a_missing_article() -> None:
    """The path that does not exist is named."""
    done = run("check", PULLQUOTE_ARTICLE="/nowhere.txt")
    assert done.returncode == 2
    assert "/nowhere.txt" in done.stdout


def test_a_closed_pipe_is_quiet(article: Path) -> None:
    """`pullquote ask ... | head -0` ends without a word."""
    command = f"{sys.executable} -m bot.cli ask --article {article} --top 50 --threshold 0 ferry | true"
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=os.environ | {"PYTHONPATH": root}, check=False
    )
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["", "ask", "shell", "read", "discord", "check", "doctor"])
def test_every_command_has_help_and_stands_in_the_readme(command: str) -> None:
    """A newcomer finds each command twice."""
    done = run(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert len(done.stdout) > 80
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    assert f"pullquote {command}".strip() in readme


def test_a_terminal_speaks_the_language_of_its_locale(article: Path) -> None:
    """Answer, refusal, complaint and help; the quote stays as it stands in the article."""
    answered = run("ask", "--article", article, "How many passengers does it carry?", LC_ALL="de_DE.UTF-8")
    assert "It carries up to 38 cars and 250 passengers." in answered.stdout
    assert "Passage" in answered.stdout
    assert "Zeichen" in answered.stdout
    assert "14. März 2023" in answered.stdout
    refused = run("ask", "--threshold", "1", "--article", article, "How can I donate?", LC_ALL="fr_FR.UTF-8")
    assert "L’article n’en dit rien. Il parle d’autre chose\xa0:" in refused.stdout
    assert "«\xa0donate\xa0»" in refused.stdout
    missing = run("read", "nowhere.txt", LC_ALL="es_ES.UTF-8")
    assert missing.stderr == "pullquote: No existe el archivo nowhere.txt: comprueba la ruta e inténtalo de nuevo.\n"
    assert "Показать эту справку." in run("ask", "--help", LC_ALL="ru_RU.UTF-8").stdout
    wrong = run("ask", "--foo", LC_ALL="de_DE.UTF-8")
    assert (wrong.returncode, "Fehler: Es gibt keine Option „--foo“." in wrong.stderr) == (2, True)


def test_json_is_the_same_in_every_language(article: Path) -> None:
    """Programs read it, so nothing in it is translated."""
    spoken = [
        run("ask", "--json", "--article", article, question, LC_ALL=locale).stdout
        for question in ("How can I donate?", "Who owns the ferry?", "When was this published?")
        for locale in ("C.UTF-8", "de_DE.UTF-8")
    ]
    assert spoken[0::2] == spoken[1::2]


def test_a_setting_goes_before_the_locale(article: Path, tmp_path: Path) -> None:
    """In the environment or in .env; a value that is none is told in the locale's language."""
    asked = ("ask", "--threshold", "1", "--article", article, "How can I donate?")
    assert "В статье этого нет." in run(*asked, LC_ALL="de_DE.UTF-8", PULLQUOTE_LANGUAGE="ru").stdout
    (tmp_path / ".env").write_text("PULLQUOTE_LANGUAGE=fr\n", "utf-8")
    assert "L’article n’en dit rien." in run(*asked, LC_ALL="de_DE.UTF-8", HOME=str(tmp_path)).stdout
    wrong = run(*asked, LC_ALL="de_DE.UTF-8", PULLQUOTE_LANGUAGE="tlh")
    assert wrong.returncode == 2
    assert "PULLQUOTE_LANGUAGE hat keinen gültigen Wert: es muss auto, en, de, fr, es oder ru sein." in wrong.stderr


def test_the_shell_in_german(article: Path) -> None:
    """Commands go by their German names and their English ones; replies, help and complaints are German."""
    lines = "/fragen How many passengers does it carry?\n/warum\n/passage nummer:1\n/help\n/blah\n/why now\n/neu\n"
    done = run("shell", "--article", article, given=lines.encode(), LC_ALL="de_DE.UTF-8")
    assert done.returncode == 0
    for told in (
        "It carries up to 38 cars and 250 passengers.",
        "beantwortet",
        "eine Zahl",
        "Passage 1 von",
        "/fragen frage [privat] ",
        "Den Artikel befragen; er antwortet in seinen eigenen Worten",
        "Eine Zeile ohne Schrägstrich ist eine Frage.",
        "Es gibt keinen Befehl /blah; die Befehle sind /fragen, /artikel,",
        "Hinter /warum steht nichts weiter; schreib /warum.",
        "Vergessen; deine nächste Frage steht für sich.",
    ):
        assert told in done.stdout
