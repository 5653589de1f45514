"""Results of benchmarks: read, compared, drawn; and budgets, checked."""
