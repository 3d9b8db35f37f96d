"""From where a request comes: asked under a name that is ours, and of one of our own pages.

A page of somebody else can make a browser ask this machine. It may do so under a name of its own that it leads
here (DNS rebinding), so that only known names and bare addresses are answered. And it may send forms to us
(request forgery), so that what changes anything must come from our pages and repeat what only those can read.
"""

import ipaddress
import secrets

from fastapi import Request

from dateline.web.people import CSRF_COOKIE, CSRF_HEADER, Person
from dateline.web.problems import ProblemError

LOCAL_NAMES = frozenset({"localhost"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

STRANGE_NAME = (
    "The workbench does not answer to the name {name!r}. Use localhost or the machine's address, or start it "
    "with --name {name}."
)
STRANGE_PAGE = "This was asked by a page of somebody else, {origin!r}; nothing was done."
NO_REPEAT = (
    f"A write must repeat the cookie {CSRF_COOKIE} in the header {CSRF_HEADER}; "
    "load the page anew and try again."
)


def host_name(host: str) -> str:
    """Return the name or address in a Host header, without its port and brackets, in lower case."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def check_host(request: Request, names: tuple[str, ...]) -> None:
    """Raise ProblemError where the server is asked under a name that is not its own."""
    name = host_name(request.headers.get("host", ""))
    if name in LOCAL_NAMES or name in {each.lower() for each in names} or _is_address(name):
        return
    raise ProblemError(421, STRANGE_NAME.format(name=name))


def _is_address(name: str) -> bool:
    """Tell whether this is a bare address: nobody can lead one elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def check_page(request: Request) -> None:
    """Raise ProblemError where a page of somebody else asks for a change.

    Browsers say so in `Sec-Fetch-Site` and `Origin`, which no page can change; programs send neither.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise ProblemError(403, STRANGE_PAGE.format(origin=request.headers.get("origin", site)))
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != request.headers.get("host", "").lower():
        raise ProblemError(403, STRANGE_PAGE.format(origin=origin))


def repeats(request: Request, person: Person | None, given: str) -> bool:
    """Tell whether `given` is what a write of this person must repeat."""
    expected = request.cookies.get(CSRF_COOKIE, "") if person is None else person.csrf
    return bool(expected) and secrets.compare_digest(given.encode(), expected.encode())


def check_repeat(request: Request, person: Person | None) -> None:
    """Raise ProblemError where a write does not repeat, in its header, what only our pages can read."""
    if person is not None and person.way == "token":
        return  # no browser sends a token on its own
    if not repeats(request, person, request.headers.get(CSRF_HEADER, "")):
        raise ProblemError(403, NO_REPEAT)
