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
    "docs",
    "wheel",
]

PYPROJECT = nox.project.load_toml("pyproject.toml")


def group(name: str) -> list[str]:
    """Return the requirements of a dependency group: nox reads them, so an old pip will do."""
    return list(nox.project.dependency_groups(PYPROJECT, name))


# A process a core, each taking from the other when it has none left; ``-- -n 0`` tests in one.
SPREAD = ("-n", "auto", "--maxprocesses", "8", "--dist", "worksteal")


@nox.session
def tests(session: nox.Session) -> None:
    """Tests, doctests and the example apps, with every extra installed."""
    session.install("-e", ".[all]", *group("tests"), *group("examples"))
    session.run("pytest", *SPREAD, *(session.posargs or ("tests", "src", "docs", "examples")))


@nox.session
def plain(session: nox.Session) -> None:
    """The same tests with no extra: the main job must not need one."""
    session.install("-e", ".", *group("tests"))
    session.run("pytest", "-q", *SPREAD, *session.posargs)


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
def docs(session: nox.Session) -> None:
    """Run the notebooks and build the documentation; a failing cell or a warning is an error."""
    session.install("-e", ".[all]", *group("docs"))
    # Notebooks are run each time, whatever an earlier build has kept.
    session.run(
        *("sphinx-build", "-n", "-W", "--keep-going", "-q", "-D", "nb_execution_mode=force"),
        *("docs", "docs/_build/html"),
    )


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it in a clean environment and use it without network."""
    session.install("build")
    dist = Path(session.create_tmp()) / "dist"
    session.run("python", "-m", "build", "--outdir", str(dist))
    built = max(dist.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.install(str(built))
    session.run("python", "tests/offline_wheel.py", str(built))


@nox.session
def explore(session: nox.Session) -> None:
    """Look for examples that no property has met yet; other ones in every run, so no check."""
    session.install("-e", ".[all]", *group("tests"))
    args = session.posargs or ("tests",)
    session.run("pytest", "-m", "hypothesis", "--hypothesis-profile=explore", *SPREAD, *args)


@nox.session
def pictures(session: nox.Session) -> None:
    """Take the pictures of the README and the docs anew; no check, so not among those that run."""
    session.install("-e", ".", *group("pictures"))
    session.run("python", "docs/take_pictures.py")
