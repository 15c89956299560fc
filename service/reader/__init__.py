"""The reader: how well a few sentences answer a question, where in them the answer stands, whether it is there."""
