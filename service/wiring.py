from service.parts import Parts
from service.settings import Settings


def build(settings: Settings) -> Parts:
    raise NotImplementedError
