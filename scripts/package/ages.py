"""How an age band is said: under 18, 13 to 24, 18 and older."""

from scripts.package.reading import Reading


def _ages_without_end(low: str, reason: str) -> str:
    if reason == "all_ages":
        return "all ages" if low in ("", "0") else f"{low} and older"
    words = reason.replace("_", " ")
    if low in ("", "0"):
        return f"upper age {words}" if low else words
    return f"from {low}, upper age {words}"


def age_words(one: Reading) -> str:
    """Say an age band as a reader would."""
    low, high = one.ages
    if not high:
        return _ages_without_end(low, one.age_max_reason)
    if low in ("", "0"):
        return f"under {int(high) + 1}"
    return low if low == high else f"{low} to {high}"
