"""The letter as it leaves the printer: a reader that is not ours finds the code, and it proves the letter."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from balai.documents import compact
from balai.documents.compact.tests.town import Desk
from balai.documents.models import Letter
from balai.documents.rendering import preview, render_letter, room_for_marks, words

DPI = 150
LETTERS, LOOKS, FEWEST = 4, 6, 20
HEADINGS = {f"/H{level}" for level in range(1, 7)}


def printed(content: bytes, page: int = 0) -> Image.Image:
    """A page of the letter as a grey picture of 150 dots to the inch."""
    with pypdfium2.PdfDocument(content) as document:
        return document[page].render(scale=DPI / 72, grayscale=True).to_pil()


def speckled(picture: Image.Image, share: float, look: int = 0) -> Image.Image:
    """Toner where none belongs, and none where it does; each `look` finds it elsewhere."""
    chance, spots = random.Random(look), bytearray(picture.tobytes())
    for _ in range(int(len(spots) * share)):
        spots[chance.randrange(len(spots))] = chance.choice((0, 255))
    return Image.frombytes("L", picture.size, bytes(spots))


def faded(picture: Image.Image) -> Image.Image:
    """A drum that is nearly empty: black is a middle grey."""
    return picture.point(lambda value: 110 + value * 130 // 255)


DAMAGE = {
    "as it is": lambda page: page,
    "turned by three degrees": lambda page: page.rotate(3, Image.Resampling.BICUBIC, fillcolor=255),
    "upside down": lambda page: page.rotate(181, Image.Resampling.BICUBIC, fillcolor=255),
    "out of focus": lambda page: page.filter(ImageFilter.GaussianBlur(1.0)),
    "turned and out of focus": lambda page: page.rotate(-4, Image.Resampling.BICUBIC, fillcolor=255).filter(
        ImageFilter.GaussianBlur(0.8)
    ),
    "faded": faded,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_code_is_read_from_the_print(desk: Desk, damage: Any) -> None:
    letter = desk.letter()
    found = zxingcpp.read_barcodes(damage(printed(render_letter(letter))))
    assert [each.text for each in found] == [compact.issue(letter)]


def test_codes_are_read_from_speckled_prints(desk: Desk) -> None:
    """Each letter has a code of its own; a camera looks more than once (figures: docs/decisions/0006)."""
    read = []
    for _letter in range(LETTERS):
        letter = desk.letter()
        page, text = printed(render_letter(letter)), compact.issue(letter)
        read.append(sum(read_speckled(page, look) == [text] for look in range(LOOKS)))
    assert (min(read) > LOOKS // 2, sum(read) >= FEWEST) == (True, True), read


def read_speckled(page: Image.Image, look: int) -> list[str]:
    spots = speckled(page, 0.02, look).filter(ImageFilter.GaussianBlur(0.6))
    return [each.text for each in zxingcpp.read_barcodes(spots)]


def test_long_names_are_read_too(desk: Desk) -> None:
    letter = desk.letter(title="Surat Keterangan Penghasilan Orang Tua")
    letter.holder_name = "Raden Ajeng Kusumaningtyas Prabandari Wijayakusuma, S.Pd., M.Si."
    letter.signer_title = "Sekretaris Desa Sumberboto, atas nama Kepala Desa"
    found = zxingcpp.read_barcodes(printed(render_letter(letter)))
    assert compact.read(found[0].text).holder == letter.holder_name.clear


def test_same_letter_gives_the_same_file(desk: Desk) -> None:
    letter = desk.letter()
    assert render_letter(letter) == render_letter(Letter.objects.get(pk=letter.pk))


def test_letter_says_in_words_how_it_is_checked(desk: Desk) -> None:
    letter = desk.letter()
    with pypdfium2.PdfDocument(render_letter(letter)) as document:
        words = " ".join(document[0].get_textpage().get_text_range().split())
    assert compact.printed_code(letter.verification_code) in words
    assert "balai.blitarkab.example/periksa/" in words
    assert "UJI COBA, tanpa kekuatan hukum" in words
    assert "Dokumen ini ditandatangani secara elektronik." in words


def test_letter_for_ink_has_code_and_room_and_no_word_about_certificates(desk: Desk) -> None:
    letter = desk.letter()
    letter.signature = "wet"
    content = render_letter(letter)
    with pypdfium2.PdfDocument(content) as document:
        words = document[0].get_textpage().get_text_range()
    assert "elektronik" not in words
    assert room_for_marks(letter) == []
    read = compact.read(zxingcpp.read_barcodes(printed(content))[0].text)
    assert read.signature == "wet"


def test_room_for_the_mark_is_blank_and_on_the_page(desk: Desk) -> None:
    letter = desk.letter()
    content = render_letter(letter)
    [room] = room_for_marks(letter)
    scale = DPI / 72
    left, top = room["left"] * scale, room["top"] * scale
    picture = printed(content, int(room["page"]) - 1)
    box = picture.crop(
        (int(left), int(top), int(left + room["width"] * scale), int(top + room["height"] * scale))
    )
    assert (box.width > 300, box.height > 90, box.getextrema()) == (True, True, (255, 255))


def test_draft_keeps_the_place_of_the_code_and_has_none(desk: Desk) -> None:
    letter = desk.letter()
    signer = {"name": "Bambang Sutejo", "title": "Kepala Desa", "nip": "", "on_behalf": ""}
    assert zxingcpp.read_barcodes(printed(preview(letter, signer))) == []
    assert "Nomor: KONSEP" in words(letter, signer)
    letter.number = None
    content = preview(letter, signer)
    assert zxingcpp.read_barcodes(printed(content)) == []
    assert room_for_marks(letter) != []


def kinds(element: pikepdf.Object) -> list[str]:
    """The kinds of all structure elements, in reading order."""
    found = [str(element.S)] if "/S" in element else []
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") != "/MCR":
            found += kinds(child)
    return found


def test_letter_is_tagged_titled_and_in_indonesian(desk: Desk) -> None:
    with pikepdf.open(BytesIO(render_letter(desk.letter()))) as pdf:
        root = pdf.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("id-ID", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Author"]) == "Desa Sawentar"
        found = kinds(root.StructTreeRoot)
        alternatives = [
            str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
        assert all("/StructParents" in page for page in pdf.pages)
    assert [kind for kind in found if kind in HEADINGS] == ["/H1"]
    assert found.count("/Figure") == 2
    assert found.count("/P") > 5
    assert sorted(alternatives) == [
        "Kode QR untuk memeriksa surat ini di balai.blitarkab.example/periksa/",
        "Lambang Kabupaten Blitar",
    ]
