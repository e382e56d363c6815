"""What is read out of an e-mail, and which ones are left alone."""

from __future__ import annotations

from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.notify import letter_text
from balai.notify.letters import read_letter


def letter(text: str = "Lampu jalan mati.", **headers: str) -> EmailMessage:
    """Siti writes."""
    written = EmailMessage()
    given = {"From": "Siti Aminah <Siti@Contoh.id>", "Message-ID": "<a1@contoh.id>", "Subject": "Lampu"}
    for name, value in {**given, **{key.replace("_", "-"): value for key, value in headers.items()}}.items():
        if value:
            written[name] = value
    written.set_content(text)
    return written


def test_letter_is_read_as_it_was_written() -> None:
    read = read_letter(letter(References="<x@y> <z@y>", In_Reply_To="<z@y>").as_bytes())
    assert read is not None
    assert (read.sender, read.subject, read.text) == ("siti@contoh.id", "Lampu", "Lampu jalan mati.")
    assert (read.message_id, read.thread, read.files) == ("<a1@contoh.id>", ("<x@y>", "<z@y>"), ())


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Precedence": "Bulk"},
        {"List_Id": "<warga.contoh.id>"},
        {"List_Unsubscribe": "<mailto:x@y.id>"},
        {"Return_Path": "<>"},
        {"X_Spam_Flag": "YES"},
        {"From": "MAILER-DAEMON@contoh.id"},
        {"From": "no-reply+7@contoh.id"},
        {"From": "a@contoh.id, b@contoh.id"},
        {"From": ""},
        {"From": "Siti"},
    ],
)
def test_what_a_machine_wrote_or_nobody_is_left_alone(headers: dict[str, str]) -> None:
    assert read_letter(letter(**headers).as_bytes()) is None


def test_return_path_and_a_plain_auto_submitted_are_no_machine() -> None:
    assert read_letter(letter(Auto_Submitted="no", Return_Path="<siti@contoh.id>").as_bytes()) is not None


def test_letter_without_an_id_has_one_of_its_content() -> None:
    one, same, other = (read_letter(letter(text, Message_ID="").as_bytes()) for text in ("a", "a", "b"))
    assert one is not None
    assert same is not None
    assert other is not None
    assert (one.message_id == same.message_id, one.message_id == other.message_id) == (True, False)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Masih gelap.\n\nPada Sen, 3 Nov 2026 pukul 10.00 Kab. Blitar <b@x.id> menulis:\n> Lama",
            "Masih gelap.",
        ),
        ("Masih.\nOn Mon, 3 Nov 2026 at 10:00, Kabupaten Blitar\n<b@x.id> wrote:\n> Lama", "Masih."),
        ("Jawaban\n-----Original Message-----\nFrom: x", "Jawaban"),
        ("Jawaban\n\nDari: Balai <b@x.id>\nDikirim: Senin\nKepada: Siti", "Jawaban"),
        ("Halo\n-- \nSiti Aminah\n0812", "Halo"),
        ("Halo\nDikirim dari iPhone saya", "Halo"),
        ("> kutipan\njawaban", "jawaban"),
        ("> hanya kutipan", "> hanya kutipan"),
        ("-----Original Message-----\nditeruskan", "-----Original Message-----\nditeruskan"),
        ("Pada hari Senin lampu mati.\nTolong.", "Pada hari Senin lampu mati.\nTolong."),
        ("Dari: rumah saya", "Dari: rumah saya"),
    ],
)
def test_history_and_signature_are_cut_and_never_everything(text: str, left: str) -> None:
    assert letter_text.without_history(text).strip() == left


def test_html_becomes_words_and_never_markup() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>Lampu &amp; jalan</p>"
        "<script>alert(1)</script><div>di <b>Sawentar</b><br>mati</div>"
        "<blockquote>Surat lama</blockquote><!-- diam --></body>"
    )
    written = letter("", From="siti@contoh.id")
    written.set_content(page, subtype="html")
    read = read_letter(written.as_bytes())
    assert read is not None
    assert read.text.split("\n") == ["Lampu & jalan", "", "di Sawentar", "mati"]


def test_plain_text_is_preferred_and_small_pictures_of_signatures_are_no_files() -> None:
    written = letter("Polos.")
    written.add_alternative("<p>Bukan ini</p>", subtype="html")
    written.add_attachment(b"x" * 20_000, maintype="image", subtype="jpeg", filename="jalan.jpg")
    written.add_attachment(b"y" * 500, maintype="image", subtype="png", disposition="inline")
    read = read_letter(written.as_bytes())
    assert read is not None
    assert (read.text, [each.name for each in read.files]) == ("Polos.", ["jalan.jpg"])


@given(st.binary(max_size=300), st.booleans())
def test_no_letter_makes_the_reader_fall(raw: bytes, is_inside: bool) -> None:
    whole = letter().as_bytes()
    read_letter(whole[: len(whole) // 2] + raw + whole[len(whole) // 2 :] if is_inside else raw)


@given(st.text(max_size=400))
def test_any_text_can_be_cut_and_kept(text: str) -> None:
    letter_text.fit(letter_text.without_history(text))
    letter_text.fit(letter_text.of_html(text))


PARTS = b"--q\nContent-Type: image/png\nContent-Disposition: attachment\n\na\n"
FLOODS = {
    "tags that never end": b"Content-Type: text/html\n\n" + b"<a " * 20_000,
    "comments that never end": b"Content-Type: text/html\n\n" + b"<!--" * 40_000,
    "quotations": b"\n" + b"From: a\n" * 60_000,
    "many parts": b"Content-Type: multipart/mixed; boundary=q\n\n" + PARTS * 10_000,
    "a long header": b"Content-Type: text/plain; " + b"a=b; " * 10_000 + b"\n\nhi",
    "a long text": b"\n" + b"hi " * 2_000_000,
}


@pytest.mark.parametrize("body", FLOODS.values(), ids=FLOODS)
def test_letter_made_to_keep_the_reader_busy_does_not(body: bytes) -> None:
    began = process_time()
    read_letter(b"From: siti@contoh.id\nMIME-Version: 1.0\n" + body)
    assert process_time() - began < 2.0


def test_signs_that_a_database_does_not_take_are_in_no_part_of_a_letter() -> None:
    raw = (
        b"From: siti@contoh.id\nMessage-ID: <a\0@x>\nReferences: <b\0@x> <c@x>\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=q\n\n--q\n\nLampu\0 mati\n--q\n"
        b'Content-Type: image/p\0ng; name="a\0b"\nContent-Disposition: attachment\n\nx\n--q--\n'
    )
    read = read_letter(raw)
    assert read is not None
    assert "\0" not in repr(read).replace("\\x00", "\0")
    assert (read.thread, read.text, len(read.files)) == (("<c@x>",), "Lampu mati", 1)
