"""Answers as code to paste."""

from symconv.emit.torch_code import torch_code

__all__ = ["torch_code"]
