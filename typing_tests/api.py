"""Use the public surface as a caller would; checked by mypy strict, never run."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import starkit as sk


def read_and_prepare(advert_file: Path, story_file: Path) -> str:
    bank: sk.StoryBank = sk.load_stories(story_file)
    advert: sk.Advert = sk.read_advert(advert_file)
    requirements: sk.Requirements = sk.extract_requirements(advert)
    alignment: sk.Alignment = sk.align(requirements, bank)
    for requirement in requirements:
        kind: sk.Kind = requirement.kind
        priority: sk.Priority = requirement.priority
        skills: tuple[sk.Skill, ...] = requirement.skills
        matches: tuple[sk.Match, ...] = alignment.matches(requirement)
        for match in matches:
            state: sk.State = match.state
            evidence: tuple[sk.Evidence, ...] = match.evidence
            print(kind, priority, skills, state, evidence)
    gaps: tuple[sk.Requirement, ...] = alignment.gaps
    nearest: list[sk.Nearest] = [alignment.advice(gap) for gap in gaps]
    choice: sk.Choice = sk.choose_stories(alignment)
    chosen: tuple[sk.ChosenStory, ...] = choice.stories
    print(nearest, chosen)
    coverage: float | None = alignment.coverage
    pack: sk.InterviewPack = sk.prepare(advert, bank, policy=sk.Policy(points_per_piece=4))
    rehearsals: tuple[sk.Rehearsal, ...] = pack.rehearsals
    preparations: tuple[sk.Preparation, ...] = pack.preparations
    standings: list[sk.Standing] = [item.standing for item in preparations]
    print(gaps, coverage, rehearsals, standings, pack.to_dict(), pack.to_markdown())
    sk.dump_stories(bank, story_file)
    return pack.to_html()


def stream(adverts: list[sk.Advert], bank: sk.StoryBank) -> Iterator[sk.Alignment]:
    yield from sk.align_many(sk.extract_many(adverts), bank)


def answer(question: str, story: sk.Story) -> sk.Findings:
    told: sk.Answer = sk.outline(question, story)
    pieces: tuple[sk.Piece, ...] = told.pieces
    words: str = sk.restate(question) + sk.confirm_result(question)
    likely: tuple[sk.LikelyQuestion, ...] = sk.likely_questions(sk.Requirement("Rotas", 0, 5))
    print(pieces, words, likely)
    return sk.check_answer(told, question=question)


def close() -> tuple[sk.Topic, ...]:
    questions: tuple[sk.ClosingQuestion, ...] = sk.suggest_closing(n=4)
    findings: sk.Findings = sk.check_closing(questions)
    findings.raise_for_errors()
    steps: sk.Findings = sk.check_next_steps(sk.NextSteps("a panel decides", "a week"))
    print(steps, sk.CHECKLIST, sk.DEFAULT_POLICY.closing_max)
    return tuple(sk.classify_question(question.text) for question in questions)


def follow_up(today: dt.date) -> sk.CallDecision:
    application = sk.Application(
        "Harbour Foods",
        "Driver",
        channel=sk.Channel.DIRECT,
        stage=sk.Stage.DECISION,
        decided=today,
        outcome=sk.Outcome.REJECTED,
    )
    day: dt.date = sk.next_contact(today, "a week", country="GB", subdiv="SCT")
    plan: sk.FollowUpPlan = sk.plan_follow_up(application, day)
    points: tuple[sk.TouchPoint, ...] = plan.touch_points
    route: sk.Route = sk.contact_route(application)
    letter: sk.Findings = sk.check_cover_letter(sk.cover_letter_close(10))
    message: sk.Findings = sk.check_message("I accept your decision.")
    print(points, route, letter, message, sk.calendar_text(plan))
    return sk.should_call(application, today, answers=sk.Answers(improves=True))


def learn(bank: sk.StoryBank, title: str) -> sk.StoryBank:
    said = sk.Feedback("Driver", "HR", "Vivid.", "", [title], verdict=sk.Verdict.GOOD)
    findings: sk.Findings = sk.check_feedback(bank[title])
    severities: list[sk.Severity] = [finding.severity for finding in findings]
    print(severities, sk.check_story(bank[title]), sk.check_stories(bank))
    return sk.apply_feedback(bank, said)


def keep(story: sk.Story) -> Any:
    plain: dict[str, Any] = sk.to_dict(story)
    try:
        return sk.from_dict(plain)
    except sk.StarkitError as error:
        return str(error)


def keep_a_journal(path: Path, today: dt.date) -> tuple[sk.DueContact, ...]:
    application = sk.Application("Harbour Foods", "Driver", channel="direct", stage="applied")
    with sk.open_journal(path) as journal:
        opened: sk.Journal = journal
        entry: sk.JournalEntry = opened.add(application, on=today)
        made: tuple[sk.ContactMade, ...] = opened.done(
            entry.number, sk.Touch.OPEN_DOOR, on=today
        ).made
        count: int = sk.journal_to_json(opened, path.with_suffix(".json"))
        imported: sk.Imported = sk.journal_from_json(opened, path.with_suffix(".json"))
        told: tuple[sk.Feedback, ...] = opened.feedback()
        print(made, count, imported.new, told)
        return opened.due(today, until=None)


def write(today: dt.date) -> list[sk.Draft]:
    print(sk.check_second_choice, sk.Advice.CALL, sk.Party.EMPLOYER, sk.Step.GO_DIRECT)
    return [
        sk.recruiter_update("Driver", employer="Harbour Foods", interviewed=today),
        sk.recruiter_reminder("Driver", employer="Harbour Foods"),
        sk.news_request("Driver", agreed=False),
        sk.second_choice_note("Driver", through="recruiter"),
    ]


def read_closely(advert: sk.Advert, bank: sk.StoryBank) -> list[sk.Match]:
    sections: tuple[sk.Section, ...] = advert.sections
    kinds: list[sk.SectionKind] = [section.kind for section in sections]
    lines: tuple[sk.Line, ...] = advert.lines
    found: sk.Requirements = sk.extract_requirements(advert, nlp=sk.load_pipeline(recall_bias=0.5))
    print(kinds, lines, sk.value_schema(sk.Advert))
    return [match for best in sk.top_matches(found, bank, k=1) for match in best]


def practise(
    pack: sk.InterviewPack, before: tuple[sk.PracticeRecord, ...], today: dt.date
) -> sk.PracticeRecord:
    asked: tuple[sk.PracticeQuestion, ...] = sk.practice_questions(pack.alignment, pack.choice)
    asked += sk.competency_questions("teamwork", pack.bank)
    first: sk.PracticeQuestion = sk.practise_next(asked, before)[0]
    return sk.PracticeRecord(first.question.text, today, sk.Verdict.GOOD, seconds=90)


def stay_in_contact(plan: sk.FollowUpPlan, today: dt.date) -> list[str | sk.Draft]:
    known: tuple[sk.Contact, ...] = (sk.Contact("Ms Okafor", sk.Party.EMPLOYER),)
    agreed: sk.Agreement = sk.Agreement("I may call", sk.Stage.INTERVIEW, opens_door=True, on=today)
    print(known, agreed)
    return [
        sk.plan_csv(plan),
        sk.opening_line("hr", caller="Tom Reyes"),
        sk.thank_you_note("Driver", interviewed=today),
        sk.feedback_request("Driver", employer="Harbour Foods"),
    ]


def what_can_go_wrong(findings: sk.Findings, path: Path) -> list[str]:
    told: list[str] = [f"{item.rule}: {item.message}" for item in list[sk.Finding](findings)]
    try:
        sk.load_stories(path)
        findings.raise_for_errors()
    except sk.StoryFileError as error:
        told += error.problems
    except sk.UnknownStoryError as error:
        told.append(str(error))
    except sk.FindingsError as error:
        told.append(str(error))
    except (sk.QuestionError, sk.FollowUpError) as error:
        told.append(f"{error.field}: {error.advice}")
    except (
        sk.AdvertError,
        sk.FileError,
        sk.StoryError,
        sk.PolicyError,
        sk.TimescaleError,
    ) as error:
        told.append(str(error))
    except (sk.ArgumentTypeError, sk.WorkersError) as error:
        told.append(str(error))
    except (sk.MissingExtraError, sk.PipelineError, sk.PlaceError, sk.PluginError) as error:
        told.append(str(error))
    return told
