"""What every test stands on: test mode, a data folder of its own, one of the two databases."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="balai-test-"))
os.environ["BALAI_MODE"] = "test"
os.environ["BALAI_DATA_DIR"] = str(_data)
os.environ.pop("BALAI_DATABASE_URL", None)
if os.environ.get("BALAI_TEST_DATABASE_URL"):
    os.environ["BALAI_DATABASE_URL"] = os.environ["BALAI_TEST_DATABASE_URL"]
