"""How the reader in ``service/reader`` is trained and measured: ``python -m eval.reader``."""
