"""What we compare with: the same questions, asked of the same rows in another way."""
