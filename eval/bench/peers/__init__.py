"""Articles in, an index of another library out, put together as its own tutorial does it, with the same model."""
