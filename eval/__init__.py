"""Question sets and an index go in, measured reports come out."""
