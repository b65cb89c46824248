"""The cross-encoder and its input."""
