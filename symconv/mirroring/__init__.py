"""Decoders for encoders: each layer undone by one that gives its input's size back."""
