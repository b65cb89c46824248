"""Rules about English."""
