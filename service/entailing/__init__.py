"""Whether a source says what a sentence says: the project's own small entailment model."""
