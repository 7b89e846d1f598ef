"""Pictures of layers, as SVG: windows over their input, paint on an output, and matrices.

`draw` makes a `Picture`. The sizes in it are those that `symconv.size` answers with; cells are
drawn by their indices.
"""
