"""The order in which settings should come, told of each by itself."""

from symconv.meanings.integers import compiled
from symconv.operators.ordinary import astray
from symconv.questions.order import TOLERATED


def ordered(problems, rows):
    """Settings in order, each with its rank: what is built counts on from 0, all others weigh more.

    What people build comes first, where no window lies in the padding alone and of sixteen cells
    at most one is left unread: those that read every cell, and what is built more often, before.

    Args:
        problems: what is asked of an axis: a problem, or one for each ceil mode.
        rows: the settings, as tuples of numbers.
    """
    order = problems[0].order
    weigh, lost = (compiled(term, order.letters) for term in (order.weight(), order.lost))
    stray = compiled(astray(order.kernel), order.letters)
    size = order.sizes[0] if order.sizes else 0
    often = [
        {tuple(setting.values()): count for count, setting in order.built(problem.fixed)}
        for problem in problems
    ]

    def place(row):
        mode = row[-1] if len(problems) > 1 else 0
        count, unread = often[mode].get(row), lost(*row)
        if count is None or stray(*row) or TOLERATED * unread > size:
            return (1, weigh(*row), row)
        return (0, mode, unread > 0, -count, weigh(*row), row)

    places = sorted(map(place, rows))
    known = sum(first == 0 for first, *_ in places)
    return [
        (number if first == 0 else known + rest[0], rest[-1])
        for number, (first, *rest) in enumerate(places)
    ]
