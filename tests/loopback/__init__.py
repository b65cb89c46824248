"""A Discord on 127.0.0.1, and the real bot against it."""
