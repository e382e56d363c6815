"""Refusals of questions and answers, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class QuestionUnreadable(CitizenError):
    """Too short to be understood, too long to be read, or with characters that no keyboard makes."""

    code = "questions.unreadable"
    template = _("Tulis pertanyaan Anda dengan 10 sampai 1.000 huruf.")


class ContactUnreadable(CitizenError):
    """Neither a phone number nor an e-mail address."""

    code = "questions.contact"
    template = _("Nomor HP atau e-mail ini belum lengkap. Contohnya 0812-3456-7890 atau nama@contoh.id.")


class AnswerMissing(CitizenError):
    """Nothing that a citizen could read."""

    code = "questions.answer_missing"
    template = _("Tulis jawaban untuk warga, paling banyak 2.000 huruf.")


class NotOpen(CitizenError):
    """Somebody else has answered it."""

    code = "questions.not_open"
    template = _("Pertanyaan ini sudah dijawab atau ditutup.")
    status = 409
