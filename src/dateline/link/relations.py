"""What linking needs to know of the ontology, as a protocol: tests and other ontologies may stand in."""

from typing import Protocol

from dateline.model.report import Crosswalk


class TypeRelations(Protocol):
    """The part of an ontology that tells how event types stand to one another."""

    def family(self, type_id: str, /) -> str:
        """Return the family that `type_id` belongs to."""
        ...

    def related(self, a: str, b: str, /) -> float:
        """Return 1 for the same type, more than 0 for two names of one happening, else 0; symmetric."""
        ...

    def is_violent(self, type_id: str, /) -> bool:
        """Tell whether a type is of violence against people or things."""
        ...

    def crosswalk_for(self, type_id: str, actor_kind: str | None = None, *, harmed: bool = False) -> Crosswalk:
        """Return the type in the published ontologies, by who acted and whether people were killed or hurt."""
        ...
