"""The check of a text against the article."""
