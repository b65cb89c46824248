"""`pullquote doctor`."""
