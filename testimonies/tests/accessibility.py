"""What axe-core finds on the page that is open in a browser, in the colours of day and of night.

page.goto(live_server.url + "/")
assert faults(page) == []
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# By night only the colours are others.
SCHEMES: dict[Any, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}

# Colours that fade over are measured half way.
AT_ONCE = "*, ::before, ::after { transition: none !important; animation: none !important; }"


def faults(page: Page) -> list[str]:
    """Every fault with the elements that have it: rule, colours, where, and what is wrong."""
    found = []
    page.add_style_tag(content=AT_ONCE)
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for violation in Axe().run(page, options=options).response["violations"]:
            found += [in_words(violation, node, scheme) for node in violation["nodes"]]
    return found


def in_words(violation: dict[str, Any], node: dict[str, Any], scheme: str) -> str:
    """One fault of one element."""
    where = " ".join(str(one) for one in node["target"])
    why = "; ".join(one["message"] for one in [*node["any"], *node["all"], *node["none"]])
    return f"{violation['id']} ({scheme}) {where}: {why}"
