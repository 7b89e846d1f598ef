"""The order in which settings should come, told of each by itself."""

from symconv.meanings.integers import compiled
from symconv.operators.ordinary import TOLERATED, astray
from symconv.operators.reading import Scattered


def ordered(problems, rows):
    """Settings in order, each with its rank: what is built counts on from 0, all others weigh more.

    What people build comes first, where it suits the sizes (`suiting`): those that read every
    cell, and what is built more often, before.

    Args:
        problems: what is asked of an axis: a problem, or one for each ceil mode.
        rows: the settings, as tuples of numbers.
    """
    order = problems[0].order
    weigh, lost = (compiled(term, order.letters) for term in (order.weight(), order.lost))
    suits = suiting(order)
    often = [
        {tuple(setting.values()): count for count, setting in order.built(problem.fixed)}
        for problem in problems
    ]

    def place(row):
        mode = row[-1] if len(problems) > 1 else 0
        count, unread = often[mode].get(row), lost(*row)
        if count is None or not suits(row):
            return (1, weigh(*row), row)
        return (0, mode, unread > 0, -count, weigh(*row), row)

    places = sorted(map(place, rows))
    known = sum(first == 0 for first, *_ in places)
    return [
        (number if first == 0 else known + rest[0], rest[-1])
        for number, (first, *rest) in enumerate(places)
    ]


def suiting(order):
    """Return what says of a setting whether it does what people build it for.

    No window lies in the padding alone, and of sixteen cells at most one is left unread. Of one
    size into another, a stride moves something, and what is painted to make a multiple makes it by
    its stride.
    """
    painted = isinstance(order.kernel, Scattered)
    terms = (astray(order.kernel), order.lost, order.kernel.step)
    stray, lost, step = (compiled(term, order.letters) for term in terms)

    def suits(row):
        if stray(*row) or order.sizes is None:
            return not stray(*row)
        size, output = order.sizes
        if TOLERATED * lost(*row) > size:
            return False
        if not order.only:
            return True
        if (size if painted else output) == 1:
            return step(*row) == 1
        multiple = painted and output > size and output % size == 0
        return not multiple or output == step(*row) * size

    return suits
