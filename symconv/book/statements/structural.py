"""Structural statements: what the language of laws cannot say, a closed list.

They speak of chains of any length, of all taps of a kernel, of sums. Coq proves them by hand over
the generated definitions of the laws (`symconv/book/coq/files`); here they are stated in words and
mathematics. Samples are run on torch (`symconv.book.structures`, `symconv.book.values`), and a
person has compared the words with the lemma. Z3 has no say.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Because:
    """A step of the argument for a structural statement.

    Attributes:
        says: why, in a sentence, as a teacher would say it.
        zh: the same in Chinese.
        formula: what holds, in LaTeX.
        lemma: the lemma of the Coq file that is this step, if one is.
    """

    says: str
    zh: str = ""
    formula: str = ""
    lemma: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Structural:
    """One structural statement.

    Attributes:
        name: what it is called.
        chapter: to which chapter it belongs.
        says: what it says, in a sentence.
        zh: the same in Chinese.
        argument: why it holds, step by step.
        given: the hypotheses, in words.
        statement: the same as mathematics, in LaTeX.
        file: the Coq file that proves it.
        lemmas: the lemmas there that are it.
        uses: the names of theorems that belong to it.
        cites: where it is stated elsewhere.
    """

    name: str
    chapter: str
    says: str
    statement: str
    given: str
    file: str
    lemmas: tuple[str, ...]
    uses: tuple[str, ...] = ()
    cites: str = ""
    zh: str = ""
    argument: tuple[Because, ...] = ()
    expected: str = "proved"

    def __repr__(self) -> str:
        """Say what the statement is called, and what it says."""
        return f"{self.name}: {self.says}"


STRUCTURAL: list[Structural] = [
    Structural(
        name="placements",
        chapter="counting",
        says="From first principles: a placement is legal when each of its taps lies in the "
        "padded input; the legal ones are 0, ..., conv(W) - 1, and none where no window fits.",
        statement=r"\#\{\, j \ge 0 : \forall d \in [0, F):\; 0 \le j S + d D < W + 2P \,\} "
        r"= \max(0, \operatorname{conv}(W))",
        given="F, S and D are at least 1",
        file="Placements.v",
        lemmas=("placements_counted", "conv_counts_placements", "no_placement_of_unfit"),
        uses=("size_ge_iff_window_fits",),
        cites="Dumoulin & Visin 2016, section 2.4",
    ),
    Structural(
        name="scattered_span",
        chapter="duality",
        says="From first principles: the cells that the taps of a transposed layer are scattered "
        "over span (W - 1)S + E cells, its size without padding.",
        statement=r"\max Y - \min Y + 1 = \operatorname{conv}^{\mathsf T}_{P=0,\,A=0}(W), \quad "
        r"Y = \{\, x S + d D : 0 \le x < W,\; 0 \le d < F \,\}",
        given="W, F, S and D are at least 1",
        file="Placements.v",
        lemmas=("conv_transpose_spans_scattered", "span_of_scattered"),
        uses=("emulation_of_conv_transpose",),
    ),
    Structural(
        name="matrix_transpose",
        chapter="duality",
        says="A convolution is a matrix C times its input, and the transposed layer, run by "
        "scattering, is the transpose of C, for any weights.",
        statement=r"y = C x, \qquad \operatorname{scatter}(y) = C^{\mathsf T} y, \qquad "
        r"C_{o,\,oS + dD - P} = w_d",
        given="for any integers, weights and inputs",
        file="Matrix.v",
        lemmas=("conv_is_matrix", "scattered_is_transpose", "layers_adjoint"),
        cites="Dumoulin & Visin 2016, section 4.1",
    ),
    Structural(
        name="matrix_of_stretched",
        chapter="duality",
        says="The values, too: scattering is the convolution of the stretched input with the "
        "flipped kernel, stride 1 and padding E - 1 - P.",
        statement=r"C^{\mathsf T} y = \operatorname{conv}_{S=1,\, P=E-1-P}"
        r"\left(\text{flipped } w,\ \text{stretched } y\right)",
        given="S is at least 1",
        file="Matrix.v",
        lemmas=("scattered_is_conv_of_stretched",),
        uses=("emulation_of_dilated_conv_transpose",),
        cites="Dumoulin & Visin 2016, section 4.6",
    ),
    Structural(
        name="matrix_not_inverse",
        chapter="duality",
        says="The transposed layer gives the size back, not the values: C transposed times C is "
        "not the identity.",
        statement=r"\exists\, w, x:\; C^{\mathsf T} C x \ne x",
        given="",
        file="Matrix.v",
        lemmas=("transpose_is_not_inverse",),
        uses=("matrix_transpose",),
    ),
    Structural(
        name="uniform_overlap",
        chapter="upsampling",
        says="No checkerboard: away from the border every output gets the same number of "
        "contributions just when S divides F and gcd(S, D) = 1.",
        statement=r"\left(\forall\, y, y':\; \#\{ d : S \mid y - dD \} = \#\{ d : S \mid y' - dD "
        r"\}\right) \iff S \mid F \;\land\; \gcd(S, D) = 1",
        given="F, S and D are at least 1; d runs over 0, ..., F - 1",
        file="Overlap.v",
        lemmas=("uniform_overlap_iff", "uniform_iff", "contributions_inside"),
        cites="Odena, Dumoulin & Olah 2016, Deconvolution and checkerboard artifacts",
    ),
    Structural(
        name="chain_one_floor",
        chapter="composition",
        says="A chain of convolutions of any length is one floor, and in the words of the "
        "receptive field it is one convolution.",
        statement=r"\operatorname{chain}(W) = \left\lfloor \frac{W + A}{B} \right\rfloor "
        r"= \left\lfloor \frac{W + 2 P_0 - r_0}{S_0} \right\rfloor + 1",
        given="every stride is at least 1",
        file="Chains.v",
        lemmas=(
            "chain_is_one_floor",
            "chain_is_one_floor_of_field",
            "factor_of_append",
            "offset_of_append",
        ),
        uses=("nested_floor",),
    ),
    Structural(
        name="chain_fits",
        chapter="composition",
        says="Every window of a chain fits just when W is at least the greatest B - A of its "
        "beginnings.",
        statement=r"\text{every layer fits } W \iff W \ge \max_i \, (B_i - A_i)",
        given="every stride is at least 1, and W is",
        file="Chains.v",
        lemmas=("fits_iff_beginnings_fit", "fits_iff_least", "least_is_greatest"),
        uses=("chain_one_floor",),
    ),
    Structural(
        name="chain_inverse",
        chapter="composition",
        says="The inputs of an output of a chain are one interval of B sizes.",
        statement=r"\operatorname{chain}(W) = y \iff B y - A \le W \le B y - A + B - 1",
        given="every stride is at least 1",
        file="Chains.v",
        lemmas=("inverse_of_chain",),
        uses=("chain_one_floor",),
    ),
    Structural(
        name="receptive_field",
        chapter="composition",
        says="On a line without ends, away from the border, output o of a chain reads from "
        "-P0 + o S0 to -P0 + o S0 + r0 - 1: both ends, and nothing outside.",
        statement=r"\min X_o = -P_0 + o S_0, \qquad \max X_o = -P_0 + o S_0 + r_0 - 1",
        given="every F, S and D is at least 1; cells are counted on a line without ends",
        file="ReceptiveField.v",
        lemmas=("region_of_chain", "field_of_chain", "centre_of_chain", "centre_of_same_chain"),
        uses=("chain_one_floor",),
        cites="Araujo, Norris & Sim 2019, Computing Receptive Fields of CNNs",
    ),
    Structural(
        name="alignment",
        chapter="composition",
        says="Two branches have the same centres just when their strides are equal and their "
        "r0 - 2 P0 are; then the wider one's region is the region of both.",
        statement=r"\left(\forall o:\; c_o = c'_o\right) \iff S_0 = S'_0 \;\land\; "
        r"r_0 - 2 P_0 = r'_0 - 2 P'_0",
        given="any two chains; for the regions, every F, S and D is at least 1",
        file="ReceptiveField.v",
        lemmas=("aligned_iff", "region_of_aligned"),
        uses=("receptive_field",),
        cites="Araujo, Norris & Sim 2019, Computing Receptive Fields of CNNs",
    ),
    Structural(
        name="same_size_decoder",
        chapter="composition",
        says="A U-Net of L levels with factor n and blocks that keep the size takes W, and gives "
        "it back, just when n to the L divides W: for all L and n.",
        statement=r"\text{the U-Net accepts } W \iff W \ge 1 \;\land\; n^L \mid W",
        given="n is at least 1, and every block keeps the size",
        file="Levels.v",
        lemmas=("unet_accepts_iff", "unet_keeps_accepted", "same_conv_keeps"),
        uses=("level_restores_iff_divides", "round_trip_of_level"),
    ),
]
