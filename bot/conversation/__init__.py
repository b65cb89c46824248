"""What a follow-up asks, given what was asked and quoted before."""

from bot.conversation.history import MINUTES, MOST, TURNS, Conversation, Conversations, Memory, Turn
from bot.conversation.resolved import FollowUp, Resolved

__all__ = ["MINUTES", "MOST", "TURNS", "Conversation", "Conversations", "FollowUp", "Memory", "Resolved", "Turn"]
