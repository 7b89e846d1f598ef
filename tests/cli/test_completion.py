"""The TAB key: what may stand at the cursor, and that three shells write it there."""

import json
import shutil
import subprocess
import sys

import pytest

from shelves import put_back
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.cli import main
from symconv.cli.commands import COMMANDS
from symconv.cli.completing import Line, candidates
from symconv.cli.offers import FILES, OFFERS, PERHAPS_FILES
from symconv.cli.parsing import command_parser
from symconv.cli.shells import SHELLS, script
from symconv.layers import ENDINGS, LAYERS
from symconv.operators import OPERATORS
from toy_windows import ToyConv1d, registered, toy

LAYER_NAMES = [f"{name}(" for name in (*LAYERS, *ENDINGS)]


def offered(text):
    """The words that are offered at the end of a line."""
    return [candidate.text for candidate in candidates(Line.of(f"symconv {text}")) or ()]


def test_commands_and_their_options_are_offered():
    assert offered("") == offered("help ") == [*COMMANDS]
    assert offered("so") == ["solve"]
    assert offered("--v") == ["--version"]
    assert offered("size --re") == ["--receptive"]
    assert {"--up", "--where", "--json"} <= {*offered("solve x --")}
    assert offered("sizs ") == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_offered(name, capsys):
    with pytest.raises(SystemExit):
        main([name, "--help"])
    page = capsys.readouterr().out
    options = offered(f"{name} --")
    assert [option for option in options if option not in page] == []
    assert {"--help", "--json", "--timeout"} <= {*options}


def kinds():
    """What arguments and values are called in the help of all commands."""
    return {action.metavar for name in COMMANDS for action in command_parser(name).arguments}


def test_whatever_is_offered_has_an_argument_in_which_it_may_stand():
    assert {*OFFERS, *FILES, *PERHAPS_FILES} - kinds() == set()


NAMES = {
    'size "': LAYER_NAMES,
    'size "ReLU() -> ': [f"ReLU() -> {name}" for name in LAYER_NAMES],
    'solve "2..3 x ': [f"2..3 x {name}" for name in LAYER_NAMES],
    'solve "ReLU() | ': [f"ReLU() | {name}" for name in LAYER_NAMES],
    'mirror "nn.Flat': ["nn.Flatten("],
    'audit "Sequential(ReLU(), Flat': ["Sequential(ReLU(), Flatten("],
    "size maxp": ["MaxPool1d(", "MaxPool2d(", "MaxPool3d("],
    'size "Conv2d(ker': ["Conv2d(kernel_size="],
    'size "Conv2d(3, 8, ': [
        f"Conv2d(3, 8, {name}=" for name in [*LAYERS["Conv2d"].parameters][2:]
    ],
    'size "Conv2d(kernel_size=3, pad': [
        "Conv2d(kernel_size=3, padding=", "Conv2d(kernel_size=3, padding_mode="],
    'size "Conv2d(kernel_size=(3, 5), kern': [],
    'size "Conv2d(kernel_size=(3, ': [],
    'size "ConvTranspose2d(8, 3, 2, output_p': ["ConvTranspose2d(8, 3, 2, output_padding="],
    'size "ReLU() -> MaxPool2d(2, ceil': ["ReLU() -> MaxPool2d(2, ceil_mode="],
    'size "MaxPool2d(2, ceil_mode=T': ["MaxPool2d(2, ceil_mode=True"],
    "size \"Conv2d(3, 8, 3, padding='sa": ["Conv2d(3, 8, 3, padding='same'"],
    'size "Conv2d(3, 8, 3, padding_mode=re': [
        "Conv2d(3, 8, 3, padding_mode=reflect", "Conv2d(3, 8, 3, padding_mode=replicate"],
    'size "Xyzzy(': [],
    'size "Conv2d(3, 8, 3) $ ': [],
    'size "ReLU()" ': [],
    "derive max_p": ["max_pool"],
    "derive ups": ["upsampling", "upsample", "upsample_area", "Upsample(", "UpsamplingNearest2d(",
                   "UpsamplingBilinear2d("],
    "derive upsampling n=2 S": ["S="],
    "derive upsampling n=2 n": [],
    "derive conv ker": ["kernel_size="],
    "derive conv in": ["in_channels=", "input="],
    "derive conv s": ["S=", "stride="],
    "derive conv kernel_size=3 F": [],
    "derive conv F=3 ker": [],
    "prove upsampling ker": [],
    "prove family": ["family_even", "family_odd", "family_any"],
    "prove nested_floor W=6 ": ["b=", "d=", "a=", "c="],
    "prove receptive_field F": ["F1="],
    "prove xyzzy W": [],
    "prove upsampling --language ": ["en", "zh"],
    "theorems --chapter c": ["counting", "composition"],
    "theorems --chapter=c": ["--chapter=counting", "--chapter=composition"],
    "draw 'Conv1d(1, 1, 3)' 7 --view tr": ["transposed matrix"],
    "solve x --emit ": ["torch"],
    "solve x --where ": [],
    "solve x --up 2 --same ": [],
    "completion ": [*SHELLS],
}  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_what_may_come_next_is_offered(text):
    assert sorted(offered(text)) == sorted(NAMES[text])


def test_names_are_asked_of_the_registries():
    assert {*OPERATORS} <= {*offered("derive ")}
    assert offered("prove ") == [*THEOREMS]
    assert offered("theorems --chapter ") == [chapter.name for chapter in CHAPTERS]
    entry = CHAPTERS[0].statements[0]
    with registered(toy, ToyConv1d), put_back():
        CHAPTERS[0].statements.append(type(entry)(name="toy_rule", claim=entry.claim))
        assert "toy" in offered("derive toy")
        assert offered("prove toy") == ["toy_rule"]
        assert offered('size "ToyConv1d(sk') == ["ToyConv1d(skip="]
        assert "skip=" in offered("derive toy W=3 ")
    assert offered("derive toy") == []


@pytest.mark.parametrize(
    "text", ["audit mod", "draw 'Conv1d(1, 1, 3)' 7 -o ", "prove --coq fol", "prove --coq=fol"]
)
def test_where_a_file_may_stand_the_shell_is_told_so(text, capsys):
    assert candidates(Line.of(f"symconv {text}")) is None
    assert main(["completion", "bash", f"--line=symconv {text}"]) == 1
    assert capsys.readouterr().out == ""


LINES = [
    "", "  ", '"', "'", "\\", "size \"Conv2d('", "size 'a\"b", "size \x00", "size " + "(" * 5000,
    'size "' + "ReLU() -> " * 2000, "prove =", "derive = ", "theorems --chapter --chapter=", "-- ",
    'size "Conv2d(' + "x" * 200_000, "size --=", "help help ", "size - ", "derive W=3 W",
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(LINES)))
@pytest.mark.parametrize("shell", SHELLS)
def test_no_line_is_too_strange(shell, place, capsys):
    assert main(["completion", shell, f"--line=symconv {LINES[place]}"]) in (0, 1)
    assert capsys.readouterr().err == ""


def test_the_same_is_told_as_json(capsys):
    assert main(["completion", "zsh", "--line=symconv theorems --chapter=cou", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (chapter,) = document["candidates"]
    assert (chapter["text"], chapter["goes_on"]) == ("--chapter=counting", False)
    assert chapter["says"] == CHAPTERS[0].says
    assert main(["completion", "zsh", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["script"] == script("zsh")


def test_every_shell_has_its_script(capsys):
    for shell in SHELLS:
        assert main(["completion", shell]) == 0
        assert capsys.readouterr().out == script(shell)
        assert "symconv completion" in script(shell).splitlines()[0]


def test_nothing_heavy_is_loaded_for_a_candidate():
    heavy = {"sympy", "z3", "numpy", "rich", "torch"}
    for line in ('size "Conv2d(', "derive conv", "prove ups", "prove upsampling W"):
        code = (
            "import sys; from symconv.cli import main; "
            f"main(['completion', 'fish', {f'--line=symconv {line}'!r}]); "
            f"print('loaded', *{heavy} & {{*sys.modules}})"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=600
        )
        assert done.stdout.splitlines()[-1] == "loaded"
        assert len(done.stdout.splitlines()) > 1


def needs(shell):
    """Whether a shell is installed here, as a mark; `.ci/run` installs all of them."""
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


EVERY_SHELL = [pytest.param(shell, marks=needs(shell)) for shell in SHELLS]
WRITTEN = {
    "a command": ("symconv der\t", "symconv derive "),
    "an option": ("symconv size --rec\t", "symconv size --receptive "),
    "a chapter": ("symconv theorems --chapter=cou\t", "symconv theorems --chapter=counting "),
    "an operator": ("symconv derive max_po\t", "symconv derive max_pool "),
    "a theorem": ("symconv prove nested_fl\t", "symconv prove nested_floor "),
    "a number": ("symconv prove nested_floor W\t6", "symconv prove nested_floor W=6"),
    "torch's name": ("symconv derive conv ker\t3", "symconv derive conv kernel_size=3"),
    "a layer": ('symconv size "Unf\t1)', 'symconv size "Unfold(1)'),
    "a layer without quotes": ("symconv size Unf\t", r"symconv size Unfold\("),
    "a parameter": ('symconv size "Conv2d(ker\t3)', 'symconv size "Conv2d(kernel_size=3)'),
    "a parameter behind blanks": (
        'symconv size "Conv2d(3, 8, ker\t3)', 'symconv size "Conv2d(3, 8, kernel_size=3)'),
    "a parameter of a chain": (
        "symconv size 'ReLU() -> MaxPool2d(2, str\t1", "symconv size 'ReLU() -> MaxPool2d(2, stride=1"),
    "a word of a parameter": (
        'symconv size "Conv2d(3, 8, 3, padding_mode=refl\t)',
        'symconv size "Conv2d(3, 8, 3, padding_mode=reflect)'),
    "a view": ("symconv draw x 7 --view tra\t", r"symconv draw x 7 --view transposed\ matrix "),
    "what several begin with": ('symconv size "AvgP\t', 'symconv size "AvgPool'),
    "a file": ("symconv audit begin\t", "symconv audit beginning "),
    "another command before": ("cd . ; symconv der\t", "cd . ; symconv derive "),
}  # fmt: skip
"""What somebody types, with TAB, and what then stands there, in every shell alike."""


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("shell", EVERY_SHELL)
def test_the_tab_key_writes_what_is_meant(shell, name, tmp_path):
    shell_lines = pytest.importorskip("shell_lines", reason="there are no such terminals here")
    text, expected = WRITTEN[name]
    assert shell_lines.typed(shell, text, tmp_path) == expected


@needs("bash")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("symconv derive conv W\t\t6", "symconv derive conv W=6"),
        ("symconv derive conv in_ch\t\t3", "symconv derive conv in_channels=3"),
        ("symconv prove upsampling F\t\t3", "symconv prove upsampling F=3"),
        ('symconv size "Conv2d(stride=1, ker\t\t3', 'symconv size "Conv2d(stride=1, kernel_size=3'),
    ],
)
def test_bash_adds_nothing_to_what_waits_for_a_value(text, line, tmp_path):
    shell_lines = pytest.importorskip("shell_lines", reason="there are no such terminals here")
    assert shell_lines.typed("bash", text, tmp_path) == line


@needs("zsh")
@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("symconv completion \t", "bash  zsh   fish"),
        ("symconv prove upsampling --language \t", "en  zh"),
    ],
)
def test_zsh_lists_words_in_their_order_and_no_empty_meanings(text, listing, tmp_path):
    shell_lines = pytest.importorskip("shell_lines", reason="there are no such terminals here")
    shown = shell_lines.shown("zsh", text, tmp_path)
    assert listing in shown.splitlines()
    assert "--" not in shown.replace("--language", "")


BASH = """
eval "$(symconv completion bash)"
COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=(symconv "$2") COMP_CWORD=1
_symconv symconv "$2" symconv
printf '%s\\n' "${COMPREPLY[@]}"
"""


@needs("bash")
@pytest.mark.parametrize(
    ("line", "word", "reply"),
    [
        ('symconv size "Conv2d(pad', "Conv2d(pad", ["Conv2d(padding=", "Conv2d(padding_mode="]),
        ("symconv theorems --chapter=co", "co", ["counting", "composition"]),
        (r"symconv size Unf", "Unf", [r"Unfold\(", r"Unfold\(…"]),
        ("symconv --", "--", ["--help", "--version"]),
        ("symconv completion ", "", [*SHELLS]),
    ],
)
def test_bash_is_told_the_rest_of_a_word(line, word, reply, tmp_path):
    shell_lines = pytest.importorskip("shell_lines", reason="there are no such terminals here")
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", BASH, "bash", line, word],
        env=shell_lines.with_symconv(tmp_path),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.stdout.splitlines() == reply, done.stderr


@needs("fish")
def test_fish_shows_what_a_candidate_means(tmp_path):
    shell_lines = pytest.importorskip("shell_lines", reason="there are no such terminals here")
    line = "symconv completion fish | source; complete -C 'symconv theorems --chapter co'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", line],
        env=shell_lines.with_symconv(tmp_path),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.stdout.splitlines() == [
        f"{chapter.name}\t{chapter.says}"
        for chapter in sorted(CHAPTERS, key=lambda chapter: chapter.name)
        if chapter.name.startswith("co")
    ]
