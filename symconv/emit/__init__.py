"""Answers as code to paste."""
