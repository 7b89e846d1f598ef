"""The symbols of the laws, for SymPy sessions: `from symconv.symbols import W, F, S, P`.

W input size · O output size · F kernel size · S stride · P padding · D dilation · A output
padding · n the scaling factor · k, t the parameters of the upsampling family. All are integers;
P, A and t may be zero, the others are positive.
"""

from symconv.meanings.symbols import symbol

W, O, F, S, P, D, A = map(symbol, "WOFSPDA")  # noqa: E741  (the output size is O, as in the article)
n, k, t = map(symbol, "nkt")

__all__ = ["A", "D", "F", "O", "P", "S", "W", "k", "n", "t"]
