"""Arguments in page templates; a wrong one is reported to the page's author in plain words."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any


def with_parameters(called: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a call that lacks a parameter, or has one that the function does not accept."""
    expected = signature(function)

    @wraps(function)
    def checked(*given: Any, **named: Any) -> Any:
        try:
            expected.bind(*given, **named)
        except TypeError as error:
            takes = ", ".join(map(_told, expected.parameters.values())) or "nothing"
            raise ValueError(f"{called}: {error}. It takes {takes}.") from error
        return function(*given, **named)

    return checked


def _told(parameter: Parameter) -> str:
    """Return the name of a parameter, and whether a page may leave it out."""
    needed = parameter.default is Parameter.empty and parameter.kind is not Parameter.VAR_POSITIONAL
    return parameter.name if needed else f"{parameter.name} (may be left out)"
