"""Check the arguments in page templates, and tell the page's author in plain words if one is wrong."""

from collections.abc import Callable, Collection, Iterator
from functools import wraps
from inspect import BoundArguments, Parameter, Signature, signature
from typing import Any, get_args

from scripts.package.featured_roles import TABLE, Role
from scripts.package.package import Package
from scripts.package.unknown_value_errors import raise_if_unknown_value


def with_arguments_checked(
    called: str, function: Callable[..., Any], package: Package
) -> Callable[..., Any]:
    """Make a function raise ValueError if an argument is missing, unexpected or unknown to the data."""
    expected = signature(function)

    @wraps(function)
    def call_with_checked_arguments(*given: Any, **named: Any) -> Any:
        try:
            bound = expected.bind(*given, **named)
        except TypeError as error:
            takes = ", ".join(map(_parameter_in_words, expected.parameters.values())) or "nothing"
            raise ValueError(f"{called}: {error}. It takes {takes}.") from error
        for name, value, known in _values_to_check(package, expected, bound):
            raise_if_unknown_value(f"{called}: {name}", value, known)
        return function(*given, **named)

    return call_with_checked_arguments


def _parameter_in_words(parameter: Parameter) -> str:
    """The name of a parameter, and whether a page may leave it out."""
    needed = parameter.default is Parameter.empty and parameter.kind is not Parameter.VAR_POSITIONAL
    return parameter.name if needed else f"{parameter.name} (may be left out)"


def _values_to_check(
    package: Package, expected: Signature, bound: BoundArguments
) -> Iterator[tuple[str, str, Collection[str]]]:
    """Yield each text that a page passes, with the name of its parameter and the values known for it."""
    for name, passed in bound.arguments.items():
        parameter = expected.parameters[name]
        if parameter.kind is not Parameter.VAR_KEYWORD:
            known = allowed_values_of_parameter(package, parameter)
            values = passed if parameter.kind is Parameter.VAR_POSITIONAL else [passed]
            yield from ((name, value, known) for value in values if isinstance(value, str) and value)


def allowed_values_of_parameter(package: Package, parameter: Parameter) -> Collection[str]:
    """The values that a page may pass for a parameter: roles, or codes or keys of the column with its name.

    For a parameter `indicator`, a column `indicator_id` is used too. Empty if every text is allowed.
    """
    if Role in (parameter.annotation, *get_args(parameter.annotation)):
        return package.rows_by_key(TABLE)
    columns = {parameter.name, f"{parameter.name}_id"}
    known = (
        package.allowed_cells(table, column)
        for table in package.contract.tables
        for column in columns.intersection(table.column_names)
    )
    return set[str]().union(*known)
