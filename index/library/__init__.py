"""Many articles, kept, each its owner's: added, listed, and searched for passages.

`Library` is the interface that an engine implements; nothing else of an engine is used. Everything here is for one
owner at a time, and no owner sees another's.
"""

from index.library.canonical import canonical
from index.library.model import Addition, Candidate, Candidates, Changes, Entry, Quota, Scope, Size, Skipped
from index.library.opening import open_library
from index.library.protocol import CANDIDATES, EVERYTHING, Library
from index.library.quota import QUOTAS
from index.owner import SHELL, Owner, person, server

__all__ = [
    "CANDIDATES",
    "EVERYTHING",
    "QUOTAS",
    "SHELL",
    "Addition",
    "Candidate",
    "Candidates",
    "Changes",
    "Entry",
    "Library",
    "Owner",
    "Quota",
    "Scope",
    "Size",
    "Skipped",
    "canonical",
    "open_library",
    "person",
    "server",
]
