"""The library: what every engine does, and what is each engine's own."""
