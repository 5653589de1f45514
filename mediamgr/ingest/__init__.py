"""Sources: one module each, from real folders, tables or imagination to record frames."""
