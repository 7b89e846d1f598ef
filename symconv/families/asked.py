"""What the settings of a family do, so that torch can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer
from symconv.meanings.integers import INTEGERS, PLAIN
from symconv.meanings.notation import text
from symconv.terms import Term, interpret
from symconv.vocabulary import DEFAULTS, VOCABULARY, torch_name
from symconv.witness import Witness

INPUTS = (1, 2, 3, 5, 8)
"""The sizes that a setting is run on."""
TRIED = range(1, 200)
"""The sizes of which one at least must be taken."""


class Asked(NamedTuple):
    """What the settings of a family do, so that torch can be asked.

    Attributes:
        operator: the law that they are for.
        argument: the size that enters, in `W`.
        settings: the letters for which the relation has numbers, with these.
        letters: the letters of the law.
        relation: what holds of `W` and the size `O` that comes out, in letters and parameters.
        takes: that a layer takes what enters.
    """

    operator: str
    argument: Term
    settings: Mapping[str, Term]
    letters: frozenset[str]
    relation: Term
    takes: Term

    def layer(self, setting: Mapping[str, int]) -> Layer:
        """Return the layer of a setting.

        Raises:
            RequestError: no layer of one axis follows the law with these letters.
        """
        numbers = {
            letter: interpret(term, INTEGERS, self._values(setting, {}))
            for letter, term in self.settings.items()
        }
        names: dict[str, Any] = {
            torch_name(letter): value
            for letter, value in {**self._values(setting, {}), **numbers}.items()
            if letter in self.letters
        }
        if "ceil_mode" in names:
            names["ceil_mode"] = bool(names["ceil_mode"])
        layer = layer_following(self.operator, names)
        if layer is None:
            raise RequestError(
                "a law that some layer of one axis follows",
                f"{self.operator}, {names}",
                "Such a layer is not known, or has parameters that the law does not tell.",
            )
        return layer

    def _values(self, setting: Mapping[str, int], point: Mapping[str, int]) -> dict[str, int]:
        """Return a number for each letter: of what the settings do not depend on, the plainest."""
        free = {
            letter: DEFAULTS.get(letter, VOCABULARY[letter].least or 0)
            for letter in self.letters
            if letter in VOCABULARY
        }
        return {**free, **point, **setting}

    def against(
        self, witness: Witness, setting: Mapping[str, int], point: Mapping[str, int]
    ) -> str:
        """Return what torch says against a setting; nothing where it agrees on all sizes.

        Args:
            witness: runs the layer.
            setting: a number for each letter.
            point: a number for each parameter.
        """
        values = self._values(setting, point)
        if not any(PLAIN.evaluate(self.takes, {**values, "W": size}) for size in TRIED):
            return "no layer takes any size with it"
        entering = [PLAIN.evaluate(self.argument, {**values, "W": size}) for size in INPUTS]
        answers = witness.each(self.layer(setting), [(size,) for size in entering])
        for size, answer in zip(INPUTS, answers, strict=True):
            there = {**values, "W": size}
            if isinstance(answer, str):
                if PLAIN.evaluate(self.takes, there):
                    return f"{size} gives {answer}, not {text(self.relation)}"
            elif not PLAIN.evaluate(self.relation, {**there, "O": answer[0]}):
                return f"{size} gives {answer[0]}, not {text(self.relation)}"
        return ""


def layer_following(operator: str, names: Mapping[str, int]) -> Layer | None:
    """Return the layer of one axis with these parameters whose sizes follow a law, if any has."""
    for name in LAYERS:
        kind = LAYERS[name]
        if kind.axes == 1:
            with suppress(RequestError):
                layer = kind(**names)
                if [row.operator.name for row in layer.rows(1)] == [operator]:
                    return layer
    return None
