"""The library in a notebook cell: `browse(lib)`."""
