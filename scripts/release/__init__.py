"""Releases: the files that readers download, the same to the byte on any machine for one commit."""
