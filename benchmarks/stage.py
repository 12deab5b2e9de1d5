"""One stage of a benchmark, in a process of its own: `python -m benchmarks.stage search fill 10000`."""

import sys
from importlib import import_module


def main() -> None:
    """Set Django up, then run the stage; the archive is the one that ARCHIVE_DATA and DATABASE_URL name."""
    import django

    django.setup()
    import_module(f"benchmarks.{sys.argv[1]}.stages").main(sys.argv[2:])


if __name__ == "__main__":
    main()
