"""What the words of the language mean, one table a library.

`integers` is the reference: every other meaning is tested against it, word by word and law by law.
"""
