"""Owns how an answer is named: provider, endpoint and what was asked, said in one way; never a secret."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from mediamgr.errors import InputError

__all__ = ["Key", "Value", "cache_key", "place_of", "read_key", "read_namespace", "split_place"]

_SECRETS: Final = frozenset(
    "access_token api_key apikey authorization key password pin secret session_id token".split()
)
_LONGEST: Final = 240
_LONGEST_KEY: Final = 1000
_DIGEST_BYTES: Final = 16
_NAMESPACE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

Value = str | int | float | bool | None | Iterable[str | int]


class Key(NamedTuple):
    """The name of an answer.

    Attributes:
        provider: Whose it is, such as "tmdb".
        name: Endpoint and parameters, such as "search/movie?query=alien&year=1979".
    """

    provider: str
    name: str

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}"


def cache_key(provider: str, endpoint: str, parameters: Mapping[str, Value] | None = None) -> Key:
    """The key of an answer: the same for the same question, however its parameters are ordered, spaced or cased.

    Parameters that are None are left out, and so are those that hold secrets. The name of a very long question ends in
    a digest of the whole.
    """
    told = sorted(
        (name.strip().lower(), _text(value))
        for name, value in (parameters or {}).items()
        if value is not None and name.strip().lower() not in _SECRETS
    )
    asked = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in told)
    whole = endpoint.strip("/").lower() + (f"?{asked}" if asked else "")
    return Key(provider.strip().lower(), _shortened(whole))


def read_key(key: Key | str) -> str:
    """A key as text, "provider:name". Raises `InputError` for a text that names no provider, and for a long one."""
    text = str(key)
    if not 0 < text.find(":") < len(text) - 1 or "\n" in text:
        raise InputError(f'{text!r:.80} is no key of the cache; it is written "provider:name", or made by cache_key().')
    if len(text) > _LONGEST_KEY:
        raise InputError(f"A key of the cache may have {_LONGEST_KEY:,} letters, not {len(text):,}; see cache_key().")
    return text


def read_namespace(name: str) -> str:
    """The name of a namespace. Raises `InputError` unless it is 1 to 64 letters, digits and . _ or -."""
    if not _NAMESPACE.fullmatch(name):
        raise InputError(
            f"{name!r:.80} cannot name a namespace; take 1 to 64 of the letters a to z, digits, dots, dashes and"
            " underscores, beginning with a letter or digit."
        )
    return name


def place_of(namespace: str, key: str) -> str:
    """Where a key of a namespace is kept."""
    return f"{namespace}/{key}"


def split_place(place: str) -> tuple[str, str]:
    """Namespace and key of a place."""
    namespace, _, key = place.partition("/")
    return namespace, key


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    if isinstance(value, int | float):
        return repr(value)
    return ",".join(sorted(_text(each) for each in value or ()))


def _escaped(text: str) -> str:
    # only what separates, so that people can read a listing
    return text.replace("%", "%25").replace("&", "%26").replace("=", "%3D").replace("\n", "%0A")


def _shortened(whole: str) -> str:
    if len(whole.encode()) <= _LONGEST:
        return whole
    digest = hashlib.blake2b(whole.encode(), digest_size=_DIGEST_BYTES).hexdigest()
    kept = whole.encode()[: _LONGEST - 1 - len(digest)].decode(errors="ignore")
    return f"{kept}~{digest}"
