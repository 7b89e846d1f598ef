"""How long a model's audit takes, against its own meta forward and against torch.export.

Run as `python benchmarks/audit.py`: one table, whose ratios are of one run on one machine.
"""

import copy
import logging
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "models"))

import spine
import torch

from symconv.networks.exploring import Explorer
from symconv.networks.model_audit import audit_model
from symconv.networks.model_paths import ModelReader
from symconv.networks.values import ExactValues
from symconv.periodic import EVERYTHING
from symconv.proving.clock import Clock

TIMES = 3
SIZE = 224
"""A meta forward is timed at the least size from here on that the net takes."""


def best(work, times=TIMES):
    """Return the least of some times, in seconds, and what came last."""
    took, came = [], None
    for _ in range(times):
        start = time.perf_counter()
        came = work()
        took.append(time.perf_counter() - start)
    return min(took), came


def meta_forward(module, axes, size):
    """Return a forward on tensors without cells."""
    model = copy.deepcopy(module).eval().to("meta")
    shape = [axis if isinstance(axis, int) else size for axis in axes]

    def forward():
        with torch.no_grad():
            model(torch.empty(shape, device="meta"))

    return forward


def sets_of(paths):
    """Return the sets of paths, from the recorded decisions alone."""
    values, sets = ExactValues(), []
    for path in paths:
        sizes = EVERYTHING
        for term, holds in path.path.decisions:
            holding = values.of(term)
            sizes = sizes & holding if holds else sizes - holding
        sets.append(sizes)
    return sets


def exported(module, axes):
    """Return what torch.export says with named dimensions."""
    letter = torch.export.Dim("W", min=1, max=4096)
    shape = [axis if isinstance(axis, int) else SIZE for axis in axes]
    named = {place: letter for place, axis in enumerate(axes) if axis == "W"}
    try:
        torch.export.export(module.eval(), (torch.zeros(shape),), dynamic_shapes=(named,))
    except Exception as error:
        return f"fails: {type(error).__name__}"
    return "answers"


def main():
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    Explorer(Clock(1))  # what is loaded on first use is loaded here
    nets = {
        "U-Net, 4 levels": (spine.UNet(), (1, 1, "W", "W")),
        "U-Net, 5 levels": (spine.UNet5(), (1, 1, "W", "W")),
        "ResNet-50": (spine.ResNet(width=8), (1, 3, "W", "W")),
        "ResNet-152": (spine.ResNet((3, 8, 36, 3), width=8), (1, 3, "W", "W")),
        "VGG-16": (spine.Vgg16(), (1, 3, "W", "W")),
        "TwoStrides": (spine.TwoStrides(), (1, 1, "W", "W")),
        "PrimePyramid": (spine.PrimePyramid(), (1, 1, "W")),
    }
    print(f"{'net':18}{'audit':>10}{'paths':>7}{'a path':>10}{'meta':>9}{'allowed a path':>16}")
    for name, (module, axes) in nets.items():
        took, answer = best(lambda: audit_model(module, axes, Clock(600)))
        meta, _ = best(meta_forward(module, axes, answer.valid.next_above(SIZE - 1)))
        each, allowed = took / len(answer.paths), 4 * meta + 0.015
        verdict = "" if each <= allowed else "  TOO SLOW"
        print(
            f"{name:18}{took * 1e3:8.0f}ms{len(answer.paths):7}{each * 1e3:8.1f}ms"
            f"{meta * 1e3:7.1f}ms{allowed * 1e3:14.1f}ms{verdict}"
        )
    module, axes = nets["U-Net, 5 levels"]
    reader = ModelReader(module.eval(), axes, Clock(600))
    reader.follow()
    took, sets = best(lambda: sets_of(reader.paths))
    assert [path.sizes for path in reader.paths] == sets
    print(f"U-Net, 5 levels, recorded -> sets: {took * 1e3:.1f}ms")
    module, axes = nets["U-Net, 4 levels"]
    theirs, said = best(lambda: exported(module, axes), 2)
    ours, _ = best(lambda: audit_model(module, axes, Clock(600)))
    print(
        f"torch.export on U-Net, 4 levels: {theirs * 1e3:.0f}ms, {said}; {theirs / ours:.1f} x ours"
    )


if __name__ == "__main__":
    main()
