"""The answer inside the sentence."""

from dataclasses import asdict
from statistics import mean

from bench import words
from bench.results.markdown import paragraph, share, table, within
from bench.results.options import Data, Options, Watch


def measure(options: Options, watch: Watch) -> Data:
    """Score the marked words on our own questions."""
    with watch("marked words", 1):
        rows = words.measure_all()
    return {
        "n": len(rows),
        "marked": mean(asdict(row)["any"] for row in rows),
        "metrics": words.summary(rows, rounds=options.rounds),
    }


def lines(data: Data) -> list[str]:
    """The part as Markdown."""
    m = data["metrics"]
    rows = [
        ("**the words marked**", within(m["first"]), within(m["given"])),
        ("the whole sentence", within(m["first_whole"]), within(m["given_whole"])),
        ("nothing", ".000", ".000"),
    ]
    return [
        *paragraph(
            "Token F1 (SQuAD's) of the words in bold against the words that answer, on questions of our own: the large "
            f"sets mark sentences only. n = {data['n']} questions over five articles; the right sentence has a mark in "
            f"{share(data['marked'])} of them. Intervals over questions."
        ),
        *table(("what is shown", "in the first quote", "in the right sentence"), rows),
    ]
