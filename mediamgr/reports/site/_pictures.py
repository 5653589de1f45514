"""Owns SVG inside a page: read, reduced to shapes and text of a fixed list, and written anew.

Nothing of a title can become markup, for what is written was text when it was read. What a page may not hold (links,
scripts, styles, handlers) is on no list. Greys become classes, so that the page's colours hold in the dark, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring

from mediamgr.wording import printable

__all__ = ["inlined"]

_ELEMENTS: Final = frozenset(
    "svg g path text tspan rect line circle ellipse polygon polyline defs clipPath linearGradient radialGradient"
    " stop".split()
)
_ATTRIBUTES: Final = frozenset(
    "d x y x1 y1 x2 y2 dx dy r rx ry cx cy width height viewBox points transform opacity fill fill-opacity fill-rule"
    " stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
    " stroke-miterlimit text-anchor font-size font-weight font-style dominant-baseline clip-path id offset stop-color"
    " stop-opacity gradientUnits gradientTransform clipPathUnits".split()
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"url\(#([\w-]+)\)")
_NAMED: Final = {"black": 0, "white": 255, "gray": 128, "grey": 128}
_DARK: Final = 0x70
_LARGER: Final = 1.25
"""Charts are drawn for notebooks, whose letters are smaller."""
_LIGHT: Final = 0xF8


def inlined(svg: str, name: str, label: str) -> str:
    """A drawn SVG document as an element of a page.

    Args:
        svg: As it was drawn.
        name: Unlike that of all others in the page; ids begin with it.
        label: What people hear who do not see it.

    Raises:
        xml.etree.ElementTree.ParseError: It is no XML.
    """
    drawn = fromstring(_CONTROL.sub("", svg), forbid_dtd=True)
    (root,) = _kept(drawn, name, in_mark=False)
    root.attrib |= {"role": "img", "aria-label": printable(label), "width": _width(drawn)}
    root.attrib.pop("height", None)
    return tostring(root, encoding="unicode")


def _width(drawn: Element) -> str:
    return f"{float(drawn.get('width', '0')) * _LARGER:.0f}"


def _kept(drawn: Element, name: str, in_mark: bool) -> Iterator[Element]:
    """The element anew with what is kept of it, or nothing."""
    tag = drawn.tag.rpartition("}")[2]
    if tag not in _ELEMENTS or drawn.get("display") == "none" or _is_background(tag, drawn):
        return
    in_mark = in_mark or "role-mark" in drawn.get("class", "")
    made = Element(tag, dict(_attributes(drawn, name)))
    made.text = _text(drawn.text)
    for each in drawn:
        for kept in _kept(each, name, in_mark):
            kept.tail = _text(each.tail)
            made.append(kept)
    _coloured_by_class(made, is_label=tag == "text" and in_mark)
    yield made


def _text(text: str | None) -> str | None:
    return printable(text) if text and text.strip() else None


def _is_background(tag: str, drawn: Element) -> bool:
    """The white sheet a chart lies on: here that is the page."""
    return (
        tag == "rect" and _grey(drawn.get("fill", "")) == 255 and not drawn.get("transform") and drawn.get("x") is None
    )


def _attributes(drawn: Element, name: str) -> Iterator[tuple[str, str]]:
    for key, value in drawn.attrib.items():
        if key not in _ATTRIBUTES:
            continue
        if key == "id":
            yield key, f"{name}-{value}"
        elif "url(" not in value.lower():
            yield key, value
        elif found := _REFERENCE.fullmatch(value):
            yield key, f"url(#{name}-{found[1]})"


def _coloured_by_class(made: Element, is_label: bool) -> None:
    """Greys are given by the page's style: text, lines, and the gaps between shapes."""
    classes = []
    fill, stroke = _grey(made.get("fill", "")), _grey(made.get("stroke", ""))
    if fill is not None and (fill < _DARK or (made.tag == "text" and fill < 0xA0)):
        classes.append("ink label" if is_label else "ink")
        del made.attrib["fill"]
    if stroke is not None:
        classes.append("gap" if stroke >= _LIGHT else "rule" if stroke > 0xA0 else "axis")
        del made.attrib["stroke"]
    if classes:
        made.set("class", " ".join(classes))


def _grey(colour: str) -> int | None:
    """How light a grey is, 0 to 255; None of what is no grey."""
    if colour in _NAMED:
        return _NAMED[colour]
    digits = colour.removeprefix("#")
    if colour == digits or not re.fullmatch("[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits):
        return None
    wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(wide[place : place + 2], 16) for place in (0, 2, 4)]
    return parts[0] if max(parts) - min(parts) < 12 else None
