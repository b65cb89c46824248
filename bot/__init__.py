"""From ranked passages to an answer, and the places that show it: a terminal and Discord."""
