"""Writes the CSL-JSON of every item, for cite.js: DJANGO_SETTINGS_MODULE says by which settings."""

import json
import sys

import django


def main() -> None:
    """The items by their names."""
    django.setup()
    from testimonies.tests.citation import citeproc  # its models want Django to be set up

    json.dump(citeproc.csl_items(), sys.stdout, ensure_ascii=False)


main()
