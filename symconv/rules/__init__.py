"""Rules: for which letters a relation holds for all sizes, decided and proved."""
