"""What a certified signature leaves as it was: code, tags, title and language; and where its mark stands."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from balai.documents import compact
from balai.documents.compact.tests.test_printed import DPI, kinds, printed
from balai.documents.compact.tests.town import MORNING, Desk
from balai.documents.rendering import mark_for, render_letter, room_for_marks
from balai.documents.signing.registry import signer_of
from balai.documents.signing.tests import samples


@pytest.fixture
def pair(desk: Desk, tmp_path: Path, settings) -> tuple[bytes, bytes]:
    """A letter as it was set, and as the demo signer has signed it, with its mark."""
    settings.BALAI = settings.BALAI.model_copy(update={"trust_dir": tmp_path / "trust"})
    letter = desk.letter()
    content = render_letter(letter)
    mark = mark_for(letter, "Bambang Sutejo", MORNING, 0)
    signer = signer_of("demo")
    with closing(signer.unlock(samples.officer_row(), samples.PASSPHRASE)) as opened:
        signed = signer.sign(opened, content, samples.order(mark=mark, at=MORNING))
    return content, signed


def test_signature_is_appended_and_keeps_tags_title_and_language(pair: tuple[bytes, bytes]) -> None:
    before, after = pair
    assert after.startswith(before)
    said = []
    for content in pair:
        with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            root = pdf.Root
            tags = kinds(root.StructTreeRoot)
            claims = (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"])
            said.append(
                (tags, str(root.Lang), bool(root.MarkInfo.Marked), str(pdf.docinfo["/Title"]), claims)
            )
    assert said[0] == said[1]
    assert said[0][4] == ("2", "A", "1")


def test_code_is_read_from_the_signed_print(pair: tuple[bytes, bytes], desk: Desk) -> None:
    [found] = zxingcpp.read_barcodes(printed(pair[1]))
    assert compact.read(found.text).holder == "Siti Aminah"


def test_mark_stands_in_its_room_and_nowhere_else(pair: tuple[bytes, bytes], desk: Desk) -> None:
    [room] = room_for_marks(desk.letter())
    before, after = (pypdfium2.PdfDocument(content) for content in pair)
    pages = []
    for document in (before, after):
        document.init_forms()
        pages.append(document[0].render(scale=DPI / 72, grayscale=True, may_draw_forms=True).to_pil())
        document.close()
    changed = ImageChops.difference(*pages).getbbox()
    assert changed is not None
    scale = DPI / 72
    left, top = room["left"] * scale, room["top"] * scale
    assert left - 1 <= changed[0] < changed[2] <= left + room["width"] * scale + 1
    assert top - 1 <= changed[1] < changed[3] <= top + room["height"] * scale + 1
