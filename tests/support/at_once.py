"""Requests to every public function and command, asked by several threads at once.

`python at_once.py SEED ROUNDS` asks them in threads before anything is loaded, then one after the
other, and prints what differs; every round after the first asks some of them again, from caches
that are empty. It is a process of its own, so that a crash is an exit status.
"""

import contextlib
import gc
import io
import json
import random
import sys
import threading
import traceback

import symconv as sc

THREADS = 8
PATIENT = {"timeout": 60}
"""Eight threads on one core are slow, and an answer must not depend on that."""
UP = "ConvTranspose2d(kernel_size=?, stride=?, padding=?)"
STRIDED = "Conv2d(3, 64, kernel_size=7, stride=2, padding=3)"


def rule(factor):
    """When a transposed convolution multiplies every size, its solutions, and some of them."""
    from sympy import Eq

    from symconv.symbols import A, D, F, W

    equivalence = sc.forall(W, Eq(sc.law("conv_transpose").subs({D: 1, A: 0}), factor * W))
    family = sc.family(equivalence)
    settings = [sorted(map(str, s.items())) for s in family.where(F <= 8)]
    return repr(equivalence), repr(family), settings


def plain(answer):
    """What an answer says: its JSON if it has one, and how it is shown."""
    shown = answer.to_dict() if hasattr(answer, "to_dict") else None
    return timeless(json.loads(json.dumps([shown, repr(answer)])))


def timeless(answer):
    """An answer without the seconds that it took."""
    if isinstance(answer, dict):
        return {name: timeless(value) for name, value in answer.items() if name != "seconds"}
    return list(map(timeless, answer)) if isinstance(answer, list) else answer


REQUESTS = {
    "size": lambda: sc.size(f"{STRIDED} -> MaxPool2d(3, 2, 1)", 224),
    "size refused": lambda: sc.size("Conv2d(1, 6, 5) -> MaxPool2d(2) -> Conv2d(6, 16, 9)", 14),
    "receptive field": lambda: sc.receptive_field(f"{STRIDED} -> MaxPool2d(3, 2, 1)"),
    "derive": lambda: sc.derive("conv"),
    "derive a pool": lambda: sc.derive("max_pool"),
    "derive an identity": lambda: sc.derive("upsampling"),
    "derive a chain": lambda: sc.derive("Conv2d(kernel_size=3, stride=2) -> MaxPool2d(2)"),
    "law": lambda: sc.law("conv"),
    "law of a layer": lambda: sc.law(sc.Conv2d(kernel_size=3, stride=2, padding=1)),
    "forall and family": lambda: rule(2),
    "forall and another family": lambda: rule(3),
    "solve": lambda: sc.solve(UP, up=2, where=["kernel_size <= 8"], **PATIENT),
    "solve without end": lambda: sc.solve(
        "Conv1d(kernel_size=?, padding=?)", same=True, limit=5, **PATIENT
    ),
    "solve for one size": lambda: sc.solve(
        "ConvTranspose2d(kernel_size=16, stride=8, padding=?, output_padding=?)",
        input=(46, 62),
        output=(368, 489),
        **PATIENT,
    ),
    "solve in vain": lambda: sc.solve("ConvTranspose2d(kernel_size=3, stride=?, padding=?)", up=2),
    "solve by a formula": lambda: sc.solve(
        "Conv1d(kernel_size=1..4, stride=?, padding=?)",
        output="W//2 + 1",
        for_="W % 2 == 0",
        **PATIENT,
    ),
    "solve a chain": lambda: sc.solve(
        "2..3 x Conv2d(kernel_size={3, 4}, stride=1..3)", input=28, output=4, limit=3, **PATIENT
    ),
    "audit": lambda: sc.audit("MaxPool2d(2) -> PixelUnshuffle(2)"),
    "audit a mirror image": lambda: sc.audit(
        "2 x Conv2d(kernel_size=3, stride=2) -> 2 x ConvTranspose2d(kernel_size=3, stride=2)",
        z3=True,
        **PATIENT,
    ),
    "mirror": lambda: sc.mirror(f"{STRIDED} -> MaxPool2d(3, 2, 1)", for_="W % 4 == 0", **PATIENT),
    "mirror one size": lambda: sc.mirror("Conv1d(3, 8, 3, stride=2)", input=12, **PATIENT),
    "draw": lambda: sc.draw("ConvTranspose1d(kernel_size=4, stride=2, padding=1)", 4),
    "theorems": lambda: sc.theorems(),
    "prove": lambda: sc.prove("output_padding_of_round_trip", timeout=60),
    "prove a structural theorem": lambda: sc.prove("placements", timeout=60),
    "prove a claim": lambda: sc.prove(claim="x*x >= x", timeout=60),
    "refute a claim": lambda: sc.prove(given="W >= 1", claim="2*(W//2) == W", timeout=60),
    "a theorem": lambda: sc.prove(sc.Theorem(claim="a*b == b*a + 0*c"), timeout=60),
    "a wrong request": lambda: sc.size("Conv2d(kernel_sise=3)", 8),
    "all names": lambda: dir(sc),
}


COMMANDS = [
    ["size", f"{STRIDED} -> MaxPool2d(3, 2, 1)", "224"],
    ["size", "Conv2d(kernel_size=3)", "2", "--json"],
    ["derive", "conv", "W=6", "F=3", "S=2", "P=1"],
    ["derive", "conv", "--json"],
    ["solve", UP, "--up", "2", "--where", "kernel_size <= 8", "--emit", "torch", "--timeout", "60"],
    ["solve", UP, "--up", "2", "--json", "--timeout", "60"],
    ["audit", "MaxPool2d(2) -> PixelUnshuffle(2)", "--input", "W", "--timeout", "60"],
    ["mirror", "Conv1d(3, 8, 3, stride=2)", "--for", "W % 2 == 0", "--json", "--timeout", "60"],
    ["theorems"],
    ["prove", "upsampling", "--json", "--timeout", "60"],
    ["prove", "--claim", "x*x > x", "--timeout", "60"],
    ["draw", "Conv1d(1, 1, 3)", "4"],
    ["sizes"],
]


class EachItsOwn(io.TextIOBase):
    """An output stream that keeps what each thread writes apart."""

    def __init__(self):
        self.own = threading.local()

    def write(self, text):
        return self.own.text.write(text)


def command(words):
    """What a command prints on both streams, and its exit status."""
    from symconv.cli import main

    streams = sys.stdout, sys.stderr
    for stream in streams:
        stream.own.text = io.StringIO()
    status = main(words)
    printed, said = (stream.own.text.getvalue() for stream in streams)
    with contextlib.suppress(json.JSONDecodeError):
        printed = timeless(json.loads(printed))
    return [status, printed, said]


def asked(name):
    """What a request is answered with; an error that is meant for people is an answer, too."""
    try:
        return plain(REQUESTS[name]()) if name in REQUESTS else command(json.loads(name))
    except sc.SymconvError as error:
        return [type(error).__name__, str(error)]


NAMES = [*REQUESTS, *map(json.dumps, COMMANDS)]


def together(names, seed, threads=THREADS):
    """Ask the requests in several threads, in another order in each; return their answers."""
    answers, barrier = [{} for _ in range(threads)], threading.Barrier(threads)

    def work(number):
        mine = random.Random(f"{seed} {number}").sample(names, len(names))
        barrier.wait()
        for name in mine:
            try:
                answers[number][name] = asked(name)
            except BaseException:
                answers[number][name] = traceback.format_exc()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return answers


def short(answer):
    """An answer as it is reported: the end of a traceback, the beginning of anything else."""
    return f"\n  {answer[-600:] if isinstance(answer, str) else str(answer)[:600]}"


def drawn(rng):
    """Draw a request, make it known, and return its name."""
    name, ask = rng.choice((_solved, _audited, _proved))(rng)
    REQUESTS[name] = ask
    return name


def _solved(rng):
    from random_requests import random_case

    case = random_case(rng)
    options = {**case.options, "where": list(case.where), **PATIENT}

    def settled():
        """Solve it; which sentences a conflict needs, Z3 is asked for a second each, and may miss."""
        answer = sc.solve(case.layer, **options)
        return answer.verdict if answer.verdict == "infeasible" else answer

    return f"solve {case.layer} {options}", settled


def _audited(rng):
    from random_chains import random_chain

    chain = random_chain(rng, most=3)
    return f"audit {chain.text}", lambda: sc.audit(chain.whole, chain.shape, **PATIENT)


def _proved(rng):
    from random_statements import box, small_claim

    claim, given = small_claim(rng, ("x", "y")), box(("x", "y"), 4)
    return f"prove {claim}", lambda: sc.prove(given=given, claim=claim, timeout=60)


def patient():
    """Give proofs a minute where they are not told how long they may take."""
    from symconv.proving import z3prover

    z3prover.TIME_LIMIT = z3prover.prove.__kwdefaults__["seconds"] = 60


def forget():
    """Empty the caches of SymPy and of symconv."""
    from sympy.core.cache import clear_cache

    clear_cache()
    for module in [module for name, module in sys.modules.items() if name.startswith("symconv")]:
        for cached in vars(module).values():
            getattr(cached, "cache_clear", int)()


def main(seed, rounds=1):
    """Ask together, then one after the other, print what differs, and whose Z3 was used."""
    patient()
    rng = random.Random(seed)
    with contextlib.redirect_stdout(EachItsOwn()), contextlib.redirect_stderr(EachItsOwn()):
        sys.setswitchinterval(1e-5)
        gc.set_threshold(50)
        answers = together(NAMES, seed)
        for number in range(1, int(rounds)):
            forget()
            names = [*rng.sample(NAMES, 2), *(drawn(rng) for _ in range(4))]
            answers += together(names, f"{seed} {number}")
        sys.setswitchinterval(0.005)
        gc.set_threshold(700)
        names = dict.fromkeys(name for own in answers for name in own)
        alone = {name: asked(name) for name in names}
    differing = [
        f"{name}, thread {number % THREADS}{short(answer)}{short(alone[name])}"
        for number, own in enumerate(answers)
        for name, answer in own.items()
        if answer != alone[name]
    ]
    print(*differing, f"{len(differing)} of {sum(map(len, answers))} answers differ", sep="\n")
    import z3

    shared = z3.z3._main_ctx is not None
    print(f"the context that all of Z3 shares was {'' if shared else 'not '}used")
    return int(bool(differing or shared))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
