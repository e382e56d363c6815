"""Addresses of the engine; their names stay (product.md, names that must stay stable)."""

from __future__ import annotations

from django.urls import path

from balai.engines.cases.views import (
    apply,
    citizen,
    identity,
    objecting,
    officer,
    register,
    replacing,
    steps,
    tracking,
)

app_name = "cases"

urlpatterns = [
    path("layanan/<slug:slug>/ajukan/", apply.start, name="start"),
    path("layanan/<slug:slug>/ajukan/tinjau/", apply.review, name="review"),
    path("layanan/<slug:slug>/ajukan/hapus/", apply.discard, name="discard"),
    path("layanan/<slug:slug>/ajukan/<slug:page_id>/", apply.page, name="page"),
    path("saya/berkas/<str:number>/", citizen.mine, name="mine"),
    path("saya/berkas/<str:number>/kabar/", citizen.news, name="news"),
    path("saya/berkas/<str:number>/bukti/", citizen.slip, name="slip"),
    path("saya/berkas/<str:number>/perbaiki/", citizen.repair, name="repair"),
    path("saya/berkas/<str:number>/tarik/", citizen.withdraw, name="withdraw"),
    path("saya/berkas/<str:number>/keberatan/", objecting.object_to, name="object"),
    path("saya/berkas/<str:number>/ulang/", objecting.again, name="again"),
    path("saya/berkas/<str:number>/pesan/", citizen.message, name="message"),
    path("lacak/<str:number>/", tracking.followed, name="followed"),
    path("lacak/<str:number>/kabar/", tracking.news, name="followed_news"),
    path("meja/buku/", register.register, name="register"),
    path("meja/buku/csv/", register.register_file, name="register_file"),
    path("meja/berkas/<uuid:case_id>/", officer.sheet, name="sheet"),
    path("meja/berkas/<uuid:case_id>/surat/", officer.letter_news, name="letter_news"),
    path("meja/berkas/<uuid:case_id>/periksa/", officer.judge, name="judge"),
    path("meja/berkas/<uuid:case_id>/setujui/", officer.approve, name="approve"),
    path("meja/berkas/<uuid:case_id>/tolak/", officer.reject, name="reject"),
    path("meja/berkas/<uuid:case_id>/cetak/", officer.printed, name="printed"),
    path("meja/berkas/<uuid:case_id>/pendapat/<slug:step_id>/", steps.opinion, name="opinion"),
    path("meja/berkas/<uuid:case_id>/kunjungan/<slug:step_id>/", steps.plan, name="plan_visit"),
    path("meja/berkas/<uuid:case_id>/hasil/<slug:step_id>/", steps.report, name="report_visit"),
    path("meja/berkas/<uuid:case_id>/buat/", steps.make, name="make"),
    path("meja/berkas/<uuid:case_id>/keberatan/", steps.review, name="review_objection"),
    path("meja/berkas/<uuid:case_id>/rak/", officer.shelve, name="shelve"),
    path("meja/berkas/<uuid:case_id>/cabut/", replacing.revoke, name="revoke"),
    path("meja/berkas/<uuid:case_id>/ganti/", replacing.replace, name="replace"),
    path("meja/berkas/<uuid:case_id>/batal-ganti/", replacing.call_off, name="call_off"),
    path("meja/berkas/<uuid:case_id>/betulkan/", replacing.correct, name="correct"),
    path("meja/berkas/<uuid:case_id>/serahkan/", officer.hand_over, name="hand_over"),
    path("meja/berkas/<uuid:case_id>/identitas/", identity.prove, name="prove"),
    path("meja/berkas/<uuid:case_id>/nik/", identity.reveal, name="reveal"),
    path("meja/berkas/<uuid:case_id>/catatan/", officer.note, name="note"),
]
