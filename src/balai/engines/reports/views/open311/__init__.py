"""GeoReport v2 at /open311/v2/: the standard by which programs report and follow (docs/open311.md)."""
