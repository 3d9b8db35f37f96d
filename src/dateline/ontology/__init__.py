"""The event types of dateline, the words that announce them, and their places in four other ontologies.

Everything is read from `data/ontology/`: one YAML file per family of types, `related.yaml` (types that are
often two names of one happening), `targets.yaml` (the values of the other ontologies), `idioms.yaml` (wordings
that hold a trigger word and announce nothing) and `forms.json` (inflected forms, made by `scripts/forms.py`).
The four targets are PLOVER 2.0 types and modes, ACLED event and sub-event types, CAMEO root codes and the UCDP
GED types of violence.
"""

from dateline.ontology.kinds import EventType, Match, Ontology, Trigger, admits, words_of
from dateline.ontology.load import load_ontology, read_ontology

__all__ = [
    "EventType",
    "Match",
    "Ontology",
    "Trigger",
    "admits",
    "load_ontology",
    "read_ontology",
    "words_of",
]
