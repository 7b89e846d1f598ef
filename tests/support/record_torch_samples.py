"""Record what real torch answers to small layers: `python tests/support/record_torch_samples.py`.

For every operator it draws configurations, legal and not, asks torch for the sizes or a refusal,
checks that the layers of symconv answer the same, and keeps a few hundred: for each mutant of
`mutations.py` some that kill it, and random ones. The answers go to `data/torch_samples.json.gz`,
which the tests replay without torch. Run it again when an operator is added or torch changes.

Left out, because torch's answer is no function of the sizes (`docs/limits.md`): a transposed
convolution on the oneDNN kernel that leaves no cell, circular paddings that overlap themselves
on more than one channel, empty inputs of layers that then skip their checks.
"""

import gzip
import json
import random
import sys
import warnings
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from mutations import SAMPLES, Answer, Sample, mutants, our_answer
from sample_configurations import CONFIGURATIONS, Configuration
from symconv.operators import OPERATORS

CANDIDATES, KILLERS, KEPT = 5000, 3, 200


def ask(asked: Configuration) -> Answer:
    """Return torch's sizes and channels, or `None` where it refuses."""
    parameters = dict(asked.parameters)
    shape = (asked.batch, asked.channels, *asked.sizes)
    arguments: list[Any] = [torch.zeros(shape)]
    if asked.layer.startswith("MaxUnpool"):
        arguments.append(torch.zeros(shape, dtype=torch.long))
    if asked.layer.startswith(("ConvTranspose", "MaxUnpool")) and "output_size" in parameters:
        arguments.append([parameters.pop("output_size")] * len(asked.sizes))
    try:
        output = getattr(torch.nn, asked.layer)(**parameters).eval()(*arguments)
    except Exception:  # whatever torch raises is a refusal
        return None
    return (*output.shape[2:], output.shape[1])


def candidates(name: str, draw: Callable[[random.Random], Configuration | None]) -> list[Sample]:
    """Ask torch about many configurations of one operator, and check that symconv agrees."""
    rng = random.Random(name)
    drawn = [one for _ in range(CANDIDATES) if (one := draw(rng)) is not None]
    different = {json.dumps(one): one for one in drawn}.values()
    found = [Sample(*one[:4], ask(one)) for one in different]
    wrong = [sample for sample in found if our_answer(sample) != sample.answer]
    for sample in wrong[:5]:
        print(f"{name}: symconv answers {our_answer(sample)}: {sample}")
    if wrong:
        sys.exit(f"{name}: {len(wrong)} of {len(found)} answers differ from torch's")
    return found


def selected(name: str, found: list[Sample]) -> tuple[list[Sample], list[str]]:
    """Return samples that kill every mutant, if any do, some random ones, and the survivors."""
    kept: dict[str, Sample] = {}
    survivors = []
    original = OPERATORS[name]
    for mutant in mutants(original):
        OPERATORS[name] = mutant.operator
        killers = list(islice((s for s in found if our_answer(s) != s.answer), KILLERS))
        OPERATORS[name] = original
        kept |= {json.dumps(sample): sample for sample in killers}
        survivors += [] if killers else [mutant.fault]
    for accepted in (True, False):
        some = [sample for sample in found if (sample.answer is not None) == accepted]
        kept |= {json.dumps(sample): sample for sample in some[: KEPT // 2]}
    return list(kept.values()), survivors


def main() -> None:
    """Record all operators, and say which mutants nothing kills."""
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    warnings.simplefilter("ignore")
    recorded = {}
    for name in OPERATORS:
        recorded[name], survivors = selected(name, candidates(name, CONFIGURATIONS[name]))
        accepted = sum(sample.answer is not None for sample in recorded[name])
        print(f"{name}: {len(recorded[name])} samples, {accepted} accepted", flush=True)
        for fault in survivors:
            print(f"    survives: {fault}")
    text = json.dumps({"torch": torch.__version__, "samples": recorded}, separators=(",", ":"))
    SAMPLES.parent.mkdir(exist_ok=True)
    SAMPLES.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
