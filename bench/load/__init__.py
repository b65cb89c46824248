"""Load: people ask the real bot process over a Discord on 127.0.0.1, at rates that are offered whatever comes back."""
