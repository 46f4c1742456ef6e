"""Packages that add questions, closing questions and calendars, found by their entry points."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import starkit

PAGE = Path(__file__).parent.parent / "docs" / "plugins.md"
POINTS = """
[starkit.questions]
lighthouse = lighthouse_interviews:questions
[starkit.closing]
lighthouse = lighthouse_interviews:CLOSING
[starkit.holidays]
lighthouse = lighthouse_interviews:days_off
"""


def example():
    """Return the module that the documentation shows."""
    [_, module] = re.findall(r"```(?:toml|python)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return module


def installed(folder, module, points=POINTS):
    """Put a package in a folder as an installer does: a module and its entry points."""
    info = folder / "lighthouse_interviews-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: lighthouse-interviews\nVersion: 1.0\n"
    )
    (info / "entry_points.txt").write_text(points)
    (folder / "lighthouse_interviews.py").write_text(module, encoding="utf-8")


def run(folder, code):
    """Run a program with the folder on the path; plugins are found once in a process."""
    paths = [str(folder), str(Path(starkit.__file__).parent.parent)]
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_example_of_the_docs_works(tmp_path):
    """Questions, closing questions and a calendar of another package are there at once."""
    installed(tmp_path, example())
    code = """
import datetime
from starkit import next_contact, suggest_closing
from starkit.questions import general_questions, likely_questions
from starkit.requirements import Requirement
for question in likely_questions("Keep the lantern of a lighthouse", n=3): print(question)
print(likely_questions(Requirement("A boat licence", 0, 14, "licence"))[0])
print(general_questions()[-1])
print(suggest_closing(n=5)[0])
print(next_contact(datetime.date(2026, 8, 3), datetime.date(2026, 8, 4), country="lighthouse"))
print(next_contact(datetime.date(2026, 8, 3), datetime.date(2026, 8, 4), country="GB"))
"""
    result = run(tmp_path, code)

    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "Tell me about a time when you had to keep the lantern of a lighthouse.",
        "Tell me about a night on which the light failed.",
        "How do you clean a lens?",
        "Our advert asks for “A boat licence”. Have you steered by night?",
        "How do you live with silence?",
        "Who keeps the light when I sleep?",
        "2026-08-10",
        "2026-08-07",
    ]


ASK = "from starkit.questions import likely_questions as f; f('Lighthouse')"
CLOSE = "from starkit import suggest_closing as f; f()"
DAYS = "from starkit.timescales import WorkingDays as W; import datetime as d; W('lighthouse').is_working(d.date(2026, 8, 7))"


@pytest.mark.parametrize(
    ("module", "code", "words"),
    [
        ("raise OSError('no lamp')", ASK, "cannot be loaded (OSError('no lamp'))"),
        ("def questions(): raise OSError('dark')", ASK, "it fails (OSError('dark'))"),
        ("questions = 3", ASK, "3 is no mapping"),
        ("questions = {'competencies': [{'name': 'x'}]}", ASK, "'origin' is None"),
        ("questions = {'kinds': {'card': []}}", ASK, "'card' is no kind"),
        ("CLOSING = [{'text': 'Who?'}]", CLOSE, "'topic' is None"),
        ("CLOSING = [{'text': 'Who?', 'topic': 'sea'}]", CLOSE, "'sea' is no topic"),
        ("def days_off(year): return ['7 August']", DAYS, "give datetime.date values"),
        ("def days_off(year): return 7", DAYS, "it gives 7"),
        (
            "import datetime\ndef days_off(year): return [datetime.datetime(year, 8, 7)]",
            DAYS,
            "give datetime.date values",
        ),
        ("def days_off(year): yield from 1 / 0", DAYS, "it fails (ZeroDivisionError"),
        (
            (
                "import datetime as d\n"
                "def days_off(year): return [d.date(year, 1, 1) + d.timedelta(n) for n in range(365)]"
            ),
            DAYS,
            "it leaves no working day in 2026",
        ),
    ],
)
def test_a_broken_plugin_is_named(tmp_path, module, code, words):
    """One error of ours with the name of the plugin and its group."""
    installed(tmp_path, module)
    told = run(
        tmp_path, f"import starkit\ntry: {code}\nexcept starkit.PluginError as error: print(error)"
    )

    assert words in told.stdout
    assert "plugin 'lighthouse' (starkit." in told.stdout


def test_logging_is_silent_until_asked(tmp_path):
    """The package has a NullHandler, and tells what it loads when its logger is asked."""
    installed(tmp_path, example())
    told = run(tmp_path, f"import logging; logging.basicConfig(level=10)\n{ASK}")

    assert "DEBUG:starkit.plugins:loaded plugin lighthouse of starkit.questions" in told.stderr
    assert run(tmp_path, ASK).stderr == ""
