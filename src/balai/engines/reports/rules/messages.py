"""What people behind a report are told, in a line. Nothing personal: others read phones too."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHORT: dict[str, str | Promise] = {
    "filed": _("Laporan %(number)s kami terima. Ikuti di %(link)s"),
    "assigned": _("Laporan %(number)s diteruskan kepada %(office)s. Lihat %(link)s"),
    "answered": _("Laporan %(number)s dijawab oleh %(office)s. Baca di %(link)s"),
    "asked": _("Ada pertanyaan tentang laporan %(number)s. Jawab di %(link)s"),
    "stage": _("Ada perkembangan laporan %(number)s. Lihat %(link)s"),
    "resolved": _("Laporan %(number)s dinyatakan selesai. Benar sudah beres? Nilai di %(link)s"),
    "reopened": _("Laporan %(number)s dibuka lagi dan dikerjakan kembali. Lihat %(link)s"),
    "forwarded": _("Laporan %(number)s diteruskan ke instansi yang berwenang. Lihat %(link)s"),
    "merged": _("Laporan %(number)s digabung dengan laporan yang sama. Lihat %(link)s"),
    "rejected": _("Laporan %(number)s tidak dapat ditangani. Alasannya di %(link)s"),
    "archived": _("Laporan %(number)s diarsipkan. Alasannya di %(link)s"),
}
NEWS = frozenset(SHORT)
ONLY_FILER = frozenset({"filed", "asked"})
"""What concerns whoever filed it alone."""
STATUS_WORDS = ("STATUS", "CEK")
