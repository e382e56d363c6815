"""Who stands under a letter, in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signer:
    """Who signs: the name as printed, the office held ("Kepala Desa Sawentar"), and what else is printed.

    `on_behalf` is the line above the title ("a.n. Kepala Desa Sawentar"), `through` the title of the official
    between, for u.b., `nip` the civil servant's number.
    """

    name: str
    title: str
    nip: str = ""
    on_behalf: str = ""
    through: str = ""

    @property
    def full_title(self) -> str:
        """Title and capacity in one line, for lists and for checking pages."""
        through = f"u.b. {self.through}" if self.through else ""
        return ", ".join(filter(None, (self.title, through, self.on_behalf)))
