"""`python -m mediamgr` is the command line."""

from mediamgr.cli import main

if __name__ == "__main__":
    main()
