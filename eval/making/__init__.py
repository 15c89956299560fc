"""An index of articles and their statements goes in, questions with checked answers come out."""
