"""From how many people on a count in one city points at nobody: the one place where the number stands."""

ENOUGH_PEOPLE = 11
