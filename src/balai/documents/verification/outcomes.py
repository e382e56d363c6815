"""Every answer that checking a file can give: its sentence, and whether it is good, bad or unknown."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Standing(Enum):
    """What an outcome is worth; the value is the exit code of `./balai verify`."""

    VALID = 0
    NOT = 1
    UNKNOWN = 2


class Outcome(StrEnum):
    """Stable codes, from the best news to the worst kinds of no news."""

    VALID = "valid"
    VALID_OURS = "valid_ours"
    VALID_SEVERAL = "valid_several"
    VALID_WITH_ATTACHMENTS = "valid_with_attachments"
    VALID_TRIAL = "valid_trial"
    REVOCATION_UNCHECKED = "revocation_unchecked"
    TIMESTAMP_BROKEN = "timestamp_broken"
    EXPIRED_UNPROVEN = "expired_unproven"
    SIGNED_WITH_SCRIPT = "signed_with_script"
    LETTER_EXPIRED = "letter_expired"
    LETTER_REPLACED = "letter_replaced"
    LETTER_REVOKED = "letter_revoked"
    LETTER_PRINTED = "letter_printed"
    FILLED_AFTER = "filled_after"
    CHANGED_AFTER = "changed_after"
    ADDED_BEHIND = "added_behind"
    ALTERED = "altered"
    SKIPS_CONTENT = "skips_content"
    IRREGULAR = "irregular"
    SIGNATURE_BROKEN = "signature_broken"
    SIGNATURE_REMOVED = "signature_removed"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET = "certificate_not_yet"
    CERTIFICATE_UNFIT = "certificate_unfit"
    CERTIFICATE_UNCLEAR = "certificate_unclear"
    WEAK_ALGORITHM = "weak_algorithm"
    SELF_SIGNED = "self_signed"
    UNTRUSTED = "untrusted"
    UNSUPPORTED = "unsupported"
    TIMESTAMP_ONLY = "timestamp_only"
    UNSIGNED = "unsigned"
    LOCKED = "locked"
    DAMAGED = "damaged"
    DAMAGED_SIGNED = "damaged_signed"
    NOT_PDF = "not_pdf"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    TOO_LONG = "too_long"
    CRASHED = "crashed"

    @property
    def standing(self) -> Standing:
        """Valid, not, or unknown."""
        if self in _VALID:
            return Standing.VALID
        return Standing.UNKNOWN if self in _UNKNOWN else Standing.NOT


_VALID: Final = frozenset(
    {
        Outcome.VALID,
        Outcome.VALID_OURS,
        Outcome.VALID_SEVERAL,
        Outcome.VALID_WITH_ATTACHMENTS,
        Outcome.VALID_TRIAL,
    }
)
_UNKNOWN: Final = frozenset(
    {
        Outcome.REVOCATION_UNCHECKED,
        Outcome.TIMESTAMP_BROKEN,
        Outcome.EXPIRED_UNPROVEN,
        Outcome.SIGNED_WITH_SCRIPT,
        Outcome.CERTIFICATE_UNCLEAR,
        Outcome.UNSUPPORTED,
        Outcome.LOCKED,
        Outcome.DAMAGED,
        Outcome.DAMAGED_SIGNED,
        Outcome.NOT_PDF,
        Outcome.EMPTY,
        Outcome.TOO_LARGE,
        Outcome.TOO_COMPLEX,
        Outcome.TOO_LONG,
        Outcome.CRASHED,
    }
)

Sentence = str | Promise
# Names: signed (who and when, of all), signer (whom the finding is about), when (an instant or a day), office
# (of the letter of ours), count (of signatures), size (MB), found (what the file is instead).
SENTENCES: Final[dict[Outcome, Sentence]] = {
    Outcome.VALID: _(
        "Berkas ini bertanda tangan elektronik tersertifikasi dan isinya tidak berubah sejak ditandatangani "
        "oleh %(signed)s."
    ),
    Outcome.VALID_OURS: _(
        "Surat ini asli terbitan %(office)s dan masih berlaku: isinya sama persis dengan yang ditandatangani "
        "secara elektronik oleh %(signed)s."
    ),
    Outcome.VALID_SEVERAL: _(
        "Berkas ini memuat %(count)s tanda tangan elektronik tersertifikasi, semuanya sah, dan isinya tidak "
        "berubah sejak ditandatangani oleh %(signed)s."
    ),
    Outcome.VALID_WITH_ATTACHMENTS: _(
        "Berkas ini bertanda tangan elektronik tersertifikasi dan tidak berubah sejak ditandatangani oleh "
        "%(signed)s; lampiran yang tertanam di dalamnya ikut terlindungi, tetapi isinya tidak kami baca."
    ),
    Outcome.VALID_TRIAL: _(
        "Berkas ini tidak berubah sejak ditandatangani oleh %(signed)s, tetapi dengan sertifikat UJI COBA: "
        "tidak berlaku sebagai surat resmi."
    ),
    Outcome.REVOCATION_UNCHECKED: _(
        "Berkas ini tidak berubah sejak ditandatangani secara elektronik oleh %(signed)s, tetapi kami tidak "
        "dapat memeriksa apakah sertifikatnya sudah dicabut."
    ),
    Outcome.TIMESTAMP_BROKEN: _(
        "Berkas ini tidak berubah sejak ditandatangani oleh %(signer)s, tetapi stempel waktunya rusak, jadi "
        "waktu penandatanganan tidak dapat dipastikan."
    ),
    Outcome.EXPIRED_UNPROVEN: _(
        "Berkas ini tidak berubah sejak ditandatangani oleh %(signer)s, tetapi sertifikatnya sudah berakhir "
        "pada %(when)s dan tidak ada stempel waktu yang membuktikan penandatanganan sebelum itu."
    ),
    Outcome.SIGNED_WITH_SCRIPT: _(
        "Tanda tangan elektronik %(signer)s cocok, tetapi berkas ini membawa program yang dapat mengubah "
        "apa yang terlihat, jadi tampilannya tidak dapat kami pastikan."
    ),
    Outcome.LETTER_EXPIRED: _(
        "Surat ini asli terbitan %(office)s, tetapi masa berlakunya sudah lewat pada %(when)s."
    ),
    Outcome.LETTER_REPLACED: _(
        "Surat ini asli terbitan %(office)s, tetapi sudah diganti dengan surat baru pada %(when)s."
    ),
    Outcome.LETTER_REVOKED: _(
        "Surat ini asli terbitan %(office)s, tetapi sudah dicabut pada %(when)s dan tidak berlaku lagi."
    ),
    Outcome.LETTER_PRINTED: _(
        "Berkas ini salinan tercetak dari surat terbitan %(office)s dan isinya tidak berubah, tetapi tidak "
        "bertanda tangan elektronik: yang berlaku adalah lembar bertanda tangan basah."
    ),
    Outcome.FILLED_AFTER: _(
        "Isian di berkas ini ditambah atau diubah setelah ditandatangani oleh %(signer)s, jadi yang Anda "
        "baca bukan seluruhnya yang ditandatangani."
    ),
    Outcome.CHANGED_AFTER: _(
        "Berkas ini diubah setelah ditandatangani oleh %(signer)s, jadi tanda tangan itu tidak berlaku untuk "
        "yang Anda baca sekarang."
    ),
    Outcome.ADDED_BEHIND: _(
        "Di belakang berkas yang ditandatangani oleh %(signer)s ditempelkan data lain, jadi berkas ini bukan "
        "lagi berkas aslinya."
    ),
    Outcome.ALTERED: _(
        "Isi berkas ini tidak sama dengan yang ditandatangani oleh %(signer)s: berkas sudah diubah atau "
        "rusak."
    ),
    Outcome.SKIPS_CONTENT: _(
        "Tanda tangan di berkas ini sengaja melewatkan sebagian isi, jadi tidak melindungi apa yang Anda "
        "baca."
    ),
    Outcome.IRREGULAR: _(
        "Susunan tanda tangan di berkas ini tidak wajar, seperti berkas yang dibuat untuk menipu."
    ),
    Outcome.SIGNATURE_BROKEN: _(
        "Tanda tangan elektronik di berkas ini rusak, sehingga tidak membuktikan apa pun."
    ),
    Outcome.SIGNATURE_REMOVED: _(
        "Berkas ini memuat sisa tanda tangan elektronik yang sudah dilepas, jadi kini tidak bertanda tangan."
    ),
    Outcome.CERTIFICATE_REVOKED: _(
        "Sertifikat %(signer)s sudah dicabut pada %(when)s dan tidak terbukti bahwa berkas ini "
        "ditandatangani sebelum itu."
    ),
    Outcome.CERTIFICATE_EXPIRED: _(
        "Berkas ini ditandatangani dengan sertifikat %(signer)s yang sudah berakhir pada %(when)s."
    ),
    Outcome.CERTIFICATE_NOT_YET: _(
        "Berkas ini ditandatangani dengan sertifikat %(signer)s yang baru berlaku mulai %(when)s."
    ),
    Outcome.CERTIFICATE_UNFIT: _("Sertifikat %(signer)s tidak dibuat untuk menandatangani surat."),
    Outcome.CERTIFICATE_UNCLEAR: _(
        "Isi berkas ini cocok dengan tanda tangannya, tetapi sertifikat %(signer)s tidak dapat kami pastikan."
    ),
    Outcome.WEAK_ALGORITHM: _(
        "Tanda tangan %(signer)s memakai cara yang sudah terlalu lemah dan dapat dipalsukan, jadi tidak kami "
        "terima."
    ),
    Outcome.SELF_SIGNED: _(
        "Tanda tangan ini dibuat dengan sertifikat buatan sendiri atas nama %(signer)s: siapa pun dapat "
        "membuatnya, jadi tidak tersertifikasi."
    ),
    Outcome.UNTRUSTED: _(
        "Tanda tangan atas nama %(signer)s tidak tersertifikasi: sertifikatnya bukan dari penyelenggara yang "
        "kami percayai."
    ),
    Outcome.UNSUPPORTED: _(
        "Berkas ini bertanda tangan elektronik dengan cara yang tidak dapat kami periksa."
    ),
    Outcome.TIMESTAMP_ONLY: _(
        "Berkas ini hanya memuat stempel waktu; tidak ada orang yang menandatanganinya."
    ),
    Outcome.UNSIGNED: _(
        "Berkas ini tidak bertanda tangan elektronik, dan bukan berkas yang tercatat kami terbitkan: gambar "
        "tanda tangan atau kode QR saja tidak membuktikan apa pun."
    ),
    Outcome.LOCKED: _("Berkas ini terkunci dengan kata sandi, jadi tidak dapat kami baca."),
    Outcome.DAMAGED: _("Berkas PDF ini rusak atau terpotong, jadi tidak dapat kami periksa."),
    Outcome.DAMAGED_SIGNED: _(
        "Berkas ini pernah bertanda tangan elektronik, tetapi kini rusak atau terpotong, jadi tidak dapat "
        "kami periksa."
    ),
    Outcome.NOT_PDF: _("Berkas ini bukan PDF (%(found)s), jadi tidak dapat memuat tanda tangan surat."),
    Outcome.EMPTY: _("Berkas ini kosong, tidak ada yang dapat diperiksa."),
    Outcome.TOO_LARGE: _("Berkas ini lebih besar dari %(size)s MB, jadi tidak kami periksa."),
    Outcome.TOO_COMPLEX: _(
        "Berkas ini terlalu rumit atau mengembang terlalu besar, jadi tidak kami periksa."
    ),
    Outcome.TOO_LONG: _(
        "Pemeriksaan berkas ini memakan waktu terlalu lama, jadi kami hentikan sebelum selesai."
    ),
    Outcome.CRASHED: _(
        "Pemeriksaan berkas ini terhenti karena gangguan. Anggap belum diperiksa; silakan coba lagi."
    ),
}


# Files whose owner has another, whole one: what went wrong with these may have happened on the way.
ASK_FOR_ORIGINAL: Final = frozenset(
    {
        Outcome.FILLED_AFTER,
        Outcome.CHANGED_AFTER,
        Outcome.ADDED_BEHIND,
        Outcome.ALTERED,
        Outcome.SIGNATURE_BROKEN,
        Outcome.SIGNATURE_REMOVED,
        Outcome.DAMAGED,
        Outcome.DAMAGED_SIGNED,
        Outcome.EMPTY,
    }
)


class Remark(StrEnum):
    """What a reader should know besides, one sentence each."""

    TRIAL = "trial"
    SCRIPT = "script"
    ATTACHMENTS = "attachments"
    NOT_SEARCHED = "not_searched"
    ENCRYPTED = "encrypted"
    EMPTY_FIELDS = "empty_fields"
    TIME_CLAIMED = "time_claimed"
    STAMP_UNTRUSTED = "stamp_untrusted"
    STAMP_REVOCATION = "stamp_revocation"
    REVOCATION = "revocation"
    EARLIER_STATE = "earlier_state"
    REGISTER_TIME = "register_time"
    NO_REGISTER = "no_register"


REMARKS: Final[dict[Remark, Sentence]] = {
    Remark.TRIAL: _("UJI COBA: sertifikatnya untuk percobaan, siapa pun dapat memakainya."),
    Remark.SCRIPT: _("Berkas membawa program (misalnya JavaScript)."),
    Remark.ATTACHMENTS: _("Berkas membawa lampiran yang tertanam di dalamnya."),
    Remark.NOT_SEARCHED: _("Berkas terlalu besar untuk ditelusuri seluruhnya dari program dan lampiran."),
    Remark.ENCRYPTED: _("Berkas dienkripsi tanpa kata sandi pembuka."),
    Remark.EMPTY_FIELDS: _("Ada kotak tanda tangan yang masih kosong."),
    Remark.TIME_CLAIMED: _("Waktu penandatanganan hanya menurut penanda tangan, tanpa stempel waktu."),
    Remark.STAMP_UNTRUSTED: _(
        "Stempel waktunya dari penyelenggara yang tidak kami kenal, jadi tidak dihitung."
    ),
    Remark.STAMP_REVOCATION: _("Pencabutan sertifikat penyelenggara stempel waktu tidak dapat diperiksa."),
    Remark.REVOCATION: _(
        "Pencabutan sertifikat tidak dapat diperiksa: daftar pencabutannya tidak ada di sini."
    ),
    Remark.EARLIER_STATE: _("Sebelum diubah, berkas ini adalah surat yang kami terbitkan."),
    Remark.REGISTER_TIME: _("Waktu terbitnya dibuktikan oleh buku surat kami."),
    Remark.NO_REGISTER: _("Buku surat kami tidak dapat dibuka, jadi pencabutan surat tidak diperiksa."),
}
