import pickle

import pytest

from starkit import errors
from starkit.alignment import AlignmentError

EXAMPLES = [
    errors.StoryError("title", "", "give one"),
    errors.UnknownStoryError("a", ("b",), "b"),
    errors.PolicyError("grace_days", -1, "0 or more"),
    errors.FindingsError(("A5: empty",)),
    errors.FileError("cv.txt", "it is a PDF", "save it as text"),
    errors.StoryFileError("s.yaml", ("story 1: no title",)),
    errors.AdvertError("no text", "give the advert"),
    errors.TimescaleError("soon", "give a date"),
    errors.MissingExtraError("pandas", "dataframes"),
    errors.PipelineError("no spans", "add the component"),
    errors.ArgumentTypeError("align", "an Advert", "give requirements"),
    errors.WorkersError("workers is 0", "give 1 or more"),
    errors.FollowUpError("days", 0, "give 1 or more"),
    errors.QuestionError("question", "", "give the words"),
    AlignmentError("requirement 9 is not in it", "take one of its own"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_error_survives_pickling(error):
    """An error that crosses a process border keeps its text and its data."""
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert str(error) == str(copy)
    assert vars(error) == vars(copy)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_error_is_also_a_builtin(error):
    """Callers who know no starkit catch the builtin that they expect."""
    assert isinstance(error, (ValueError, LookupError, ImportError, TypeError))
    assert isinstance(error, errors.StarkitError)
