"""Questions and a chat model go in; what became of all that it wrote comes out, in figures."""
