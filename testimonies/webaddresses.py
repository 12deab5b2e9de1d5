"""Web addresses (RFC 3986): when two of them lead to the same page."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# What is added to an address to follow whoever opens it, and changes nothing of the page.
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|at_.*|hsa_.*|fbclid|gclid|gbraid|wbraid|dclid|yclid|ysclid|msclkid|twclid|igsh|igshid|mc_cid|"
    r"mc_eid|_ga|_gl|_openstat|cmpid|cmp|ref|ref_src|ref_url|referrer|spm",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# A copy in the Internet Archive has the address of the page in its own.
_COPY = re.compile(r"(?:https?://)?web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:/)", re.IGNORECASE)


def page(address: str) -> str:
    """Return what an address leads to, without scheme, "www", tracking, fragment and final slash; empty if it is none.

    >>> page("http://www.Example.org:80/a//b/?utm_source=x&b=2&a=1#top")
    'example.org/a/b?a=1&b=2'
    """
    plain = _COPY.sub("", address.strip()).replace("http:/www", "http://www")
    try:
        parts = urlsplit(plain if "//" in plain else f"//{plain}")
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    shown_port = "" if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{port}"
    path = quote(re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/"), safe="/:@!$&'()*+,;=~-._")
    kept = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0]))
    return f"{host}{shown_port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def key(address: str) -> str:
    """Return a key that two addresses of one page share, as long as any other: a column can be looked up by it."""
    same = page(address)
    return hashlib.sha256(same.encode()).hexdigest()[:32] if same else ""


def _host(name: str) -> str:
    """Return the name of a host in one form; raises ValueError."""
    bare = name.lower().strip(".").removeprefix("www.")
    return bare if bare.isascii() else bare.encode("idna").decode()
