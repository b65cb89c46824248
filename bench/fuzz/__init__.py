"""Fuzzing of everything that reads what strangers send.

`targets` says what is tried, `seeds` what is started from, `python -m bench.fuzz` runs a campaign (coverage-guided, by
atheris, which is installed for it alone), and `tests/test_corpus.py` replays what the campaigns have found.
"""
