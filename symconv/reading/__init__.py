"""Text into values: layers as torch prints them, constraints as Python writes them.

Text is read by a tokenizer and two small parsers of our own; nothing is ever evaluated as code.
"""
