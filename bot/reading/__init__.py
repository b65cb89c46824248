"""The cross-encoder, which reads a question beside sentences: its input, its word pieces and its scores."""
