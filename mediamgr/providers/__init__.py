"""Those who know more than the library: what they are asked over HTTP, and a simulation of them that works offline."""

__all__: list[str] = []
