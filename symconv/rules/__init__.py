"""Rules: for which letters a relation holds for all sizes, and all of them in closed form."""
