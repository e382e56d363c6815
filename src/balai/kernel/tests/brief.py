"""Two thirds of the usual number of examples: the kernel's tests run in two seconds.

Taken from the loaded profile, so a deep round (a profile with more examples) runs deep here too.
"""

from __future__ import annotations

from hypothesis import settings

_USUAL = settings.default.max_examples if settings.default else 50
brief = settings(max_examples=max(1, _USUAL * 2 // 3), deadline=None)
