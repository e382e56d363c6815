"""Addresses of the desk where letters are signed, and of the book of letters out."""

from __future__ import annotations

from django.urls import path

from balai.documents.views import agenda, desk, running

app_name = "letters_desk"

urlpatterns = [
    path("meja/tanda-tangan/", desk.tray, name="tray"),
    path("meja/tanda-tangan/selesai/", desk.done, name="done"),
    path("meja/tanda-tangan/pilihan/", desk.chosen, name="chosen"),
    path("meja/tanda-tangan/tandatangani/", desk.sign, name="sign"),
    path("meja/tanda-tangan/berjalan/", running.batch, name="batch"),
    path("meja/tanda-tangan/berjalan/kemajuan/", running.progress, name="progress"),
    path("meja/tanda-tangan/berjalan/lanjut/", running.resume, name="resume"),
    path("meja/tanda-tangan/berjalan/lepas/", running.release, name="release"),
    path("meja/tanda-tangan/<uuid:turn_id>/", desk.turn, name="turn"),
    path("meja/tanda-tangan/<uuid:turn_id>/konsep.pdf", desk.draft_pdf, name="draft_pdf"),
    path("meja/tanda-tangan/<uuid:turn_id>/konsep.png", desk.draft_picture, name="draft_picture"),
    path("meja/tanda-tangan/<uuid:turn_id>/paraf/", desk.initial, name="initial"),
    path("meja/tanda-tangan/<uuid:turn_id>/tolak/", desk.refuse, name="refuse"),
    path("meja/tanda-tangan/<uuid:turn_id>/basah/", desk.ink, name="ink"),
    path("meja/buku-surat/", agenda.book, name="book"),
    path("meja/buku-surat/csv/", agenda.book_csv, name="book_csv"),
    path("meja/buku-surat/xlsx/", agenda.book_xlsx, name="book_xlsx"),
    path("meja/buku-surat/<int:number_id>/batal/", agenda.void, name="void"),
    path("meja/buku-surat/<int:number_id>/lepas/", agenda.release, name="release_of_another"),
]
