"""Owns the demo library's plots and taglines: sentence templates and the phrases that fill them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mediamgr.ingest.demo._words import WORDS, word_list

__all__ = ["OPENINGS", "PROSE_WORDS", "TAGLINES", "TURNS"]

_PHRASES = {
    "mood": """retired, restless, grieving, driven, disgraced, sleepless, newly wed, stubborn, forgetful,
        gifted, shy""",
    "job": """baker, cartographer, clockmaker, detective, diplomat, gardener, librarian, mathematician,
        midwife, nurse,
        pilot, painter, postman, surgeon, smuggler, teacher, translator, violinist, widow, radio operator,
        boxer""",
    "does": """returns to, is sent to, inherits a house in, loses everything in, opens a school in, hides in,
        is stranded in, falls in love in, starts over in, cannot leave""",
    "finds": """finds a letter that was never sent, learns what really happened to the family, meets an old
        rival,
        is offered one last job, must choose between two lives, begins to hear the same song every night,
        discovers that the map is wrong, agrees to a dangerous bargain, befriends the only witness""",
    "event": """the river floods, a stranger arrives by train, the factory closes, the power fails, a film
        crew comes to town,
        the harbour freezes, the school burns down, an old recording surfaces, the election is stolen""",
    "group": """two sisters, three old friends, a travelling theatre, the night shift, an unlikely crew, a
        young couple,
        four neighbours, a class of misfits, a family of beekeepers, rival chefs""",
    "must": """cross the mountains before winter, decide to rob the only bank, try to keep a secret for one
        more summer,
        set out to find the missing child, build something nobody has seen before, learn to trust each other,
        go looking for the truth, turn against each other, refuse to leave""",
    "close": """Nobody is quite who they claim to be., Some doors are better left shut., By morning nothing
        is the same.,
        And the tide is rising., It may already be too late., The past has other plans., Not everyone wants
        it found.,
        What begins as a favour becomes an obsession., But the town remembers., Only the dog knows why.,
        Everything depends on a single night., The answer was there all along.""",
    "tag": """Some tides never turn., Home is a moving target., Every map lies., Listen closely., One night.
        No witnesses.,
        Love is a foreign language., Count the exits., The quiet ones keep score., Nothing stays buried.,
        Trust the weather., She kept the receipts., This winter: stay inside.""",
}
PROSE_WORDS: Mapping[str, Sequence[str]] = {
    **{name: WORDS[name] for name in ("place", "given", "noun", "abstract", "adj")},
    **{name: word_list(text) for name, text in _PHRASES.items()},
}

OPENINGS: Mapping[str, int] = {
    "A {mood} {job} {does} {place} and {finds}.": 5,
    "When {event} in {place}, {group} {must}.": 4,
    "{given}, a {mood} {job}, {finds}.": 3,
    "In {place}, {group} {must}.": 2,
}
TURNS: Mapping[str, int] = {
    "Then {event}.": 2,
    "{close}": 4,
    "Meanwhile {group} {must}.": 3,
    "But when {event}, {given} {finds}.": 3,
}
TAGLINES: Mapping[str, int] = {
    "{tag}": 2,
    "Where {abstract} meets {abstract}.": 1,
    "Not every {noun} forgives.": 1,
}
