"""How long a command takes to start, next to Python itself."""

import subprocess
import sys
from time import perf_counter

COMMANDS = {
    "python": ["-c", "pass"],
    "symconv --help": ["-m", "symconv", "--help"],
    "symconv size": ["-m", "symconv", "size", "Conv2d(3, 64, kernel_size=7, stride=2)", "224"],
}


def fastest(arguments: list[str]) -> float:
    times = []
    for _ in range(15):
        start = perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        times.append(perf_counter() - start)
    return min(times)


bare = fastest(COMMANDS["python"])
for what, arguments in COMMANDS.items():
    print(f"{what}: {fastest(arguments) / bare:.1f} times bare Python")
