"""Addresses of the officer's shell, below /meja/."""

from __future__ import annotations

from django.urls import path

from balai.desk.views import absence, account, alert_contact, duty, inbox, incoming, jobs, outbox, sign_in

app_name = "desk"

urlpatterns = [
    path("meja/", inbox.inbox, name="inbox"),
    path("meja/masuk/", sign_in.password, name="sign_in"),
    path("meja/masuk/kode/", sign_in.second_factor, name="second_factor"),
    path("meja/masuk/daftar-kode/", sign_in.enrol, name="enrol"),
    path("meja/keluar/", sign_in.sign_out, name="sign_out"),
    path("meja/pekerjaan/", jobs.jobs, name="jobs"),
    path("meja/pekerjaan/kabar/", jobs.jobs_news, name="jobs_news"),
    path("meja/pekerjaan/csv/", jobs.jobs_file, name="jobs_file"),
    path("meja/pekerjaan/ulangi/", jobs.replay_all, name="replay_jobs"),
    path("meja/pekerjaan/<int:job_id>/", jobs.job, name="job"),
    path("meja/pekerjaan/<int:job_id>/ulangi/", jobs.replay, name="replay_job"),
    path("meja/pekerjaan/<int:job_id>/buang/", jobs.discard, name="discard_job"),
    path("meja/pemberitahuan/", outbox.outbox, name="outbox"),
    path("meja/pemberitahuan/csv/", outbox.outbox_file, name="outbox_file"),
    path("meja/pemberitahuan/<uuid:message_id>/", outbox.message, name="outbox_message"),
    path("meja/pemberitahuan/<uuid:message_id>/ulangi/", outbox.resend, name="resend_message"),
    path("meja/pemberitahuan/<uuid:message_id>/alamat/", outbox.reveal, name="reveal_address"),
    path("meja/piket/", duty.duty, name="duty"),
    path("meja/piket/csv/", duty.duty_file, name="duty_file"),
    path("meja/piket/<uuid:duty_id>/batal/", duty.cancel, name="cancel_duty"),
    path("meja/pesan-masuk/", incoming.incoming, name="incoming"),
    path("meja/pesan-masuk/csv/", incoming.incoming_file, name="incoming_file"),
    path("meja/pesan-masuk/<uuid:incoming_id>/", incoming.message, name="incoming_message"),
    path("meja/pesan-masuk/<uuid:incoming_id>/buka/", incoming.reveal, name="reveal_incoming"),
    path("meja/pesan-masuk/<uuid:incoming_id>/selesai/", incoming.settle, name="settle_incoming"),
    path("meja/akun/", account.account, name="account"),
    path("meja/akun/tidak-bertugas/", absence.absence, name="absence"),
    path("meja/akun/tidak-bertugas/<uuid:absence_id>/kembali/", absence.back, name="back"),
    path("meja/akun/serahkan/", absence.hand_over, name="hand_over"),
    path("meja/akun/kontak-siaga/", alert_contact.alert_contact, name="alert_contact"),
    path("meja/akun/kontak-siaga/hapus/", alert_contact.remove_alert_contact, name="remove_alert_contact"),
    path("meja/akun/sandi/", account.password, name="password"),
    path("meja/akun/kode-cadangan/", account.recovery_codes, name="renew_recovery_codes"),
]
