"""Sentences that answer go in; the sentences of an answer come out, in the source's words, with what they cite."""
