"""What can go wrong with a letter, said to the officer; faults of a template are said to its author."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class NumberIssued(CitizenError):
    """A number that left the house cannot be made void."""

    code = "documents.number_issued"
    template = _("Nomor %(number)s sudah terbit bersama suratnya dan tidak dapat dibatalkan.")
    status = 409


class ReasonMissing(CitizenError):
    """A void number stays visible, so it says why."""

    code = "documents.reason_missing"
    template = _("Tulis alasan pembatalan nomor surat.")


class NotPublished(CitizenError):
    """The letter is not there yet (or never will be)."""

    code = "documents.not_published"
    template = _("Surat ini belum terbit.")
    status = 404


class OfficeUnknown(CitizenError):
    """No office has this code, so no letterhead and no series."""

    code = "documents.office_unknown"
    template = _("Kantor dengan kode %(office)s tidak dikenal.")


class TemplateRefused(Exception):
    """The Typst sources of a letter cannot be taken: paths, packages from the network, no entry."""


class RenderFailed(Exception):
    """Typst could not set the letter; the message carries Typst's own diagnosis, no personal data."""
