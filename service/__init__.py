"""Questions go in, cited and checked answers come out: over HTTP, in a page, on the command line."""
