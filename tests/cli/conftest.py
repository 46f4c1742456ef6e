import pytest
from typer.testing import CliRunner

from starkit.cli import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return what runs the command line in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("STARKIT_JOURNAL", raising=False)
    runner = CliRunner()

    def runs(*arguments, **options):
        return runner.invoke(app, [str(argument) for argument in arguments], **options)

    return runs


@pytest.fixture
def typed(monkeypatch, run):
    """Return the same with somebody at a keyboard, who types the given lines."""

    def runs(*arguments, lines):
        monkeypatch.setattr("starkit.cli.terminal.on_terminal", lambda: True)
        monkeypatch.setattr("starkit.cli.options.on_terminal", lambda: True)
        monkeypatch.setattr("starkit.cli.contact.on_terminal", lambda: True)
        return run(*arguments, input="".join(f"{line}\n" for line in lines))

    return runs


@pytest.fixture
def message():
    """Return what takes the one message on stderr, which is never a traceback."""

    def taken(result):
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.output
        return result.stderr.strip()

    return taken
