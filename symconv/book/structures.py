"""Samples of the structural statements: chains and levels, built and run on torch."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from symconv.book.statements.structures import chain_notions
from symconv.book.statements.structures.chain_notions import factor, margin
from symconv.book.statements.structures.common import valued
from symconv.book.statements.structures.computing import Layer
from symconv.meanings.integers import PLAIN
from symconv.operators.letters import extent
from symconv.witness import torch_module

Setting = dict[str, int]
Sampler = Callable[[random.Random], bool | None]
"""Draws one sample and runs it: whether torch agrees, or nothing if the draw is no sample."""
LINE = 450
"""An input so long that what the outputs `AWAY` of the chains below read is inside."""
AWAY = (8, 9, 12)
"""Outputs that read nothing of a border, neither of the input nor of what is between the layers."""


def _layer(rng: random.Random) -> Setting:
    return {
        "F": rng.randint(1, 4), "S": rng.randint(1, 3), "P": rng.randint(0, 2),
        "D": rng.randint(1, 2),
    }  # fmt: skip


def _run(chain: list[Setting], data: Any) -> Any:
    """Return what torch makes of data, with weights of one, or nothing if it refuses."""
    torch = torch_module()
    for own in chain:
        ones = torch.ones(1, 1, own["F"], dtype=torch.float64)
        try:
            data = torch.conv1d(data, ones, None, own["S"], own["P"], own["D"])
        except RuntimeError:
            return None
    return data


def _zeros(size: int) -> Any:
    torch = torch_module()
    return torch.zeros(1, 1, size, dtype=torch.float64)


def field(chain: list[Setting]) -> tuple[int, int, int]:
    """Return extent, stride and padding of the receptive field: `r0`, `S0` and `P0`."""
    layers = tuple(Layer(own["F"], own["S"], own["P"], own["D"]) for own in chain)
    sides = (chain_notions.field, factor, margin)
    reach, step, before = (
        valued(side(chain_notions.chain), {"chain": layers}, chain_notions.NOTIONS)[1]
        for side in sides
    )
    return reach, step, before


def placements(rng: random.Random) -> bool:
    """Whether torch has as many outputs as there are legal placements, counted."""
    own, size = _layer(rng), rng.randint(1, 10)
    length = size + 2 * own["P"]
    legal = [
        place
        for place in range(length)
        if all(place * own["S"] + tap * own["D"] < length for tap in range(own["F"]))
    ]
    output = _run([own], _zeros(size))
    return len(legal) == (0 if output is None else output.shape[-1])


def scattered_span(rng: random.Random) -> bool:
    """Whether a transposed layer has as many cells as its scattered taps span."""
    torch = torch_module()
    own, size = _layer(rng), rng.randint(1, 10)
    cells = [x * own["S"] + d * own["D"] for x in range(size) for d in range(own["F"])]
    layer = torch.nn.ConvTranspose1d(1, 1, own["F"], own["S"], dilation=own["D"]).double()
    return bool(layer(_zeros(size)).shape[-1] == max(cells) - min(cells) + 1)


def chain_one_floor(rng: random.Random) -> bool | None:
    """Whether a chain that torch takes has the size of one convolution."""
    chain, size = [_layer(rng) for _ in range(rng.randint(1, 4))], rng.randint(1, 60)
    reach, step, margin = field(chain)
    output = _run(chain, _zeros(size))
    if output is None:
        return None
    return bool(output.shape[-1] == (size + 2 * margin - reach) // step + 1)


def chain_fits(rng: random.Random) -> bool:
    """Whether torch takes just the sizes from the greatest `B - A` on: half are drawn near it."""
    chain = [_layer(rng) for _ in range(rng.randint(1, 4))]
    fields = [field(chain[:count]) for count in range(1, len(chain) + 1)]
    least = max([1, *(reach - 2 * margin for reach, _, margin in fields)])
    near = rng.random() < 0.5
    size = rng.randint(max(1, least - 2), least + 1) if near else rng.randint(1, 40)
    return (_run(chain, _zeros(size)) is not None) == (size >= least)


def chain_inverse(rng: random.Random) -> bool | None:
    """Whether the sizes that torch takes to one output are the interval."""
    chain = [_layer(rng) for _ in range(rng.randint(1, 3))]
    reach, step, margin = field(chain)
    sizes = {size: _run(chain, _zeros(size)) for size in range(1, 50)}
    taken = {size: out.shape[-1] for size, out in sizes.items() if out is not None}
    if not taken:
        return None
    wanted = rng.choice([*taken.values()])
    first = step * wanted - (2 * margin - reach + step)
    found = {size for size, output in taken.items() if output == wanted}
    return found == {size for size in range(first, first + step) if size in taken}


def _read(chain: list[Setting], output: int) -> set[int]:
    """Return which input cells an output reads, by torch's gradients."""
    data = _zeros(LINE).requires_grad_()
    _run(chain, data)[0, 0, output].backward()
    return {int(cell) for cell in data.grad[0, 0].nonzero().flatten()}


def receptive_field(rng: random.Random) -> bool:
    """Whether an output away from the border reads both ends of its region, and no more."""
    chain = [_layer(rng) for _ in range(rng.randint(1, 3))]
    reach, step, margin = field(chain)
    output = rng.choice(AWAY)
    first, last = output * step - margin, output * step - margin + reach - 1
    return {first, last} <= _read(chain, output) <= set(range(first, last + 1))


def alignment(rng: random.Random) -> bool:
    """Whether the centres of two branches, by torch's gradients, agree just when they should.

    In half of the samples the second branch is one layer with the field of the first, or a wider
    one with the same centres.
    """
    chain, other = ([_layer(rng) for _ in range(rng.randint(1, 2))] for _ in range(2))
    if rng.random() < 0.5:
        reach, step, margin = field(chain)
        more = rng.randint(0, 2)
        other = [{"F": reach + 2 * more, "S": step, "P": margin + more, "D": 1}]
    (one, step, margin), (two, step2, margin2) = map(field, (chain, other))
    condition = step == step2 and one - 2 * margin == two - 2 * margin2
    read = [[_read(branch, output) for output in AWAY] for branch in (chain, other)]
    centres = [[min(cells) + max(cells) for cells in branch] for branch in read]
    return condition == (centres[0] == centres[1])


def uniform_overlap(rng: random.Random) -> bool:
    """Whether torch's transposed layer of ones is even away from the border just then."""
    torch = torch_module()
    from math import gcd

    own = _layer(rng) | {"D": rng.randint(1, 3), "F": rng.randint(1, 6)}
    cells: int = PLAIN.evaluate(extent, own)
    layer = torch.nn.ConvTranspose1d(1, 1, own["F"], own["S"], dilation=own["D"], bias=False)
    torch.nn.init.ones_(layer.weight)
    made = layer(torch.ones(1, 1, 2 * cells + 6)).flatten().tolist()
    inner = made[cells - 1 : len(made) - cells + 1]
    uniform = own["F"] % own["S"] == 0 and gcd(own["S"], own["D"]) == 1
    return bool(uniform == (len(set(inner)) == 1))


def same_size_decoder(rng: random.Random) -> bool:
    """Whether a U-Net on torch takes a size just when the power divides it: half are drawn so."""
    factor, levels, size = rng.randint(2, 3), rng.randint(1, 3), rng.randint(1, 60)
    power = factor**levels
    size = power * rng.randint(1, 4) if rng.random() < 0.5 else size
    divides: bool = size % power == 0
    return _restored(factor, levels, size) == divides


def _restored(factor: int, levels: int, size: int) -> bool:
    """Whether every level of a U-Net gets the size back that it had on the way down."""
    torch = torch_module()
    sizes, data = [], _zeros(size)
    for _ in range(levels):
        sizes.append(data.shape[-1])
        try:
            data = torch.nn.functional.max_pool1d(data, factor)
        except RuntimeError:
            return False
    up = torch.nn.ConvTranspose1d(1, 1, factor, factor).double()
    for wanted in reversed(sizes):
        data = up(data)
        if data.shape[-1] != wanted:
            return False
    return True


SIZES: dict[str, Sampler] = {
    one.__name__: one
    for one in (
        placements,
        scattered_span,
        chain_one_floor,
        chain_fits,
        chain_inverse,
        receptive_field,
        alignment,
        same_size_decoder,
    )
}
"""How to run one sample, by the theorem's name."""
