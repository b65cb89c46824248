"""Everything that is measured, as one report: `python -m bench` writes RESULTS.md, its plots and results.json.

One part a file; each measures into plain data, which results.json keeps, and writes that data as Markdown.
"""
