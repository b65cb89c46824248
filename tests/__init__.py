"""The tests; one file a module, and a Discord on loopback."""
