"""How the entailment model of ``service/entailing`` is built, trained and measured."""
