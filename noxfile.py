"""The one list of checks: ``nox`` runs them all, ``nox -s tests`` one of them."""

from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = [
    "tests",
    "plain",
    "lint",
    "typing",
    "notebooks",
    "examples",
    "docs",
    "wheel",
]

PYPROJECT = nox.project.load_toml("pyproject.toml")


def group(name: str) -> list[str]:
    """Return the requirements of a dependency group: nox reads them, so an old pip will do."""
    return list(nox.project.dependency_groups(PYPROJECT, name))


@nox.session
def tests(session: nox.Session) -> None:
    """Tests and doctests, with every extra installed."""
    session.install("-e", ".[all]", *group("tests"))
    session.run("pytest", *session.posargs)


@nox.session
def plain(session: nox.Session) -> None:
    """The same tests with no extra: the main job must not need one."""
    session.install("-e", ".", *group("tests"))
    session.run("pytest", "-q", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and formatting."""
    session.install(*group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Types under mypy strict, with the public surface used as a caller would."""
    session.install("-e", ".[all]", *group("typing"), *group("examples"), "nox")
    session.run("mypy")
    # Every public name has a whole type: what a caller's checker sees, by another checker.
    session.run("basedpyright", "--verifytypes", "starkit", "--ignoreexternal")


@nox.session
def notebooks(session: nox.Session) -> None:
    """Run each notebook; a failing cell fails the check."""
    session.install("-e", ".[all]", *group("notebooks"))
    session.run("pytest", "-q", "--nbmake", "notebooks", "-p", "no:cacheprovider")


@nox.session
def examples(session: nox.Session) -> None:
    """Run the example apps: the service over HTTP, the terminal front by its pilot."""
    session.install("-e", ".[all]", *group("examples"))
    session.run("pytest", "-q", "examples", "-p", "no:cacheprovider")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    session.install("-e", ".[all]", *group("docs"))
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-q", "docs", "docs/_build/html")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it in a clean environment and use it without network."""
    session.install("build")
    dist = Path(session.create_tmp()) / "dist"
    session.run("python", "-m", "build", "--outdir", str(dist))
    built = max(dist.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.install(str(built))
    session.run("python", "tests/offline_wheel.py", str(built))
