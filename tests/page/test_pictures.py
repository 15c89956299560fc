"""A picture with fewer colours is smaller and looks the same."""

from __future__ import annotations

import base64

from tests.page.articles import WHO
from tests.page.conftest import Watched
from tests.page.pictures import smaller

# Width, height and the share of channels that differ by more than an eye can tell.
COMPARED = """async (pictures) => {
  const [one, other] = await Promise.all(pictures.map(async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const drawn = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d");
    canvas.drawImage(drawn, 0, 0);
    return canvas.getImageData(0, 0, drawn.width, drawn.height);
  }));
  const off = one.data.filter((value, at) => Math.abs(value - other.data[at]) > 24).length;
  return [one.width === other.width && one.height === other.height, off / one.data.length];
}"""


def test_a_picture_of_the_page_keeps_its_looks_and_loses_half_its_bytes(watched: Watched) -> None:
    watched.asked(WHO)
    png = watched.page.screenshot()
    small = smaller(png)
    assert len(small) < 0.6 * len(png)
    same, off = watched.page.evaluate(COMPARED, [base64.b64encode(each).decode() for each in (png, small)])
    assert same
    assert off < 0.001
