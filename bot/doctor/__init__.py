"""`pullquote doctor`: all that an operator in trouble would look at, looked at; it changes nothing.

`bot.check` says whether the bot would start; this says also what may keep it from running for a year.
"""
