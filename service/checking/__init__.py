"""A sentence of an answer and the slices it cites go in; what in it those do not bear out comes out."""
