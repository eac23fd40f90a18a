"""Releases: the files that readers download. One commit gives the same bytes on every machine."""
