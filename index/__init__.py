"""From a file to ranked passages: reading, splitting, analysing and retrieving.

Nothing here knows of a chat, a terminal or Discord; `bot` imports `index`, never the other way round.
"""
