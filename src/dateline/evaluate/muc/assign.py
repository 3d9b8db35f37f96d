"""Assignment: pairing two lists one to one so that the sum of the pairs' worths is greatest."""

from collections.abc import Sequence


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of greatest total worth, in the order of the rows.

    Worths are not negative; pairs worth nothing are left out. Cubic in the longer side: the Hungarian method
    with potentials (Kuhn 1955; Jonker and Volgenant 1987).
    """
    rows, columns = len(worth), max((len(row) for row in worth), default=0)
    size = max(rows, columns)
    if not rows or not columns:
        return []
    table = _Table(
        [
            [-worth[row][column] if row < rows and column < columns else 0.0 for column in range(size)]
            for row in range(size)
        ]
    )
    for row in range(size):
        table.place(row)
    pairs = ((table.owner[column + 1] - 1, column) for column in range(columns))
    return sorted((row, column) for row, column in pairs if row < rows and worth[row][column] > 0)


class _Table:
    """A square table of costs whose rows are given columns one after the other.

    Rows and columns are counted from one; `owner[column]` is the row that holds it, 0 for none.
    """

    def __init__(self, cost: Sequence[Sequence[float]]) -> None:
        self.owner = [0] * (len(cost) + 1)
        self._cost = cost
        self._of_row = [0.0] * (len(cost) + 1)
        self._of_column = [0.0] * (len(cost) + 1)

    def place(self, row: int) -> None:
        """Give a row (counted from zero) a column, moving others where that is cheaper."""
        size = len(self._cost)
        self.owner[0] = row + 1
        came_from = [0] * (size + 1)
        slack = [float("inf")] * (size + 1)
        seen = [False] * (size + 1)
        column = 0
        while self.owner[column]:
            seen[column] = True
            self._relax(column, slack, came_from, seen)
            nearest = min((other for other in range(1, size + 1) if not seen[other]), key=slack.__getitem__)
            self._shift(slack[nearest], slack, seen)
            column = nearest
        while column:
            self.owner[column] = self.owner[came_from[column]]
            column = came_from[column]

    def _relax(self, column: int, slack: list[float], came_from: list[int], seen: Sequence[bool]) -> None:
        row = self.owner[column]
        for other in range(1, len(slack)):
            price = self._cost[row - 1][other - 1] - self._of_row[row] - self._of_column[other]
            if not seen[other] and price < slack[other]:
                slack[other], came_from[other] = price, column

    def _shift(self, step: float, slack: list[float], seen: Sequence[bool]) -> None:
        for other, reached in enumerate(seen):
            if reached:
                self._of_row[self.owner[other]] += step
                self._of_column[other] -= step
            else:
                slack[other] -= step
