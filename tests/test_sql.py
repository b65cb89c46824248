"""SQL is made of the program's own words; whatever anybody wrote goes in as a parameter.

What is put into a statement's text must be a constant of a module, a number (`:d`), or a name that below is said to
hold nothing but SQL of ours, and which the test then follows to where it is made.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "index").rglob("*.py")])
LANCE = [path for path in SOURCES if path.name.startswith("lance")]
"""They give LanceDB no SQL but filters, which take no parameters; see below."""

FILES = [path for path in SOURCES if path not in LANCE]
TOLD = {"execute": 0, "executemany": 0, "executescript": 0, "number": 1}
"""What is given SQL, and as which of its arguments."""

LOCAL = {
    "bot/records/sqlite.py": {"_read": 0},
    "bot/records/sqlite_conversations.py": {"_read": 0},
    "index/library/rows.py": {"_entries": 1},
}
"""The same within a file."""


def is_statement(text: str) -> bool:
    """Whether a text is SQL."""
    return (
        text.lstrip().upper().startswith(("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "REPLACE ", "WITH ", "PRAGMA "))
    )


def is_ours(node: ast.expr) -> bool:  # noqa: C901, PLR0911 - a table
    """Whether an expression holds nothing that anybody else wrote: it is made of constants of the program alone."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name.isupper() or name.lstrip("_").isupper()
        case ast.JoinedStr(values=values):
            return all(is_ours(value) for value in values)
        case ast.FormattedValue(value=value, format_spec=spec):
            number = isinstance(spec, ast.JoinedStr) and ast.unparse(spec) in ("f'd'", "'d'")
            return number or is_ours(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return is_ours(left) and is_ours(right)
        case ast.BinOp(left=left, op=ast.Mult()):
            return is_ours(left)
        case ast.IfExp(body=body, orelse=orelse):
            return is_ours(body) and is_ours(orelse)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return all(is_ours(element) for element in elements)
        case ast.Call(func=ast.Attribute(value=value, attr="join"), args=[argument]):
            # `", ".join("?" * n)`: a place for each parameter.
            return is_ours(value) and is_ours(argument)
        case ast.Call(func=ast.Name(id="int")):
            return True
        case ast.Call(func=ast.Name(id="str"), args=[argument]):
            return is_ours(argument)
        case ast.GeneratorExp(elt=element):
            return is_ours(element)
    return False


def sources(scope: ast.AST, name: str) -> Iterator[ast.expr]:  # noqa: C901 - a table
    """All that a name is given in a function: assigned, added, appended, looped over."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
                    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                        pairs = zip(target.elts, value.elts, strict=False)
                        yield from (v for t, v in pairs if isinstance(t, ast.Name) and t.id == name)
            case ast.AnnAssign(target=ast.Name(id=found), value=value) if found == name and value is not None:
                yield value
            case ast.AugAssign(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case ast.For(target=ast.Name(id=found), iter=value) if found == name:
                yield value
            case ast.comprehension(target=ast.Name(id=found), iter=value) if found == name:
                yield value
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr="append" | "extend"), args=[value]):
                if found == name:
                    yield value


def put_in(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of an expression that are not known to be ours."""
    if is_ours(node):
        return
    match node:
        case ast.JoinedStr(values=values):
            for value in values:
                yield from put_in(value)
        case ast.FormattedValue(value=value):
            yield from put_in(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from put_in(left)
            yield from put_in(right)
        case ast.Call(func=ast.Attribute(value=value, attr="join"), args=[argument]) if is_ours(value):
            yield from put_in(argument)
        case _:
            yield node


def statements(tree: ast.AST, told: dict[str, int] = TOLD) -> Iterator[tuple[ast.AST, ast.expr]]:
    """(The function that it is in, the expression) of all that is made into SQL."""
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(scope):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                if is_statement(str(node.values[0].value)):
                    yield scope, node
            elif isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in told and len(node.args) > told[called]:
                    yield scope, node.args[told[called]]


def is_made_of_ours(scope: ast.AST, part: ast.expr) -> bool:
    """Whether a name is given nothing but what is ours in its function; a parameter is given nothing there."""
    given = list(sources(scope, part.id)) if isinstance(part, ast.Name) else []
    return bool(given) and all(not list(put_in(value)) for value in given)


def unsafe(path: Path) -> list[str]:
    """What is put into SQL in a file and not known to be ours."""
    found: set[str] = set()
    told = TOLD | LOCAL.get(str(path.relative_to(ROOT)), {})
    for scope, expression in statements(ast.parse(path.read_text("utf-8")), told):
        for part in put_in(expression):
            if not is_made_of_ours(scope, part):
                found.add(f"{path.relative_to(ROOT)}: {ast.unparse(part)}")
    return sorted(found)


SAFE = {
    "bot/records/database.py: statement": "a step of MIGRATIONS",
    "index/library/migrations.py: statement": "a step of MIGRATIONS",
    "bot/records/sqlite_file.py: query": "what `_read` is given, which is looked at where it is given",
    "index/database.py: query": "what `number` is given, likewise",
    "index/library/rows.py: where": "what `_entries` is given, likewise",
    "index/library/rows.py: query": "made of that",
    "index/library/rows.py: column": "one of two names that stand in the loop",
}


def test_what_is_put_into_sql_is_ours() -> None:
    """In all files, but for what is said to be safe, with the reason."""
    found = [line for path in FILES for line in unsafe(path)]
    assert [line for line in found if line not in SAFE] == []
    assert set(SAFE) <= set(found), "what is no longer there need not be excused"


@pytest.mark.parametrize(
    "code",
    [
        "def f(c, title): c.execute(f\"SELECT 1 FROM x WHERE title = '{title}'\")",
        'def f(c, title): c.execute("SELECT 1 FROM x WHERE title = " + title)',
        'def f(c, title): c.execute("SELECT 1 FROM x WHERE title = %s" % title)',
        'def f(c, title): c.execute("SELECT 1 FROM x WHERE title = {}".format(title))',
        'def f(c, title):\n    query = f"SELECT 1 FROM {title}"\n    c.execute(query)',
        'def f(c, titles):\n    where = []\n    where.append(titles[0])\n    c.execute(f"SELECT 1 WHERE {where}")',
    ],
)
def test_what_is_not_ours_is_found(code: str) -> None:
    """Every way to put a text into SQL."""
    found = [part for scope, e in statements(ast.parse(code)) for part in put_in(e) if not is_made_of_ours(scope, part)]
    assert found


FILTERED = {
    "owner": "`server:` or `person:` and a number, as `Owner` writes it",
    "person(number)": "the same",
    "key": "made of owners, kinds and numbers, or of 12 hexadecimal digits",
    "chosen": "a list of keys or of row numbers",
    "old.id": "12 hexadecimal digits, computed",
    "since": "a number or a day, by its format",
    "before": "a number, by its format",
    "number": "a number, by its format",
    "day_of(before).isoformat()": "a day",
    "HERE": "a constant",
    "CONVERSATIONS": "the same",
    "_THEIRS": "the same",
}
"""What is put into a filter -> why nobody's words can be in it."""


def filters(path: Path) -> Iterator[ast.JoinedStr]:
    """The texts of a file that are filters: they compare something."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if any(sign in words for sign in (" = ", " IN (", " >= ", " < ", " != ")):
                yield node


@pytest.mark.parametrize("path", LANCE, ids=lambda path: str(path.relative_to(ROOT)))
def test_filters_hold_numbers_and_what_is_computed(path: Path) -> None:
    """LanceDB takes no parameters, so nothing that anybody wrote may be part of a filter."""
    put = {ast.unparse(p.value) for f in filters(path) for p in f.values if isinstance(p, ast.FormattedValue)}
    assert put <= FILTERED.keys()
