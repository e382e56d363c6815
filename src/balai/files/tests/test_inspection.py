"""What is kept of a file, and the sentence for each that is not."""

from __future__ import annotations

from io import BytesIO
from time import process_time
from typing import Any

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from balai.files.errors import SENTENCES, FileRefused
from balai.files.inspection import inspect, safe_name
from balai.files.limits import MEGABYTE, Limits
from balai.files.tests import samples
from balai.files.tests.samples import sent


def refusal(
    content: bytes, allow: str = "document", limits: Limits | None = None, name: str = "a.jpg"
) -> str:
    with pytest.raises(FileRefused) as caught:
        inspect(sent(content, name), allow, limits or Limits())
    assert caught.value.sentence.endswith((".", "?"))
    assert "%(" not in caught.value.sentence
    return str(caught.value.code)


def picture(content: bytes) -> Image.Image:
    return Image.open(BytesIO(inspect(sent(content), "photo").content))


def test_photo_leaves_its_place_and_maker_behind() -> None:
    raw = samples.jpeg(exif=samples.gps_exif())
    kept = inspect(sent(raw), "photo").content
    assert b"TELEPON-SITI" in raw
    assert b"TELEPON-SITI" not in kept
    assert b"Exif" not in kept
    assert dict(Image.open(BytesIO(kept)).getexif()) == {}


def test_photo_taken_sideways_stands_upright() -> None:
    upright = picture(samples.jpeg(80, 40, exif=samples.gps_exif(orientation=6), corner=True))
    assert upright.size == (40, 80)
    red, _green, blue = upright.getpixel((35, 5))
    assert blue > red, "the blue corner has turned to the top right"


def test_large_photo_is_made_small_and_keeps_its_shape() -> None:
    assert picture(samples.jpeg(4000, 1000)).size == (2000, 500)


def test_small_photo_is_not_made_large() -> None:
    assert picture(samples.jpeg(60, 40)).size == (60, 40)


def test_transparent_ground_becomes_white() -> None:
    assert picture(samples.png()).getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_photo(mode: str) -> None:
    assert picture(samples.png(mode=mode)).mode == "RGB"


def test_same_photo_gives_same_bytes() -> None:
    raw = samples.jpeg()
    assert inspect(sent(raw), "photo") == inspect(sent(raw), "photo")


def test_webp_is_taken_whatever_its_name() -> None:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "WEBP")
    kept = inspect(sent(out.getvalue(), "foto.html", "text/html"), "photo")
    assert (kept.name, kept.media_type) == ("foto.jpg", "image/jpeg")


def test_signed_pdf_keeps_every_byte() -> None:
    raw = samples.pdf(pages=3)
    kept = inspect(sent(raw, "bukti.exe"), "document")
    assert (kept.name, kept.media_type, kept.content) == ("bukti.pdf", "application/pdf", raw)


def test_program_behind_a_photo_name_is_refused() -> None:
    assert refusal(b"MZ\x90\x00" + b"\x00" * 200, "photo") == "files.not_photo"


def test_page_behind_a_pdf_name_is_refused() -> None:
    assert refusal(b"<html><script>alert(1)</script>", name="surat.pdf") == "files.not_document"


def test_pdf_where_a_photo_is_asked_is_named() -> None:
    with pytest.raises(FileRefused, match="not_photo") as caught:
        inspect(sent(samples.pdf()), "photo")
    assert caught.value.sentence == "Isi berkas ini bukan foto (PDF). Kirim foto JPG, PNG, atau WebP."


def test_heic_gets_advice() -> None:
    assert refusal(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "photo") == "files.heic"


def test_zero_bytes_are_refused() -> None:
    assert refusal(b"") == "files.empty"


def test_too_large_is_refused_before_it_is_read() -> None:
    assert refusal(b"\xff\xd8\xff" + b"0" * MEGABYTE, limits=Limits(file_bytes=MEGABYTE)) == "files.too_large"


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 10_000), (6000, 6000)])
def test_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    assert refusal(samples.png_bomb(*size), "photo") == "files.bomb"


def test_photo_worked_over_without_end_is_refused() -> None:
    assert inspect(samples.sent(samples.jpeg_of_many_scans(20)), "photo").content
    assert refusal(samples.jpeg_of_many_scans(200)) == "files.broken"


def test_progressive_photo_that_must_be_held_whole_is_a_bomb_sooner() -> None:
    limits = Limits(other_pixels=2000)
    assert inspect(samples.sent(samples.jpeg()), "photo", limits=limits).content
    assert refusal(samples.jpeg(progressive=True), limits=limits) == "files.bomb"


@pytest.mark.parametrize("kept", [30, 200, 500])
def test_truncated_photo_is_refused(kept: int) -> None:
    assert refusal(samples.jpeg(300, 300)[:kept], "photo") == "files.broken"


def test_locked_pdf_is_refused() -> None:
    locked = samples.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refusal(locked) == "files.encrypted"


def test_pdf_locked_against_copying_only_is_refused() -> None:
    locked = samples.pdf(encryption=pikepdf.Encryption(owner="a", user=""))
    assert refusal(locked) == "files.encrypted"


def test_truncated_pdf_is_refused() -> None:
    raw = samples.pdf(pages=5)
    assert refusal(raw[: len(raw) // 2]) == "files.broken"


def script_on_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def script_by_name(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    names = pikepdf.Array(["a", action])
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def file_inside(document: pikepdf.Pdf) -> None:
    document.attachments["virus.exe"] = b"MZ"


def program_on_click(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=pikepdf.Array([action])[0]
    )
    document.pages[0].Annots = pikepdf.Array([link])


def script_on_page_opening(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.pages[0].AA = pikepdf.Dictionary(O=action)


def hidden_form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Array([]), Fields=pikepdf.Array([]))


@pytest.mark.parametrize(
    "change",
    [script_on_opening, script_by_name, file_inside, program_on_click, script_on_page_opening, hidden_form],
)
@pytest.mark.parametrize("packed", [False, True])
def test_active_pdf_is_refused_also_when_packed(change: object, packed: bool) -> None:
    modes = pikepdf.ObjectStreamMode
    mode = modes.generate if packed else modes.disable
    assert refusal(samples.changed_pdf(change, object_stream_mode=mode)) == "files.active"


@pytest.mark.parametrize(
    ("megabytes", "how"),
    [
        (80, {}),
        (2, {"lzw": True}),
        (2, {"lzw": True, "dictionary": b"/Filter/#4c#5AWDecode"}),
        (2, {"lzw": True, "dictionary": b"/F#69lter %x\n7 0 R"}),
        (2, {"lzw": True, "dictionary": b"/Filter [ 7 0 R]"}),
    ],
    ids=["flate", "lzw", "lzw-escaped", "lzw-by-reference", "lzw-in-a-list"],
)
def test_pdf_that_unpacks_without_bound_is_refused(megabytes: int, how: dict[str, Any]) -> None:
    assert refusal(samples.pdf_bomb(megabytes, **how)) == "files.broken"


@pytest.mark.parametrize("filters", [b"", b"/Filter /FlateDecode", b"/Filter [ /FlateDecode ]"])
def test_pdf_with_packed_objects_of_ordinary_size_is_kept(filters: bytes) -> None:
    small = samples.pdf_bomb(1, dictionary=filters)
    assert inspect(samples.sent(small), "document").content == small


@pytest.mark.parametrize(
    "part", [b"/Filter", b"/Filter[", b"/Filter[ /A ", b"/Filter%", b"/Filter \n", b"/#4c"]
)
def test_hostile_pdf_is_looked_through_once(part: bytes) -> None:
    raw = b"%PDF-1.5 /XRef " + part * (2 * MEGABYTE // len(part))
    before = process_time()
    assert refusal(raw) == "files.broken"
    assert process_time() - before < 5


def test_endless_pdf_is_refused() -> None:
    assert refusal(samples.pdf(pages=12), limits=Limits(pdf_pages=10)) == "files.many_pages"


def test_pdf_nested_without_end_is_refused() -> None:
    def nest(document: pikepdf.Pdf) -> None:
        inner: pikepdf.Object = pikepdf.Array([])
        for _level in range(100):
            inner = pikepdf.Array([inner])
        document.Root.Nested = inner

    assert refusal(samples.changed_pdf(nest)) == "files.broken"


@given(content=st.binary(max_size=400), head=st.sampled_from(["jpeg", "png", "pdf", "webp", ""]))
def test_any_bytes_get_a_sentence_or_are_kept(content: bytes, head: str) -> None:
    heads = {"jpeg": b"\xff\xd8\xff\xe0", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-1.7\n", "": b""}
    raw = heads.get(head, b"RIFF\x10\x00\x00\x00WEBP") + content
    try:
        kept = inspect(sent(raw), "document")
    except FileRefused as refused:
        assert refused.code in SENTENCES
    else:
        assert kept.content


@given(st.text(max_size=200))
@example("KTP 3505105708950001.jpg")
@example("../../etc/passwd")
@example("C:\\Users\\siti\\foto.jpg")
@example("0812-3456-7801.png")
@example("..")
@example("")
def test_names_are_plain_and_hold_no_identifier(name: str) -> None:
    safe = safe_name(name, "image/jpeg")
    assert safe.endswith(".jpg")
    assert len(safe) <= 104
    assert not set(safe) & set('/\\\n\r\x00"') - {'"'}
    assert not any(
        part.isdecimal() and part.isascii() and len(part) >= 8 for part in safe.replace(".", " ").split()
    )


def test_number_of_a_person_is_masked_in_a_name() -> None:
    assert safe_name("KTP 3505105708950001 Siti.png", "image/jpeg") == "KTP •••• Siti.jpg"
