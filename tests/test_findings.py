import pytest

from starkit.errors import FindingsError
from starkit.findings import Finding, Findings, Severity

ERROR = Finding("A5", "error", "the result is empty", where="Rota, result", advice="Say it.")
ADVICE = Finding("A5", "advice", "the result has no number")


def test_findings_are_true_when_there_are_any():
    """``if findings:`` reads as it is said."""
    assert not Findings()
    assert Findings([ADVICE])


def test_advice_alone_is_ok():
    """Only an error means that a rule is not met."""
    found = Findings([ADVICE])

    assert found.ok
    assert (ADVICE,) == found.advice
    found.raise_for_errors()


def test_errors_are_raised_all_at_once():
    """One exception lists every error."""
    found = Findings([ERROR, ADVICE, ERROR])

    with pytest.raises(FindingsError) as caught:
        found.raise_for_errors()

    assert len(caught.value.messages) == 2
    assert "Rota, result" in str(caught.value)


def test_unknown_severity_is_refused():
    """A severity is error or advice."""
    with pytest.raises(ValueError, match="fatal"):
        Finding("A5", "fatal", "the result is empty")

    assert Severity.ERROR == "error"
