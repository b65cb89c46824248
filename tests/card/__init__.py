"""Cards: what stands on them, how they are drawn."""
