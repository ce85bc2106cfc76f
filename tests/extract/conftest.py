"""Lets the tests of this folder share its page builder, `typed_grid`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
