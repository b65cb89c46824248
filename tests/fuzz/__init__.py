"""Input that nobody means well with, a few seconds of it in the suite, and as much as you like by hand.

python -m tests.fuzz --minutes 15
"""
