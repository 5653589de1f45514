"""The IPython extension: `%load_ext mediamgr` has each cell say what it cost, and brings `%mediamgr` and `%%sql`.

What is shown is HTML without script and, beside it, text: right in JupyterLab, in VS Code, in an exported page and in
a terminal.
"""

from mediamgr.notebook._extension import load, unload

__all__ = ["load", "unload"]
