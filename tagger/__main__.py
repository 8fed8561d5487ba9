"""The program: ``tagger`` and ``python -m tagger``."""

import sys


def main() -> None:
    """Run the command line; a checkout whose compiled parts were never built is told so in one line."""
    try:
        from tagger.cli import main as run

        run()
    except ModuleNotFoundError as error:
        # A compiled part: its name begins with an underscore, and a checkout has it only once it was built.
        if not (error.name or "").startswith("tagger.") or "._" not in (error.name or ""):
            raise
        sys.exit(f"tagger: {error.name} is not compiled yet; run pip install -e . in the checkout")


if __name__ == "__main__":
    main()
