"""What things cost, measured beside peers; a file for each claim."""
