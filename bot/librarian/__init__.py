"""Questions to a library of many articles, and what can be done with one."""
