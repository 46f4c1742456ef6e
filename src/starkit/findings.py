"""What a check reports: findings, each with its rule, its place and a piece of advice."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from starkit.cells import cell
from starkit.errors import FindingsError


class Severity(StrEnum):
    """How much a finding matters.

    >>> Severity("error") is Severity.ERROR
    True
    """

    ERROR = "error"  # the rule is not met
    ADVICE = "advice"  # the rule is met, and it could be better


@attrs.frozen
class Finding:
    """One thing that a check noticed, worded as advice and not as a verdict (A13).

    Attributes:
        rule: The rule's number (``"A5"``), or ``"beyond"`` for a check beyond the article.
        severity: ``error`` when the rule is not met, else ``advice``.
        message: What was seen.
        where: The place: a story and its part, a line, a question.
        advice: What to do about it.

    >>> print(Finding("A5", "error", "the result is empty", where="Rota", advice="Tell the end."))
    A5 error, Rota: the result is empty. Tell the end.
    """

    rule: str
    severity: Severity = attrs.field(converter=Severity)
    message: str
    where: str = attrs.field(default="", kw_only=True)
    advice: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        place = f", {self.where}" if self.where else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.rule} {self.severity}{place}: {self.message}.{advice}"


def _items(value: Iterable["Finding"]) -> tuple["Finding", ...]:
    return tuple(value)


@attrs.frozen
class Findings:
    """All that a check noticed, in the order of reading; true when there is anything.

    >>> empty = Findings()
    >>> bool(empty), empty.ok
    (False, True)
    >>> found = Findings([Finding("A5", "error", "the result is empty")])
    >>> found.ok, len(found), found.rules
    (False, 1, ('A5',))
    """

    items: tuple[Finding, ...] = attrs.field(default=(), converter=_items)

    @classmethod
    def joined(cls, parts: Iterable["Findings"]) -> "Findings":
        """Return one value with the findings of all ``parts``, in order.

        >>> len(Findings.joined([Findings(), Findings()]))
        0
        """
        return cls(finding for part in parts for finding in part)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def ok(self) -> bool:
        """True when nothing is an error; advice may still be there."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that say that a rule is not met."""
        return tuple(item for item in self.items if item.severity is Severity.ERROR)

    @property
    def advice(self) -> tuple[Finding, ...]:
        """The findings that say what could be better."""
        return tuple(item for item in self.items if item.severity is Severity.ADVICE)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that were found wanting, each once, in the order of reading."""
        return tuple(dict.fromkeys(item.rule for item in self.items))

    def raise_for_errors(self) -> None:
        """Raise when there is an error among the findings.

        Raises:
            FindingsError: At least one finding is an error.

        >>> Findings().raise_for_errors()
        """
        if self.errors:
            raise FindingsError(tuple(str(item) for item in self.errors))

    def __str__(self) -> str:
        return "\n".join(str(item) for item in self.items) or "nothing to report"

    def _repr_html_(self) -> str:
        return cell("findings", findings=self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(str(self))
