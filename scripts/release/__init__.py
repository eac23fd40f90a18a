"""A release: what readers download, the same bytes on any machine for the same commit."""
