"""The commands: what each does, and two examples, which open its help and are run by a test."""

from __future__ import annotations

from typing import NamedTuple

from symconv.cli.answers import NO, YES


class Example(NamedTuple):
    """A command as somebody types it, and the exit status that it comes to."""

    line: str
    status: int = YES


class Command(NamedTuple):
    """What a command does, in half a sentence, and how it is used."""

    says: str
    examples: tuple[Example, ...]


COMMANDS = {
    "size": Command(
        "the size after each layer, or why a layer refuses",
        (
            Example(
                'symconv size "Conv2d(3, 64, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)" 224'
            ),
            Example('symconv size "Conv2d(3, 8, 3) -> MaxPool2d(2)" --receptive'),
        ),
    ),
    "solve": Command(
        "every setting of layers that does to sizes what you ask, or why there is none",
        (
            Example('symconv solve "ConvTranspose2d(kernel_size=?, stride=?, padding=?)" --up 2'),
            Example(
                'symconv solve "Conv2d(3, 8, 3, stride=?, padding=?)" --input 224 --output 112'
            ),
        ),
    ),
    "audit": Command(
        "which sizes layers or a torch model take, keep and make, all of them, with a proof",
        (
            Example('symconv audit "MaxPool2d(2) -> PixelUnshuffle(2)"'),
            Example('symconv audit "Conv2d(3, 8, 3, stride=2) -> MaxPool2d(2)" --input 3,H,32'),
        ),
    ),
    "mirror": Command(
        "a decoder that gives back every size that an encoder takes",
        (
            Example('symconv mirror "Conv2d(3, 8, 3, stride=2)" --for "W % 2 == 1"'),
            Example('symconv mirror "Conv2d(3, 8, 4, 2) -> MaxPool2d(2)" --input 224 --emit torch'),
        ),
    ),
    "derive": Command(
        "a size law, or the output size of layers, derived step by step",
        (
            Example("symconv derive conv W=6 F=3 S=2 P=1"),
            Example('symconv derive "Conv2d(3, 8, 3, stride=2) -> MaxPool2d(2)" --output 7'),
        ),
    ),
    "prove": Command(
        "a theorem of the book, or a statement of your own: proved or refuted",
        (
            Example("symconv prove upsampling"),
            Example('symconv prove --given "W >= 1" --claim "2*(W//2) == W"', NO),
        ),
    ),
    "theorems": Command(
        "the theorems of the book, and what each says",
        (
            Example("symconv theorems"),
            Example("symconv theorems --chapter upsampling"),
        ),
    ),
    "draw": Command(
        "a picture of a layer's windows, as SVG",
        (
            Example('symconv draw "Conv1d(1, 1, 3, stride=2)" 7 -o windows.svg'),
            Example('symconv draw "ConvTranspose1d(1, 1, 4, 2)" 4 --view paint -o paint.svg'),
        ),
    ),
    "explore": Command(
        "a page to play with layers, in a browser",
        (
            Example("symconv explore -o explore.html"),
            Example('symconv explore "ConvTranspose2d(3, 8, 4, 2, 1)" 8 --language zh -o up.html'),
        ),
    ),
    "completion": Command(
        "what makes the TAB key of your shell know commands, options, names and layers",
        (
            Example("symconv completion bash"),
            Example("symconv completion fish"),
        ),
    ),
}
"""The commands in the order of their listing; the options of each are in the module of its name."""

OPENING = 3
"""With the first example of so many commands the help of `symconv` itself opens."""
