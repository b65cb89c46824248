"""What hostile input is made of."""

import string

from hypothesis import strategies as st

from bot.settings import PREFIX, Settings

NASTY = (
    "\x00\x01\x07\x08\x1b\x7f\x85\u200b\u200d\u200e\u202a\u202e\u2028\u2029\u2066\u2069\ufeff\ufffe\U000e0041\ud800\udfff"
    "\u0301\u0300\u0e33\u0bbf\u1100\u1161ŸßİıǅﬁΣς①½Ⅷ٣๓०🏴\u200d☠👩\u200d👩\u200d👧🇩🇪"
    "`*_~|>#-\\[]()<>@&:;,.!?'\"$%{}=+/^"
)

WORDS = (
    *"who what when where why how how many much did does is are was the a of in to and or not no it he they".split(),
    *"ferry Solveig repairs cost crowns Varnes Holm island engines Monday mayor Nordlinje 4.2 million 38 cars".split(),
    *"article author headline date published about summary byline link passage".split(),
    "@everyone",
    "<@1>",
    "https://example.org/",
    "```",
    "||",
    "1/2",
    "-5",
    "1e999",
    "0x10",
    "31.02.2023",
    "ferry's",
    "don't",
)

nasty = st.text(st.characters() | st.sampled_from(NASTY), max_size=60)
words = st.lists(st.sampled_from(WORDS) | nasty, max_size=25).map(" ".join)
repeated = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=4), st.integers(1, 1200))
questions = words | nasty | repeated | st.builds("".join, st.lists(words | nasty | repeated, max_size=3))
"""Anything typed for a question: words of the article, of grammar, of other scripts, characters that steer, and much
of one thing."""

names = st.sampled_from([f"{PREFIX}{name.upper()}" for name in Settings.model_fields])
values = (
    nasty
    | st.sampled_from(
        ["", " ", "true", "no", "1", "0", "-1", "nan", "inf", "1e400", "9" * 400, "null", "[]", "{}", "~", "\x00"]
    )
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(
        ["'", '"', "'''", '"x', "${HOME}", "${", "$(id)", "`id`", "\\", "\\n", "#", "x # y", "../../etc/passwd"]
    )
)
_line = (
    st.builds("{}={}".format, names, values)
    | st.builds("export {} = '{}'".format, names, values)
    | st.builds('{}="{}"'.format, names.map(str.lower), values)
    | nasty
)
env_files = st.lists(_line, max_size=12).map("\n".join).map(
    lambda text: text.encode("utf-8", "surrogatepass")
) | st.binary(max_size=200)
"""A file .env: our names with any value, quoted or not, and lines of anything."""

custom_ids = st.builds("pq:{}".format, st.text(string.ascii_lowercase + string.digits + ":.-", max_size=100)) | nasty
