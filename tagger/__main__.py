"""python -m tagger."""

import sys

try:
    from tagger.cli import main
except ModuleNotFoundError as error:
    # A compiled part: its name begins with an underscore, and a checkout has it only once it was built.
    if not (error.name or "").startswith("tagger.") or "._" not in (error.name or ""):
        raise
    sys.exit(f"tagger: {error.name} is not compiled yet; run pip install -e . in the checkout")

main()
