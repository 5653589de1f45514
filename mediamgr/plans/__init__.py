"""Plans of statements: read from what DuckDB tells, drawn, and judged. Pure; the store asks DuckDB for them."""

from mediamgr.plans._advice import Advice, Structure, Table
from mediamgr.plans._advise import advise
from mediamgr.plans._explained import Explained, advice_html, advice_text
from mediamgr.plans._html import draw_html
from mediamgr.plans._reading import answered_while_planning, read_plan
from mediamgr.plans._records import Operator, Plan
from mediamgr.plans._repeated import MANY, Asked, Repeated, repeated
from mediamgr.plans._text import WIDTH, draw_text

__all__ = [
    "MANY",
    "WIDTH",
    "Advice",
    "Asked",
    "Explained",
    "Operator",
    "Plan",
    "Repeated",
    "Structure",
    "Table",
    "advice_html",
    "advice_text",
    "advise",
    "answered_while_planning",
    "draw_html",
    "draw_text",
    "read_plan",
    "repeated",
]
