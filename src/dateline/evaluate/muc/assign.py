"""Assignment: pairing two lists one to one so that the sum of the pairs' worths is greatest."""

from collections.abc import Sequence


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of greatest total worth, in the order of the rows.

    Worths are not negative; pairs worth nothing are left out. Cubic in the longer side (the Hungarian method
    with potentials, Kuhn 1955, in the form of Jonker and Volgenant 1987).
    """
    rows, columns = len(worth), max((len(row) for row in worth), default=0)
    size = max(rows, columns)
    if not rows or not columns:
        return []
    cost = [
        [-worth[row][column] if row < rows and column < columns else 0.0 for column in range(size)]
        for row in range(size)
    ]
    owner = _assign(cost)
    pairs = ((owner[column], column) for column in range(columns))
    return sorted((row, column) for row, column in pairs if row < rows and worth[row][column] > 0)


def _assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """Return the row of each column in the cheapest full assignment of a square table."""
    size = len(cost)
    of_row, of_column = [0.0] * (size + 1), [0.0] * (size + 1)
    owner, way = [0] * (size + 1), [0] * (size + 1)  # counted from one; 0 is nobody
    for row in range(1, size + 1):
        owner[0] = row
        column = 0
        slack = [float("inf")] * (size + 1)
        seen = [False] * (size + 1)
        while owner[column]:
            column = _widen(cost, owner, way, of_row, of_column, slack, seen, column)
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return [row - 1 for row in owner[1:]]


def _widen(  # the state of one search, passed on whole
    cost: Sequence[Sequence[float]],
    owner: list[int],
    way: list[int],
    of_row: list[float],
    of_column: list[float],
    slack: list[float],
    seen: list[bool],
    column: int,
) -> int:
    """Take the cheapest column not yet seen into the search and return it."""
    size = len(cost)
    seen[column] = True
    row, step, nearest = owner[column], float("inf"), 0
    for other in range(1, size + 1):
        if seen[other]:
            continue
        price = cost[row - 1][other - 1] - of_row[row] - of_column[other]
        if price < slack[other]:
            slack[other], way[other] = price, column
        if slack[other] < step:
            step, nearest = slack[other], other
    for other in range(size + 1):
        if seen[other]:
            of_row[owner[other]] += step
            of_column[other] -= step
        else:
            slack[other] -= step
    return nearest
