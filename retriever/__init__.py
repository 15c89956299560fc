"""Articles go in, ranked evidence comes out. Knows nothing of chat models or HTTP."""
