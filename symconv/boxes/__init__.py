"""Boxes of settings, enumerated and counted by elimination."""
