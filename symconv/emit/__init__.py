"""Answers as code to paste."""

from symconv.emit.torch_code import code_of, torch_code

__all__ = ["code_of", "torch_code"]
