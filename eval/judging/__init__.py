"""Answers go in, the verdicts of a chat model come out, and how far they agree with a person's and with the rules'."""
