"""What features are hashed with: arithmetic modulo 2⁶⁴ on code points, the same in every process and on every machine.

Another number here is another model.
"""

from __future__ import annotations

BITS = 20
BUCKETS = 1 << BITS
BLOCKS = ("words", "pairs", "characters")

MIX = 0x9E3779B97F4A7C15
BASE = 0xD6E8FEB86659FD93  # odd, so that it has an inverse
A_NUMERAL = 1
SALTS = {"words": 0, "pairs": 0x1D8E4E27C47D124F, "characters": 0x5851F42D4C957F2D}
