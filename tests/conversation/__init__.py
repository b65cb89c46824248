"""Follow-ups: what they are read as, and what is remembered for them."""
