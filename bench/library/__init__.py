"""A library of up to a million passages: speed, memory and growth, beside what a user would otherwise pick."""
