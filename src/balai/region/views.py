"""What every map of the town is drawn on."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse

from balai.region import basemap
from balai.runtime.audience import everyone

A_DAY, A_YEAR = 86_400, 31_536_000


@everyone
def base(request: HttpRequest) -> HttpResponse:
    """Borders and roads as GeoJSON; under the address that names its mark it never changes."""
    drawn = basemap.basemap()
    answer = HttpResponse(content_type="application/geo+json")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.content, answer["Content-Encoding"] = drawn.packed, "gzip"
    else:
        answer.content = gzip.decompress(drawn.packed)
    named = request.GET.get("v") == drawn.mark
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if named else f"public, max-age={A_DAY}"
    answer["ETag"] = f'W/"{drawn.mark}"'
    answer["Vary"] = "Accept-Encoding"
    return answer
