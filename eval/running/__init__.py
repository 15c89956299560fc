"""The words of a command go in; every question is asked of every answerer, and what was asked before is kept."""
