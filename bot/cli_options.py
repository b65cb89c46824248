"""What the commands of the command line share: options and exit statuses."""

import click

ANSWERED, NOT_SAID, FAILED = 0, 1, 2
"""Exit statuses, as grep's."""

ARTICLE_OPTION = click.option(
    "--article",
    "path",
    metavar="PATH",
    help="The article: a text, Markdown, HTML or PDF file, or - for standard input. "
    "Default: PULLQUOTE_ARTICLE, else the sample article.",
)
URL_OPTION = click.option("--url", metavar="URL", help="Where the article stands on the web, for links to each quote.")
