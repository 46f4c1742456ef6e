"""Alignment: order, bounds, gaps, evidence, and names that must never be taken for each other."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import starkit as sk
from starkit.alignment import AlignmentError
from strategies import banks

PLAN = sk.Story("Rota", "", "", "I planned the rota for 40 nurses.", "No shift stayed empty.")
CODE = sk.Story("Billing", "", "", "I wrote the billing service in Java.", "Errors fell by half.")
BANK = sk.StoryBank([PLAN, CODE])
ASKED = ["Planning rotas", "Java in production", "Welding"]

MUST = [
    ("C++", "I wrote it in C++."), ("C#", "I wrote it in C#."), (".NET", "A .NET service."),
    ("Node.js", "A Node.js service."), ("R", "I modelled it in R."), ("Go", "I wrote it in Go."),
    ("SQL", "I tuned the SQL."), ("NoSQL", "A NoSQL store."), ("Java", "A Java service."),
    ("JavaScript", "A JavaScript page."), ("Excel", "I built it in Excel."),
    ("leadership", "I gave leadership."), ("AI", "An AI service."), ("UX", "I did UX work."),
    ("HR", "I worked in HR."), ("2D", "A 2D drawing."), ("3D", "A 3D drawing."),
    ("QTS", "I hold QTS."), ("GCSE", "I taught GCSE maths."), ("R&D", "I ran R&D."),
    ("C", "I wrote it in C."), ("F#", "I wrote it in F#."), ("Kotlin", "A Kotlin service."),
    ("budgets", "I managed the budget."), ("Terraform", "I used Terraform."),
    ("complaints", "I answered each complaint."), ("SAP", "I ran SAP."),
    ("safeguarding", "I raised a safeguarding concern."), ("PRINCE2", "I used PRINCE2."),
    ("falls", "Falls went down."), ("payroll", "I ran the payroll."), ("NHS", "In the NHS."),
]  # fmt: skip
MUST_NOT = [
    ("Java", "A JavaScript page."), ("JavaScript", "A Java service."), ("C++", "I wrote it in C#."),
    ("C#", "I wrote it in C++."), ("C", "I wrote it in C++."), ("C", "I wrote it in C#."),
    ("R", "I ran R&D."), ("R", "A ring road."), ("Go", "I had to go home."),
    ("SQL", "A NoSQL store."), ("NoSQL", "I tuned the SQL."), ("Excel", "It was excellent."),
    ("Excel", "I excel at that."), ("leadership", "A lead pipe."), (".NET", "A fishing net."),
    ("Node.js", "A lymph node."), ("AI", "I said so."), ("UX", "A luxury flat."),
    ("HR", "Three hours."), ("2D", "A 3D drawing."), ("3D", "A 2D drawing."),
    ("IT", "I fixed it."), ("QTS", "Quotes for all."), ("GCSE", "The grass."),
    ("Access", "Wheelchair access to the hall."), ("C", "Vitamin C."),
    ("F#", "I wrote it in C#."), ("R&D", "I modelled it in R."), ("contract", "I contacted them."),
    ("A second language", "I sent them in."),
]  # fmt: skip


def score(asked, told):
    """Return the score of one text for one sentence told as an action."""
    return float(sk.align([asked], [sk.Story("A day", "", "", told, "")]).scores[0, 0])


@pytest.mark.parametrize(("asked", "told"), MUST)
def test_names_that_match(asked, told):
    """A2: a short name or a symbol answers itself."""
    assert score(asked, told) >= sk.DEFAULT_POLICY.may_answer_from


@pytest.mark.parametrize(("asked", "told"), MUST_NOT)
def test_names_that_never_match(asked, told):
    """A2: names that only look alike are different things."""
    assert score(asked, told) < sk.DEFAULT_POLICY.may_answer_from


@settings(max_examples=25, deadline=None)
@given(banks)
def test_order_of_stories_never_matters(bank):
    """The same stories in another order have the same scores."""
    forth = sk.align(ASKED, bank).scores
    back = sk.align(ASKED, sk.StoryBank(reversed(bank.stories))).scores

    assert np.allclose(forth, back[:, ::-1], rtol=0, atol=0.011)
    assert ((forth >= 0) & (forth <= 100)).all()


@settings(max_examples=25, deadline=None)
@given(banks)
def test_another_story_never_lowers_coverage(bank):
    """A4: one story more covers as much or more."""
    if PLAN.title not in [story.title for story in bank]:
        more = sk.align(ASKED, sk.StoryBank([*bank, PLAN])).coverage

        assert more >= sk.align(ASKED, bank).coverage


@settings(max_examples=25, deadline=None)
@given(banks)
def test_another_story_changes_no_score(bank):
    """What a story scores depends on the requirement and on itself alone."""
    if PLAN.title not in [story.title for story in bank]:
        more = sk.align(ASKED, sk.StoryBank([*bank, PLAN])).scores

        assert np.allclose(sk.align(ASKED, bank).scores, more[:, :-1], rtol=0, atol=0.011)


def test_best_story_comes_first():
    """A2: each requirement finds its story."""
    alignment = sk.align(ASKED, BANK)

    assert "Rota" == alignment.matches("Planning rotas")[0].story.title
    assert "Billing" == alignment.matches("Java in production")[0].story.title
    assert ["Welding"] == [item.text for item in alignment.gaps]


def test_evidence_points_at_the_words():
    """Each piece of evidence slices to words on both sides."""
    match = sk.align(["Planning rotas"], BANK).matches(0)[0]

    assert ("Planning rotas", "planned the rota") == match.quote(match.evidence[0])


@pytest.mark.parametrize(("asked", "stories"), [([], [PLAN]), (ASKED, []), ([], [])])
def test_empty_sides(asked, stories):
    """An empty advert or bank is no error: all gaps, or nothing to cover."""
    alignment = sk.align(asked, stories)

    assert (len(asked), len(stories)) == alignment.scores.shape
    assert (0.0 if asked else None) == alignment.coverage


def test_show_kinds_are_never_gaps():
    """A licence is shown and wants no story."""
    licence = sk.Requirement("A forklift licence", 0, 18, "licence", "essential")

    assert sk.align([licence], BANK).gaps == ()
    assert sk.align([licence], BANK).coverage is None


def test_foreign_requirement_is_an_error():
    """A requirement of another alignment is told so."""
    with pytest.raises(sk.StarkitError, match="not in this alignment"):
        sk.align(ASKED, BANK).matches("Baking")


def test_many_come_in_order():
    """Alignments come in the order of what was asked."""
    found = sk.align_many([[text] for text in ASKED], BANK)

    assert ASKED == [alignment.requirements[0].text for alignment in found]


def test_banks_and_adverts_must_be_as_many():
    """One bank too few is an error and not an end, and it says how many there are of each."""
    with pytest.raises(AlignmentError, match="adverts: 2, banks: 1; give one bank for all"):
        next(sk.align_many([["a"], ["b"]], [BANK]))
    with pytest.raises(AlignmentError, match="adverts: 2 or more, banks: 1;"):
        list(sk.align_many(iter([["a"], ["b"]]), iter([BANK])))
    with pytest.raises(AlignmentError, match="adverts: 1, banks: 2 or more;"):
        list(sk.align_many(iter([["a"]]), [BANK, BANK]))


def test_a_string_is_one_requirement_and_stories_are_one_bank():
    """``align_many`` and ``top_matches`` read strings and plain stories as ``align`` does."""
    stories = [PLAN, CODE]
    whole = sk.align("Planning rotas", stories)

    assert [whole] == list(sk.align_many("Planning rotas", stories))
    assert [whole] == list(sk.align_many(["Planning rotas"], [stories]))
    assert [whole.matches(0)] == list(sk.top_matches("Planning rotas", stories))


ADVERT = sk.Advert("Essential\n- Planning rotas")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sk.align(ADVERT, BANK), "an Advert as requirements; give it to extract_requ"),
        (lambda: sk.align([ADVERT], BANK), "an Advert as requirements; give it to extract_requ"),
        (lambda: sk.align([3], BANK), "an int as requirements; give what extract_requirements"),
        (lambda: sk.align(None, BANK), "a NoneType as requirements"),
        (lambda: sk.align(ASKED, PLAN), "a Story as bank; give a StoryBank or a list"),
        (lambda: list(sk.align_many([ADVERT], BANK)), "an Advert as requirements"),
        (lambda: list(sk.align_many(ADVERT, BANK)), "an Advert as requirements"),
        (lambda: list(sk.align_many(sk.Requirements([sk.Requirement("a", 0, 1)]), BANK)), "a Requ"),
        (lambda: list(sk.align_many([ASKED], iter([PLAN]))), "a Story as bank"),
        (lambda: list(sk.align_many([ASKED], PLAN)), "a Story as bank"),
        (lambda: list(sk.top_matches(ADVERT, BANK)), "an Advert as requirements"),
        (lambda: list(sk.top_matches(ASKED, "Rota")), "a str as bank"),
    ],
)
def test_what_is_no_requirement_or_bank_is_told_so(call, words):
    """Another kind of value is one error of ours that says what was given and what to give."""
    with pytest.raises(sk.ArgumentTypeError, match=words) as caught:
        call()

    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, sk.StarkitError)


def test_a_script_that_the_processes_would_run_again_is_told_so(tmp_path):
    """Without the guard, each process runs the script again and ends: the error says what to do."""
    script = tmp_path / "script.py"
    script.write_text(
        "import starkit as sk\n"
        "story = sk.Story('Rota', '', '', 'I planned the rota', '')\n"
        "try:\n"
        "    print(list(sk.align_many([['Planning rotas']], [story], workers=2)))\n"
        "except sk.WorkersError as error:\n"
        "    print(error)\n",
        encoding="utf-8",
    )
    source = Path(sk.__file__).parent.parent
    told = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "a process ended before its work was done; in a script, call this under" in told.stdout
    assert told.returncode == 0


@pytest.mark.parametrize("banks_", [BANK, [BANK, sk.StoryBank([CODE]), BANK]], ids=["one", "each"])
def test_workers_change_nothing(banks_):
    """The same alignments come from one process and from two, in the same order."""
    asked = [[text] for text in ASKED]
    alone = list(sk.align_many(asked, banks_))
    spread = list(sk.align_many(asked, banks_, workers=2))

    assert alone == spread


def test_many_read_only_a_few_ahead():
    """A stream is read as it is asked for, so that its length costs no memory."""
    read = []

    def adverts():
        for number in range(1000):
            read.append(number)
            yield ASKED

    stream = sk.align_many(adverts(), BANK)
    next(stream)

    assert len(read) == 1


def test_progress_goes_to_standard_error(capsys):
    """A bar is shown on request only, and never where results are piped."""
    quiet = list(sk.align_many([ASKED], BANK))
    silent = capsys.readouterr()
    shown = list(sk.align_many([ASKED], BANK, progress=True))

    assert quiet == shown
    assert ("", "") == silent
    assert "" == capsys.readouterr().out


@settings(max_examples=25, deadline=None)
@given(banks)
def test_top_matches_are_the_first_of_all_matches(bank):
    """The best come without the matrix, and are the same."""
    alignment = sk.align(ASKED, bank)
    found = list(sk.top_matches(ASKED, bank, k=2))

    assert [alignment.matches(number)[:2] for number in range(len(ASKED))] == found


def test_top_matches_across_blocks(monkeypatch):
    """Where neither all stories nor all requirements fit at once, nothing is lost or doubled."""
    tasks = ["planned the rota", "answered complaints", "trained six nurses", "cut the budget"]
    stories = [
        sk.Story(f"Day {number}", "", "", f"I {tasks[number % 4]} on ward {number}.", "It held.")
        for number in range(40)
    ]
    asked = [f"{task} {number}" for number in range(30) for task in tasks]
    whole = sk.align(asked, stories)
    expected = [whole.matches(number)[:3] for number in range(len(asked))]
    monkeypatch.setattr("starkit.matching.scoring.CELLS", 200)
    monkeypatch.setattr("starkit.matching.scoring.BLOCK", 7)
    monkeypatch.setattr("starkit.alignment._GROUP", 50)

    assert expected == list(sk.top_matches(asked, stories, k=3))
    assert np.array_equal(whole.scores, sk.align(asked, stories).scores)


def test_top_matches_without_evidence():
    """The words may be left for later."""
    [[match]] = sk.top_matches(["Planning rotas"], BANK, evidence=False)

    assert ("Rota", ()) == (match.story.title, match.evidence)


def test_top_matches_in_two_processes():
    """Each process ranks by itself; the order stays."""
    alone = list(sk.top_matches(ASKED, BANK))

    assert alone == list(sk.top_matches(ASKED, BANK, workers=2))


@pytest.mark.parametrize("options", [{"k": 0}, {"workers": 0}, {"workers": -2}])
def test_numbers_out_of_range_are_errors(options):
    """What cannot be done is said before anything is read."""
    with pytest.raises(sk.StarkitError, match="1 or more"):
        list(sk.top_matches(ASKED, BANK, **options))


def test_alike_result_ranks_first():
    """A11: a result like the one that the job must achieve beats the same words in the situation."""
    done = sk.Story(
        "B", "The plant ran old lines.", "", "I moved the shifts.", "Waste fell by half."
    )
    seen = sk.Story(
        "A", "Waste fell by half.", "", "I moved the shifts.", "The plant ran old lines."
    )
    best, other = sk.align(["Reduce waste"], [seen, done]).matches(0)

    assert (done, seen) == (best.story, other.story)


def test_alike_result_beats_a_named_skill():
    """A11: similar results count, not skills alone."""
    done = sk.Story(
        "B", "", "", "I moved the checks to the line.", "Customer complaints fell by a third."
    )
    named = sk.Story(
        "A",
        "",
        "",
        "I moved the checks to the line.",
        "The plant ran on.",
        skills=["customer complaints"],
    )
    first = sk.align(["Reducing customer complaints"], [named, done]).matches(0)[0]

    assert done == first.story


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("At least five years of experience of welding", "For five years I ran payroll."),
        ("3+ years' experience in marketing", "In three years the experience grew."),
        ("A degree in chemistry", "I was to some degree sure of the rota."),
        ("GCSE maths at grade C", "The road was grade C."),
        ("NVQ level 3 in plumbing", "Noise stayed at level 3."),
    ],
)
def test_years_and_levels_alone_match_nothing(asked, told):
    """A2: the length of an experience or the level of a paper is no story about the thing itself."""
    assert score(asked, told) < sk.DEFAULT_POLICY.may_answer_from


def test_html_is_escaped():
    """A title is shown and never run."""
    story = sk.Story("<script>rota</script>", "", "", "I planned the rota.", "")
    page = sk.align(["Planning rotas"], [story])._repr_html_()

    assert "<script>" not in page
    assert "&lt;script&gt;rota" in page


def test_data_frame():
    """A row a match, with documented columns."""
    pytest.importorskip("pandas")
    frame = sk.align(ASKED, BANK).to_pandas()

    assert ["requirement", "start", "kind", "priority"] == list(frame.columns)[:4]
    assert {"Rota", "Billing"} == set(frame["story"])


def test_plot_has_a_row_and_a_column_each():
    """A heat map names every requirement and every story."""
    pytest.importorskip("matplotlib")
    axes = sk.align(ASKED, BANK).plot()

    assert ASKED == [label.get_text() for label in axes.get_yticklabels()]
    assert ["Rota", "Billing"] == [label.get_text() for label in axes.get_xticklabels()]


def test_plot_is_shown_by_pyplot():
    """A notebook and ``pyplot.show()`` show the figures that pyplot knows, and one's own axes are kept."""
    pytest.importorskip("matplotlib")
    from matplotlib import pyplot as plt
    from matplotlib.figure import Figure

    plt.close("all")
    axes = sk.align(ASKED, BANK).plot()
    own = Figure().subplots()

    assert [axes.figure] == [plt.figure(number) for number in plt.get_fignums()]
    assert sk.align(ASKED, BANK).plot(own) is own
    plt.close(axes.figure)
    assert [] == plt.get_fignums()


@pytest.mark.parametrize("score", [np.nan, 100.5, -1.0])
def test_scores_are_0_to_100(score):
    """What is no score is refused, so that no other form of the value has to hold it."""
    requirement = sk.Requirement("Planning rotas", 0, 14)
    bank = sk.StoryBank([sk.Story("Rota", "", "", "I planned the rota", "")])

    with pytest.raises(AlignmentError, match="outside 0-100"):
        sk.Alignment(sk.Requirements([requirement]), bank, np.array([[score]]))


@pytest.mark.parametrize("number", [True, 1, "Baking bread"])
def test_number_of_no_requirement_is_refused(number):
    """A truth value is no number of a requirement."""
    alignment = sk.align(["Planning rotas"], [sk.Story("Rota", "", "", "I planned the rota", "")])

    with pytest.raises(AlignmentError, match="is not in this alignment"):
        alignment.matches(number)


@pytest.mark.parametrize("k", [0, 1.5, "a", True])
def test_best_so_many_is_a_whole_number(k):
    """Half a story is none."""
    with pytest.raises(AlignmentError, match="give a whole number, 1 or more"):
        list(sk.top_matches(["Planning rotas"], [sk.Story("Rota", "", "", "A", "")], k=k))


def test_nothing_in_common_is_never_a_match():
    """A policy that shows every score still shows no story that shares nothing."""
    policy = sk.Policy(may_answer_from=0)
    story = sk.Story("12", "", "", "And then?", "")
    alignment = sk.align(["Welding pipes"], [story], policy=policy)

    assert 0.0 == alignment.scores.max() == alignment.coverage
    assert () == alignment.matches(0)
    assert [()] == list(sk.top_matches(["Welding pipes"], [story], policy=policy))


@pytest.mark.parametrize(
    "name", ["C#", "F#", "C++", "Rust", "Go", "Swift", ".NET", "Node.js", "R", "Kotlin"]
)
@pytest.mark.parametrize(
    "phrase", ["Experience of {}", "{}", "{} programming", "{} development", "{} skills"]
)
def test_named_language_is_found(name, phrase):
    """A2: a language named outright is found whatever stands behind its name in the requirement."""
    story = sk.Story(
        "The service", "", "", f"I wrote the service in {name} and tested it.", "It ran for years."
    )
    other = sk.Story("The shop", "", "", "I sold bread and swept the shop.", "We sold out.")
    alignment = sk.align([phrase.format(name)], [other, story])

    assert [match.story.title for match in alignment.matches(0)] == ["The service"]
    evidence = alignment.matches(0)[0].evidence[0]
    assert story.action[evidence.start : evidence.end] == name
