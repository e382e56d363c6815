"""Updates appended to a signed letter, and signatures built to mislead: what forgers have tried so far."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter as Writer
from pyhanko.sign import fields

from balai.documents.verification.tests import letters
from balai.documents.verification.tests.letters import appended, name, signed
from balai.documents.verification.tests.pki import town

Dict, Array, Number = generic.DictionaryObject, generic.ArrayObject, generic.NumberObject
_BYTE_RANGE = re.compile(rb"/ByteRange ?\[([^\]]*)\]")


def stream(words: bytes, **entries: generic.PdfObject) -> generic.StreamObject:
    """A stream object with these bytes."""
    return generic.StreamObject({name(f"/{key}"): value for key, value in entries.items()}, stream_data=words)


def page(writer: Writer, number: int) -> generic.DictionaryObject:
    """A page, marked as changed."""
    reference = writer.root["/Pages"]["/Kids"].raw_get(number)
    writer.mark_update(reference.reference)
    found: generic.DictionaryObject = reference.get_object()
    return found


def append_page(writer: Writer) -> None:
    """One more page behind the others."""
    pages = writer.root["/Pages"]
    new = Dict({name("/Type"): name("/Page"), name("/MediaBox"): Array(map(Number, (0, 0, 595, 842)))})
    new[name("/Parent")] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(new))
    pages[name("/Count")] = Number(int(pages["/Count"]) + 1)
    writer.update_container(pages)


def append_note(writer: Writer) -> None:
    """A note over the text (evil annotation)."""
    note = Dict({name("/Type"): name("/Annot"), name("/Subtype"): name("/FreeText")})
    note[name("/Rect")] = Array(map(Number, (72, 690, 400, 720)))
    note[name("/Contents")] = generic.TextStringObject("Rp900.000.000")
    first = page(writer, 0)
    notes = first.get("/Annots", Array())
    first[name("/Annots")] = Array([*notes, writer.add_object(note)])


def swap_pages(writer: Writer) -> None:
    """The second page first."""
    pages = writer.root["/Pages"]
    kids = [pages["/Kids"].raw_get(place) for place in range(len(pages["/Kids"]))]
    pages[name("/Kids")] = Array(reversed(kids))
    writer.update_container(pages)


def replace_contents(writer: Writer) -> None:
    """Other words on the first page (shadow attack: hide)."""
    words = stream(b"BT /F1 12 Tf 72 700 Td (Isi yang lain) Tj ET")
    page(writer, 0)[name("/Contents")] = writer.add_object(words)


def replace_font(writer: Writer) -> None:
    """Another font for the same words (shadow attack: replace)."""
    font = Dict(
        {name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"), name("/BaseFont"): name("/Symbol")}
    )
    first = page(writer, 0)
    first[name("/Resources")] = Dict({name("/Font"): Dict({name("/F1"): writer.add_object(font)})})


def replace_catalog(writer: Writer) -> None:
    """Another tree of pages altogether (shadow attack: hide and replace)."""
    other = Dict({name("/Type"): name("/Page"), name("/MediaBox"): Array(map(Number, (0, 0, 595, 842)))})
    tree = Dict({name("/Type"): name("/Pages"), name("/Count"): Number(1)})
    place = writer.add_object(tree)
    other[name("/Parent")] = place
    tree[name("/Kids")] = Array([writer.add_object(other)])
    writer.root[name("/Pages")] = place
    writer.update_root()


def add_script(writer: Writer) -> None:
    """A program that runs when the file is opened."""
    action = Dict({name("/S"): name("/JavaScript"), name("/JS"): generic.TextStringObject("app.alert(1)")})
    writer.root[name("/OpenAction")] = writer.add_object(action)
    writer.update_root()


def remove_archive(writer: Writer) -> None:
    """Without the security store."""
    del writer.root["/DSS"]
    writer.update_root()


def remove_form(writer: Writer) -> None:
    """Without the fields, and so without the signature."""
    del writer.root["/AcroForm"]
    writer.update_root()


def fill_form(writer: Writer) -> None:
    """Another value in the form's field."""
    fields_there = writer.root["/AcroForm"]["/Fields"]
    for place in range(len(fields_there)):
        reference = fields_there.raw_get(place)
        if reference.get_object().get("/T") == "keperluan":
            reference.get_object()[name("/V")] = generic.TextStringObject("Pinjaman besar")
            writer.mark_update(reference.reference)


def twin_field(writer: Writer) -> None:
    """A second field under the same name with the same signature."""
    form = writer.root["/AcroForm"]
    first = form["/Fields"].raw_get(0)
    twin = Dict({name(key): first.get_object().raw_get(key) for key in first.get_object() if key != "/P"})
    form["/Fields"].append(writer.add_object(twin))
    writer.update_container(form)


def hollow_fields(count: int) -> bytes:
    """A file with many fields that claim a signature."""

    def add(writer: Writer) -> None:
        value = Dict({name("/Type"): name("/Sig"), name("/SubFilter"): name("/ETSI.CAdES.detached")})
        place = writer.add_object(value)
        made = [
            writer.add_object(
                Dict(
                    {
                        name("/FT"): name("/Sig"),
                        name("/T"): generic.TextStringObject(f"S{number}"),
                        name("/V"): place,
                    }
                )
            )
            for number in range(count)
        ]
        writer.root[name("/AcroForm")] = Dict({name("/Fields"): Array(made)})
        writer.update_root()

    return appended(letters.plain(), add)


def empty_field() -> bytes:
    """A place for a signature that nobody gave."""

    def add(writer: Writer) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("TTE-1"))

    return appended(letters.plain(), add)


def byte_range(pdf: bytes) -> list[int]:
    """The numbers of the last ByteRange."""
    return [int(each) for each in _BYTE_RANGE.findall(pdf)[-1].split()]


def with_byte_range(pdf: bytes, numbers: str) -> bytes:
    """The file with the last ByteRange rewritten within its place."""
    found = list(_BYTE_RANGE.finditer(pdf))[-1]
    room = found.end(1) - found.start(1)
    if len(numbers) > room:
        raise ValueError("there is no room for it")
    return pdf[: found.start(1)] + numbers.encode().ljust(room) + pdf[found.end(1) :]


def skipping() -> bytes:
    """A ByteRange that stops before a part of the file and goes on behind it."""
    _, first, second, rest = byte_range(signed())
    return with_byte_range(signed(), f"0 {first} {second + 60} {rest - 60}")


def wrapped() -> bytes:
    """Signature wrapping: the signed bytes are pushed behind, the gap holds other objects as well."""
    whole = signed()
    _, first, second, rest = byte_range(whole)
    injected = b"\n99 0 obj\n<</Type /Catalog>>\nendobj\n"
    moved = with_byte_range(whole, f"0 {first} {second + len(injected)} {rest}")
    return moved[:second] + injected + moved[second:]


def contents(pdf: bytes) -> tuple[int, int]:
    """Where the last Contents string begins and ends, its angle brackets left out."""
    _, first, second, _ = byte_range(pdf)
    return first + 1, second - 1


def with_contents(kind: str) -> bytes:
    """Universal signature forgery: the signature's value is absent, null, empty or zero."""
    start, end = contents(signed())
    if kind == "zero":
        return signed()[:start] + b"0" * (end - start) + signed()[end:]
    if kind == "absent":
        return letters.replaced(signed(), b"/Contents <", b"/Kontents <")
    hidden = {"null": b"null", "empty": b"<>"}[kind]
    room = end + 1 - (start - 1)
    return signed()[: start - 1] + hidden.ljust(room) + signed()[end + 1 :]


def stamp_broken() -> bytes:
    """One bit of the time stamp's own signature turned."""
    whole = letters.stamped()
    start, end = contents(whole)
    token = whole[start:end].rstrip(b"0")
    return rehexed(whole, start + len(token) - 41)


def rehexed(pdf: bytes, place: int) -> bytes:
    """The file with one hexadecimal digit changed for another."""
    other = b"0" if pdf[place : place + 1] != b"0" else b"1"
    return pdf[:place] + other + pdf[place + 1 :]


def rewritten_pages() -> bytes:
    """Pages swapped, and the whole file written anew."""

    def swap(pdf: pikepdf.Pdf) -> None:
        pdf.pages.reverse()

    return letters.rewritten(signed(), swap)


def with_attachment(pdf: bytes) -> bytes:
    """A file inside the file."""

    def add(opened: pikepdf.Pdf) -> None:
        opened.attachments["data.txt"] = pikepdf.AttachedFileSpec(opened, b"NIK 3505", filename="data.txt")

    return letters.rewritten(pdf, add)


def stamped_only() -> bytes:
    """A document time stamp, and nobody who signed."""
    from pyhanko.sign.signers import PdfTimeStamper  # noqa: PLC0415 - only here

    writer = Writer(BytesIO(letters.plain()))
    made: bytes = PdfTimeStamper(town().stamp()).timestamp_pdf(writer, "sha256").getvalue()
    return made
