"""Pairs, and what they come to, on things that are written out."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.reports.duplicates._linking import components, neighbours, stars

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 3)), max_size=20)


def pairs(*found: tuple[int, int, int]) -> pl.DataFrame:
    """a, b, weight; no thing with itself."""
    rows = [(min(a, b), max(a, b), weight) for a, b, weight in found if a != b]
    frame = pl.DataFrame(rows, schema={"a": pl.UInt32, "b": pl.UInt32, "weight": pl.Int64}, orient="row")
    return frame.unique(["a", "b"], keep="first", maintain_order=True)


def ranks() -> pl.DataFrame:
    """A thing's rank is its number."""
    return pl.DataFrame({"thing": range(10), "rank": range(10)}, schema={"thing": pl.UInt32, "rank": pl.Int64})


class TestNeighbours:
    """Things beside each other in an order."""

    def test_reach_no_further(self) -> None:
        """So many that follow, within a block."""
        ordered = pl.DataFrame({"thing": [1, 2, 3, 4], "block": ["a", "a", "a", "b"]})
        assert neighbours(ordered, "thing", ["block"], 1).rows() == [(1, 2), (2, 3)]
        assert neighbours(ordered, "thing", ["block"], 2).rows() == [(1, 2), (1, 3), (2, 3)]

    def test_stay_linear(self) -> None:
        """A block of any size gives fewer pairs than its size times the reach."""
        ordered = pl.DataFrame({"thing": range(1000), "block": [1] * 1000})
        assert neighbours(ordered, "thing", ["block"], 8).height < 8000


class TestComponents:
    """What hangs together."""

    def test_a_long_chain(self) -> None:
        """However long a chain is, it is one."""
        chain = pl.DataFrame({"a": range(500), "b": range(1, 501)})
        assert components(chain)["label"].unique().to_list() == [0]

    @given(found=PAIRS)
    def test_both_ends(self, found: list[tuple[int, int, int]]) -> None:
        """Both ends of each pair have one label, and no label is without a pair."""
        frame = pairs(*found)
        labels = dict(components(frame.select("a", "b")).iter_rows())
        assert all(labels[a] == labels[b] for a, b, _ in frame.rows())
        assert labels.keys() == {*frame["a"], *frame["b"]}


class TestStars:
    """The best with what is like it."""

    def test_likeness_does_not_add_up(self) -> None:
        """What is like a member only stays outside, and makes a star with what is left."""
        assert stars(pairs((0, 1, 1), (1, 2, 1), (2, 3, 1)), ranks()).rows() == [(1, 0), (3, 2)]

    def test_the_weightier(self) -> None:
        """Between two centres what weighs more decides."""
        assert stars(pairs((0, 2, 1), (1, 2, 3)), ranks()).rows() == [(2, 1)]

    @given(found=PAIRS)
    def test_are_stars(self, found: list[tuple[int, int, int]]) -> None:
        """A member has one centre, which is better, is paired with it, and is no member itself."""
        frame = pairs(*found)
        made = stars(frame, ranks()).rows()
        members = [member for member, _ in made]
        paired = {frozenset(pair) for pair in frame.select("a", "b").rows()}
        assert len(members) == len(set(members))
        assert not {centre for _, centre in made} & set(members)
        assert all(centre < member and frozenset((member, centre)) in paired for member, centre in made)
