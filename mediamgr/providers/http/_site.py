"""Owns what a client must know of a provider before it asks: where it is, how often it may be asked, and its key.

The key goes to the host of the provider's address and nowhere else; redirects and pictures stay on the hosts named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from mediamgr.cache_service import Value
from mediamgr.errors import ProviderError

__all__ = ["Rate", "Site", "addressed", "is_allowed", "is_here", "is_home", "lane_of", "plain", "with_endpoint"]

_IN_A_HEADER: Final = "Authorization"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many questions in so many seconds.

    Attributes:
        questions: At most so many, 1 or more.
        seconds: In any stretch of so many.
    """

    questions: int
    seconds: float


def _says_nothing_special(status: int, told: Any) -> ProviderError | None:
    return None


@dataclass(frozen=True, slots=True)
class Site:
    """A provider.

    Attributes:
        name: Such as "tmdb": begins the keys of what is kept, and names its settings.
        url: Its address, without a slash at the end.
        rates: How often it may be asked; all hold together, across threads and processes.
        key: The secret it is asked with; "" when there is none. It is in no log, error, key of the cache or repr.
        key_in: The parameter the key goes into, or "Authorization" for `Bearer <key>`; "" when it needs none.
        hosts: Where redirects and pictures may be, besides the host of `url`; with ":port" where that is unusual.
        headers: What it wants to be told with each question.
        busy: HTTP statuses by which it asks for fewer questions.
        is_nothing: Whether a JSON that came with status 200 says that there is nothing.
        refusal: The error that a status and a JSON (None when it is none) stand for, where the provider has its own way
            of saying no; None leaves it to the general rules. A `ProviderBusy` without a time is believed for ten
            minutes.
    """

    name: str
    url: str
    rates: tuple[Rate, ...] = ()
    key: str = field(default="", repr=False)
    key_in: str = ""
    hosts: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    busy: frozenset[int] = frozenset({429, 503})
    is_nothing: Callable[[Any], bool] = lambda told: False
    refusal: Callable[[int, Any], ProviderError | None] = _says_nothing_special


def lane_of(site: Site, url: str) -> str:
    """Whom a question goes to, for pace and failures: a simulation is not the real one."""
    try:
        return f"{site.name} {urlsplit(url).netloc.lower()}"
    except ValueError:
        # not an address; it is not asked
        return site.name


def is_home(site: Site, url: str) -> bool:
    """Whether an address is of the same server as that of the site, or of the same with TLS."""
    own, asked = urlsplit(site.url), urlsplit(url)
    if own.hostname != asked.hostname:
        return False
    is_same = own.scheme == asked.scheme and own.port == asked.port
    return is_same or (asked.scheme == "https" and own.port in (None, 80, 443) and asked.port in (None, 443))


def is_here(url: str) -> bool:
    """Whether an address is of this machine, and who answers there no real provider."""
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def is_allowed(site: Site, url: str) -> bool:
    """Whether something of this site may come from an address."""
    asked = urlsplit(url)
    if asked.scheme not in ("http", "https") or "@" in asked.netloc:
        return False
    return is_home(site, url) or bool({asked.hostname, asked.netloc.lower()} & site.hosts)


def with_endpoint(site: Site, endpoint: str) -> str:
    """The address of an endpoint, such as "search/movie"; "" is the address of the site."""
    return f"{site.url}/{quote(endpoint.strip('/'), safe='/:,')}" if endpoint.strip("/") else site.url


def addressed(site: Site, url: str, parameters: Mapping[str, str], *, with_key: bool) -> tuple[str, dict[str, str]]:
    """The address with its parameters, and the headers; with the key at home, and without it anywhere else."""
    headers = dict(site.headers)
    has_key = bool(with_key and site.key and site.key_in and is_home(site, url))
    if has_key and site.key_in == _IN_A_HEADER:
        return _with_parameters(url, [], parameters.items()), {**headers, _IN_A_HEADER: f"Bearer {site.key}"}
    secret = [(site.key_in, site.key)] if has_key else []
    return _with_parameters(url, [site.key_in], [*parameters.items(), *secret]), headers


def plain(site: Site, parameters: Mapping[str, Value] | None) -> dict[str, str]:
    """Parameters as they are sent: without those that are None, lists joined by commas; the key is nobody else's."""
    named = {name: value for name, value in (parameters or {}).items() if value is not None and name != site.key_in}
    return {name: _text(value) for name, value in named.items()}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    each = map(str, value or ())
    return ",".join(sorted(each) if isinstance(value, set | frozenset) else each)


def _with_parameters(url: str, without: list[str], parameters: Iterable[tuple[str, str]]) -> str:
    parts, more = urlsplit(url), [each for named in parameters for each in _repeated(*named)]
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if name not in without]
    if kept == given and not more:
        # as it was told, to the letter: some addresses are signed
        return url
    return urlunsplit(parts._replace(query=urlencode([*kept, *more])))


def _repeated(name: str, value: str) -> list[tuple[str, str]]:
    """A parameter, as often as it is sent: "embed[]" once for each of its values."""
    return [(name, each) for each in value.split(",")] if name.endswith("[]") else [(name, value)]
