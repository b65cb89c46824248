"""Questions to a library."""
