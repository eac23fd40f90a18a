"""Check, derive and publish the data package. Start with `python -m scripts --help`."""
