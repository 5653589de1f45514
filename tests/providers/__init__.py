"""Tests of the providers and of those who stand in for them."""
