"""A release: the files that readers download, the same bytes on any machine for the same commit."""
