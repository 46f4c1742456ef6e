"""Let ``python -m starkit`` do what the ``starkit`` command does."""

from starkit.cli import main

if __name__ == "__main__":
    main()
