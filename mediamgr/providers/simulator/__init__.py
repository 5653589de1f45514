"""Owns a simulation of TMDB, TVmaze, OMDb and Wikidata: a real HTTP server on this machine that answers as they do.

What it tells comes from a library, such as the demo; what that lacks is invented, the same at every time. Whoever
looks at it is told that it is a simulation, and nothing leaves the machine.
"""

from mediamgr.providers.simulator._faults import Faults
from mediamgr.providers.simulator._journal import Asked
from mediamgr.providers.simulator._limits import Limit
from mediamgr.providers.simulator._simulator import KEY, PROVIDERS, Simulator

__all__ = ["KEY", "PROVIDERS", "Asked", "Faults", "Limit", "Simulator"]
