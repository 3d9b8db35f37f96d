"""Events → files: JSON lines, CSV, GeoJSON and a report to read, all from one Record."""

from dateline.export.base import ArticleCard, Exporter, Record, card_of

__all__ = ["ArticleCard", "Exporter", "Record", "card_of"]
