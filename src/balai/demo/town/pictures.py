"""Drawn photos of what invented people report, before and after; each says that it is an example."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

from balai.demo.town.told import Scene

SIZE = (640, 480)
SKY, NIGHT, GRASS, ASPHALT, BRICK = "#bcd4e6", "#1d2740", "#86a86b", "#5b5f66", "#a8593a"
Pen = ImageDraw.ImageDraw


CLOSER = 0.14  # of the width, from one photo to the next of the same thing


@lru_cache(maxsize=32)
def picture(scene: Scene, *, mended: bool = False, signed: bool = False, number: int = 0) -> bytes:
    """A small JPEG; `signed` with a sign before the danger, each next `number` from nearer."""
    image = Image.new("RGB", SIZE, NIGHT if scene == "lamp" else SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 250, 640, 480), fill="#2c3a2e" if scene == "lamp" else GRASS)
    SCENES[scene](pen, mended)
    if signed:
        _sign(pen)
    if number:
        off = int(SIZE[0] * CLOSER * number), int(SIZE[1] * CLOSER * number)
        image = image.crop((off[0], off[1], SIZE[0] - off[0] // 2, SIZE[1] - off[1] // 2)).resize(SIZE)
        pen = ImageDraw.Draw(image)
    pen.rectangle((0, 438, 640, 480), fill="#17191d")
    pen.text((20, 444), "CONTOH / DEMO", fill="#ffffff", font_size=26)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=78)
    return out.getvalue()


def _sign(pen: Pen) -> None:
    pen.rectangle((196, 300, 204, 420), fill="#4a4f57")
    pen.polygon([(200, 210), (136, 312), (264, 312)], fill="#c0392b")
    pen.polygon([(200, 234), (156, 302), (244, 302)], fill="#fbf8f2")
    pen.rectangle((195, 250, 205, 282), fill="#17191d")
    pen.ellipse((194, 287, 206, 298), fill="#17191d")
    for left in range(270, 600, 60):
        pen.polygon([(left, 330), (left + 30, 330), (left + 20, 344), (left - 10, 344)], fill="#e8a33d")


def _road_bed(pen: Pen, colour: str = ASPHALT) -> None:
    pen.polygon([(250, 240), (390, 240), (640, 480), (0, 480)], fill=colour)
    for top, bottom, half in ((262, 280, 3), (308, 338, 6), (376, 424, 10)):
        pen.polygon(
            [(320 - half, bottom), (320 - half + 2, top), (320 + half - 2, top), (320 + half, bottom)],
            fill="#f2efe6",
        )


def _road(pen: Pen, mended: bool) -> None:
    _road_bed(pen)
    if mended:
        pen.ellipse((330, 330, 500, 400), fill="#3d4046")
        return
    pen.ellipse((322, 326, 508, 406), fill="#8a7a63")
    pen.ellipse((340, 338, 492, 398), fill="#3a2f26")
    pen.ellipse((366, 356, 470, 390), fill="#6f8798")


def _lamp(pen: Pen, mended: bool) -> None:
    _road_bed(pen, "#2a2d36")
    if mended:
        pen.polygon([(470, 96), (330, 430), (620, 430)], fill="#6b6644")
        pen.ellipse((440, 66, 504, 114), fill="#ffe9a3")
    pen.rectangle((540, 80, 550, 420), fill="#9aa1ab")
    pen.line((545, 84, 470, 84), fill="#9aa1ab", width=8)
    pen.rectangle((450, 78, 494, 94), fill="#ffd75e" if mended else "#464c57")


def _water(pen: Pen, mended: bool) -> None:
    pen.rectangle((60, 300, 580, 330), fill="#7a8894")
    pen.rectangle((290, 290, 350, 340), fill="#55616c")
    if mended:
        return
    for reach in (40, 70, 100):
        pen.arc((320 - reach, 200, 320 + reach, 360), 190, 350, fill="#4f8fc0", width=7)
    pen.ellipse((150, 370, 500, 430), fill="#6fa6cf")


def _waste(pen: Pen, mended: bool) -> None:
    pen.rectangle((430, 240, 560, 390), fill="#3f7a54")
    pen.rectangle((420, 226, 570, 246), fill="#2f5e40")
    if mended:
        return
    for at, colour in enumerate(("#20242a", "#c9463d", "#e6dcc6", "#2f5d8a", "#20242a", "#d9a441")):
        pen.ellipse((90 + at * 54, 316 + at % 2 * 22, 184 + at * 54, 404 + at % 2 * 14), fill=colour)


def _tree(pen: Pen, mended: bool) -> None:
    _road_bed(pen)
    if mended:
        pen.rectangle((96, 250, 130, 330), fill="#6d4a2f")
        return
    pen.polygon([(110, 300), (124, 330), (470, 392), (476, 368)], fill="#6d4a2f")
    for left, top in ((400, 300), (460, 330), (440, 366), (510, 352)):
        pen.ellipse((left, top, left + 110, top + 74), fill="#4f7a3f")


def _building(pen: Pen, mended: bool) -> None:
    pen.rectangle((130, 210, 510, 400), fill="#efe6d2")
    pen.polygon([(100, 216), (320, 110), (540, 216)], fill=BRICK)
    for left in (170, 300, 430):
        pen.rectangle((left, 260, left + 44, 330), fill="#6b7f92")
    if not mended:
        pen.polygon([(360, 128), (430, 164), (398, 196), (350, 176)], fill=SKY)
        pen.line([(398, 216), (380, 262), (410, 300), (392, 344)], fill="#5c4a3a", width=4)


SCENES: dict[Scene, Callable[[Pen, bool], None]] = {
    "road": _road,
    "lamp": _lamp,
    "water": _water,
    "waste": _waste,
    "tree": _tree,
    "building": _building,
}
