"""How the sentences of an article are ranked for a question, and how sure the ranking is."""
