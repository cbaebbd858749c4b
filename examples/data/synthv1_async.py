"""Where some programs import it from: ``from data.synthv1_async import async_main``."""
from synthv1 import async_main
__all__ = ["async_main"]
