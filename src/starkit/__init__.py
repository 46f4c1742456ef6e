"""Prepare for a job interview: what the advert asks, which STAR stories answer it, what is missing.

Each public name is loaded from its room when it is first used, so importing starkit is quick and
imports neither spaCy nor rapidfuzz nor numpy.

>>> import starkit as sk
>>> story = sk.Story("Faster builds", "40-minute CI", "halve it", "I cached wheels", "11 minutes")
>>> sk.check_story(story).ok
True
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# A library says nothing unless its user asks: logging.getLogger("starkit").
logging.getLogger(__name__).addHandler(logging.NullHandler())

if TYPE_CHECKING:
    from starkit.adverts import (
        Advert,
        Line,
        Section,
        SectionKind,
    )
    from starkit.alignment import (
        Alignment,
        Evidence,
        Match,
        Nearest,
        State,
        align,
        align_many,
        top_matches,
    )
    from starkit.answers import (
        Answer,
        Piece,
        check_answer,
        confirm_result,
        outline,
        restate,
    )
    from starkit.choosing import (
        Choice,
        ChosenStory,
        choose_stories,
    )
    from starkit.closing import (
        CHECKLIST,
        ClosingQuestion,
        NextSteps,
        Topic,
        check_closing,
        check_next_steps,
        classify_question,
        suggest_closing,
    )
    from starkit.errors import (
        AdvertError,
        ArgumentTypeError,
        FileError,
        FindingsError,
        FollowUpError,
        MissingExtraError,
        PipelineError,
        PlaceError,
        PluginError,
        PolicyError,
        QuestionError,
        StarkitError,
        StoryError,
        StoryFileError,
        TimescaleError,
        UnknownStoryError,
        WorkersError,
    )
    from starkit.feedback import (
        Feedback,
        Verdict,
        apply_feedback,
        check_feedback,
    )
    from starkit.files import (
        dump_stories,
        from_dict,
        load_stories,
        plan_csv,
        read_advert,
        to_dict,
        value_schema,
    )
    from starkit.findings import (
        Finding,
        Findings,
        Severity,
    )
    from starkit.followup import (
        Advice,
        Agreement,
        Answers,
        Application,
        CallDecision,
        Channel,
        Contact,
        FollowUpPlan,
        Outcome,
        Party,
        Route,
        Stage,
        Step,
        Touch,
        TouchPoint,
        calendar_text,
        check_second_choice,
        contact_route,
        next_contact,
        plan_follow_up,
        should_call,
    )
    from starkit.interview import (
        InterviewPack,
        Preparation,
        Rehearsal,
        Standing,
        prepare,
    )
    from starkit.journal import (
        ContactMade,
        DueContact,
        Imported,
        Journal,
        JournalEntry,
        journal_from_json,
        journal_to_json,
        open_journal,
    )
    from starkit.letters import (
        Draft,
        check_cover_letter,
        check_message,
        cover_letter_close,
        feedback_request,
        news_request,
        opening_line,
        recruiter_reminder,
        recruiter_update,
        second_choice_note,
        thank_you_note,
    )
    from starkit.pipeline import (
        load_pipeline,
    )
    from starkit.policy import (
        DEFAULT_POLICY,
        Policy,
    )
    from starkit.practice import (
        PracticeQuestion,
        PracticeRecord,
        competency_questions,
        practice_questions,
        practise_next,
    )
    from starkit.questions import (
        LikelyQuestion,
        likely_questions,
    )
    from starkit.requirements import (
        Kind,
        Priority,
        Requirement,
        Requirements,
        Skill,
        extract_many,
        extract_requirements,
    )
    from starkit.stories import (
        Story,
        StoryBank,
        check_stories,
        check_story,
    )

# The room of each public name; a test holds this table, __all__ and the imports above together.
_ROOMS = {
    "adverts": (
        "Advert",
        "Line",
        "Section",
        "SectionKind",
    ),
    "alignment": (
        "Alignment",
        "Evidence",
        "Match",
        "Nearest",
        "State",
        "align",
        "align_many",
        "top_matches",
    ),
    "answers": (
        "Answer",
        "Piece",
        "check_answer",
        "confirm_result",
        "outline",
        "restate",
    ),
    "choosing": (
        "Choice",
        "ChosenStory",
        "choose_stories",
    ),
    "closing": (
        "CHECKLIST",
        "ClosingQuestion",
        "NextSteps",
        "Topic",
        "check_closing",
        "check_next_steps",
        "classify_question",
        "suggest_closing",
    ),
    "errors": (
        "AdvertError",
        "ArgumentTypeError",
        "FileError",
        "FindingsError",
        "FollowUpError",
        "MissingExtraError",
        "PipelineError",
        "PlaceError",
        "PluginError",
        "PolicyError",
        "QuestionError",
        "StarkitError",
        "StoryError",
        "StoryFileError",
        "TimescaleError",
        "UnknownStoryError",
        "WorkersError",
    ),
    "feedback": (
        "Feedback",
        "Verdict",
        "apply_feedback",
        "check_feedback",
    ),
    "files": (
        "dump_stories",
        "from_dict",
        "load_stories",
        "plan_csv",
        "read_advert",
        "to_dict",
        "value_schema",
    ),
    "findings": (
        "Finding",
        "Findings",
        "Severity",
    ),
    "followup": (
        "Advice",
        "Agreement",
        "Answers",
        "Application",
        "CallDecision",
        "Channel",
        "Contact",
        "FollowUpPlan",
        "Outcome",
        "Party",
        "Route",
        "Stage",
        "Step",
        "Touch",
        "TouchPoint",
        "calendar_text",
        "check_second_choice",
        "contact_route",
        "next_contact",
        "plan_follow_up",
        "should_call",
    ),
    "interview": (
        "InterviewPack",
        "Preparation",
        "Rehearsal",
        "Standing",
        "prepare",
    ),
    "journal": (
        "ContactMade",
        "DueContact",
        "Imported",
        "Journal",
        "JournalEntry",
        "journal_from_json",
        "journal_to_json",
        "open_journal",
    ),
    "letters": (
        "Draft",
        "check_cover_letter",
        "check_message",
        "cover_letter_close",
        "feedback_request",
        "news_request",
        "opening_line",
        "recruiter_reminder",
        "recruiter_update",
        "second_choice_note",
        "thank_you_note",
    ),
    "pipeline": ("load_pipeline",),
    "policy": (
        "DEFAULT_POLICY",
        "Policy",
    ),
    "practice": (
        "PracticeQuestion",
        "PracticeRecord",
        "competency_questions",
        "practice_questions",
        "practise_next",
    ),
    "questions": (
        "LikelyQuestion",
        "likely_questions",
    ),
    "requirements": (
        "Kind",
        "Priority",
        "Requirement",
        "Requirements",
        "Skill",
        "extract_many",
        "extract_requirements",
    ),
    "stories": (
        "Story",
        "StoryBank",
        "check_stories",
        "check_story",
    ),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "CHECKLIST",
    "DEFAULT_POLICY",
    "Advert",
    "AdvertError",
    "Advice",
    "Agreement",
    "Alignment",
    "Answer",
    "Answers",
    "Application",
    "ArgumentTypeError",
    "CallDecision",
    "Channel",
    "Choice",
    "ChosenStory",
    "ClosingQuestion",
    "Contact",
    "ContactMade",
    "Draft",
    "DueContact",
    "Evidence",
    "Feedback",
    "FileError",
    "Finding",
    "Findings",
    "FindingsError",
    "FollowUpError",
    "FollowUpPlan",
    "Imported",
    "InterviewPack",
    "Journal",
    "JournalEntry",
    "Kind",
    "LikelyQuestion",
    "Line",
    "Match",
    "MissingExtraError",
    "Nearest",
    "NextSteps",
    "Outcome",
    "Party",
    "Piece",
    "PipelineError",
    "PlaceError",
    "PluginError",
    "Policy",
    "PolicyError",
    "PracticeQuestion",
    "PracticeRecord",
    "Preparation",
    "Priority",
    "QuestionError",
    "Rehearsal",
    "Requirement",
    "Requirements",
    "Route",
    "Section",
    "SectionKind",
    "Severity",
    "Skill",
    "Stage",
    "Standing",
    "StarkitError",
    "State",
    "Step",
    "Story",
    "StoryBank",
    "StoryError",
    "StoryFileError",
    "TimescaleError",
    "Topic",
    "Touch",
    "TouchPoint",
    "UnknownStoryError",
    "Verdict",
    "WorkersError",
    "align",
    "align_many",
    "apply_feedback",
    "calendar_text",
    "check_answer",
    "check_closing",
    "check_cover_letter",
    "check_feedback",
    "check_message",
    "check_next_steps",
    "check_second_choice",
    "check_stories",
    "check_story",
    "choose_stories",
    "classify_question",
    "competency_questions",
    "confirm_result",
    "contact_route",
    "cover_letter_close",
    "dump_stories",
    "extract_many",
    "extract_requirements",
    "feedback_request",
    "from_dict",
    "journal_from_json",
    "journal_to_json",
    "likely_questions",
    "load_pipeline",
    "load_stories",
    "news_request",
    "next_contact",
    "open_journal",
    "opening_line",
    "outline",
    "plan_csv",
    "plan_follow_up",
    "practice_questions",
    "practise_next",
    "prepare",
    "read_advert",
    "recruiter_reminder",
    "recruiter_update",
    "restate",
    "second_choice_note",
    "should_call",
    "suggest_closing",
    "thank_you_note",
    "to_dict",
    "top_matches",
    "value_schema",
]


def __getattr__(name: str) -> Any:
    room = _HOME.get(name)
    if room is not None:
        value = getattr(import_module(f"starkit.{room}"), name)
        globals()[name] = value  # the next look-up does not come here
        return value
    if name in _ROOMS:
        return import_module(f"starkit.{name}")
    msg = f"module 'starkit' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*__all__, *_ROOMS, "__version__"})
