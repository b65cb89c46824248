"""What English does: names and dates in a sentence, clauses, verb forms, what a question asks for; by rules."""
