"""What the command line and the shell are made of."""
