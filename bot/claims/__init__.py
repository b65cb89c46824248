"""Any text -> its claims, each compared with the article: `check(text, assistant) -> Report`."""

from bot.claims.checker import check
from bot.claims.report import Aspect, Claim, Difference, Finding, Report, Skip, Skipped, Verdict

__all__ = ["Aspect", "Claim", "Difference", "Finding", "Report", "Skip", "Skipped", "Verdict", "check"]
