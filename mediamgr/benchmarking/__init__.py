"""What benchmarks measured: results are read and compared; `mediamgr.benchmarking.growth` draws how times grow."""

from mediamgr.benchmarking.comparing import Change, Comparison, Verdict, compare, differences
from mediamgr.benchmarking.results import Results, Timing, find_results, read_results

__all__ = [
    "Change",
    "Comparison",
    "Results",
    "Timing",
    "Verdict",
    "compare",
    "differences",
    "find_results",
    "read_results",
]
