"""Questions and answers: what sizes should do, what is said of it, and what torch says."""
