"""symconv: a symbolic constraint solver for the sizes of convolutional layers."""

__version__ = "0.1.0"
from symconv.sizing import size
