"""Tests of the rows that every surface stands on."""
