"""Laws and families derived with SymPy, step by step, each step checked."""
