"""Which sizes a chain takes, keeps and makes, with a certificate; and torch at the edges."""

from itertools import islice

import symconv
from symconv.proving.certificate import check

encoder = "4 x Conv2d(kernel_size=4, stride=2, padding=1)"
decoder = "4 x ConvTranspose2d(kernel_size=4, stride=2, padding=1)"
audited = symconv.audit(f"{encoder} -> {decoder}", verify=True, timeout=60)
print(audited)
assert 100 in audited
assert 15 not in audited
assert audited.verified.failed == 0
assert all(check(certificate) for certificate in audited.certificates)

unchanged = audited.axes[0].same_size
print(f"unchanged: {unchanged}, such as {list(islice(unchanged, 3))}")
print(f"the next above 100: {unchanged.next_above(100)}")
assert unchanged.to_dict() == {"period": 16, "residues": [0], "start": 16, "also": []}

inputs = symconv.solve(f"{encoder} -> {decoder}", output=96)
print(f"{inputs} gives 96")
assert inputs.intervals == ((96, 111),)

even = symconv.solve("PixelUnshuffle(2) -> AdaptiveAvgPool2d(1)", output=1)
print(f"{even} give 1")
assert even.sizes.gaps_endless

unknown = symconv.audit("Upsample(scale_factor=2.3)")
print(unknown)
assert unknown.verdict == "unknown"
