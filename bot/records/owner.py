"""Whose something is; the library has the same owners (`index.owner`)."""

from index.owner import SHELL, Owner, person, server

__all__ = ["SHELL", "Owner", "person", "server"]
