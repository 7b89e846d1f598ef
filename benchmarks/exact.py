"""How long exact sets of sizes take, next to `size` of the same layers for one size.

What is timed is the processor's time, the least of many rounds; a chain's layers are values that
were read before. `audit` is also timed without its certificate, whose checking is the rest.
"""

import os
import platform
from time import process_time

import symconv
from symconv.chains.nearest import nearest
from symconv.chains.through import through
from symconv.meanings.periodic import EXACT
from symconv.networks import along_axes
from symconv.periodic import variable
from symconv.reading.chains import chain

LENET = [
    *(symconv.Conv2d(1, 6, 5), symconv.MaxPool2d(2)),
    *(symconv.Conv2d(6, 16, 5), symconv.MaxPool2d(2)),
]
FACTORS = (2, 3, 5, 7, 11)
CODED = [
    *(symconv.Conv1d(kernel_size=factor, stride=factor) for factor in FACTORS),
    *(symconv.ConvTranspose1d(kernel_size=factor, stride=factor) for factor in reversed(FACTORS)),
]
OVERLAPPING = [
    layer
    for factor in FACTORS
    for layer in (
        symconv.Conv1d(kernel_size=factor + 1, stride=factor),
        symconv.Conv1d(kernel_size=3),
    )
]
BEYOND = [symconv.Conv1d(kernel_size=factor, stride=factor) for factor in (*FACTORS, 13, 17)]


def least(run, rounds):
    """Return the least time of many rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = process_time()
        run()
        times.append(process_time() - start)
    return min(times) * 1000


def without_certificate(layers):
    """Audit, but for the certificate."""
    certified = along_axes.certified
    along_axes.certified = lambda *_: None
    try:
        return symconv.audit(layers)
    finally:
        along_axes.certified = certified


def walked(layers):
    """Return the sizes after each layer as exact functions of the input's size."""
    axes = chain(layers).layers[0].input_axes
    return [stop.leaving for stop in through(layers, (variable(),) * axes, EXACT)]


def compared(name, layers, size, rounds):
    """Print what each part takes, and how many times `size` that is; return the audit."""
    plain = least(lambda: symconv.size(layers, size), rounds)
    parts = {
        "walk": least(lambda: walked(layers), rounds),
        "audit without certificate": least(lambda: without_certificate(layers), rounds),
        "audit": least(lambda: symconv.audit(layers), rounds),
    }
    audit = symconv.audit(layers)
    assert audit.verdict == "proved"
    figures = ", ".join(
        f"{what} {time:.2f} ms ({time / plain:.1f})" for what, time in parts.items()
    )
    (certificate,) = audit.certificates
    print(f"{name}, modulus {certificate.modulus:,}: size {plain:.2f} ms, {figures}")
    return audit


print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
assert compared("LeNet", LENET, 32, 60).valid.least == 16
coded = compared("ten stages, down and up again", CODED, 2310, 15)
assert coded.axes[0].same_size == coded.axes[0].outputs
compared("ten stages whose windows overlap", OVERLAPPING, 10_000, 15)

each = {}
for number, rounds in ((10, 30), (100, 10), (1000, 5)):
    layers = [symconv.Conv1d(kernel_size=3)] * number
    assert symconv.audit(layers).valid.least == 2 * number + 1
    each[number] = least(lambda layers=layers: symconv.audit(layers), rounds) / number
    print(f"{number} layers: audit {each[number]:.3f} ms a layer")
print(f"a layer of 1000 next to one of 10: {each[1000] / each[10]:.2f}")

read = chain(LENET)
assert nearest(read, (14, 14), 0, 1) == (None, 16, True)
refused = least(lambda: nearest(read, (14, 14), 0, 1), 60)
print(f"nearest sizes of LeNet at 14: {refused:.2f} ms")

unknown = symconv.audit(BEYOND)
assert unknown.verdict == "unknown"
print(f"a period of 510,510: {least(lambda: symconv.audit(BEYOND), 15):.2f} ms to say unknown")
assert symconv.solve(BEYOND, output=1).sizes.least == 510_510
inputs = least(lambda: symconv.solve(BEYOND, output=1), 15)
print(f"its inputs of an output: {inputs:.2f} ms")
