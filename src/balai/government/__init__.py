"""Which pemda this town is: one folder of data under governments/, read and checked as a whole.

`current()` is the government this process serves; `load(folder)` reads any folder or raises
GovernmentRefused with every fault, each with file, line and a sentence.
"""

from balai.government.faults import Fault, GovernmentRefused
from balai.government.loading import current, load
from balai.government.schema import Government

__all__ = ["Fault", "Government", "GovernmentRefused", "current", "load"]
