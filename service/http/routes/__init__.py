"""The HTTP interface by resource; every module has one ``router``."""
