"""Articles and questions go in, times, memory and evidence found come out: of whosaid, and of what else there is."""
