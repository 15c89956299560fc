"""Questions and files over HTTP go in; answers, lists and problems come out as JSON, as events, as a page."""
