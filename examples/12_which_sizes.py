"""Which sizes a chain takes, keeps and makes, with a certificate; and torch at the edges."""

from itertools import islice

import symconv
from symconv.proving.certificate import check

encoder = "4 x Conv2d(kernel_size=4, stride=2, padding=1)"
decoder = "4 x ConvTranspose2d(kernel_size=4, stride=2, padding=1)"
found = symconv.audit(f"{encoder} -> {decoder}", verify=True)
print(found)
assert 100 in found
assert 15 not in found
assert found.verified.failed == 0
assert all(check(certificate) for certificate in found.certificates)

kept = found.axes[0].same_size
print(f"unchanged: {kept}, such as {list(islice(kept, 3))}")
print(f"the next above 100: {kept.next_above(100)}")
assert kept.to_dict() == {"period": 16, "residues": [0], "start": 16, "also": []}

inputs = symconv.solve(f"{encoder} -> {decoder}", output=96)
print(f"{inputs} gives 96")
assert inputs.intervals == ((96, 111),)

even = symconv.solve("PixelUnshuffle(2) -> AdaptiveAvgPool2d(1)", output=1)
print(f"{even} give 1")
assert even.sizes.gaps_endless

unknown = symconv.audit("Upsample(scale_factor=2.3)")
print(unknown)
assert unknown.verdict == "unknown"
