"""The errors that starkit raises: one root, few children.

Every child also inherits the builtin that a caller would expect, keeps what went wrong as
attributes, and can be pickled. Messages say what was seen, what is allowed and what to do.
"""

from pathlib import Path
from typing import Any


class StarkitError(Exception):
    """Anything that starkit itself raises.

    >>> issubclass(StoryError, StarkitError) and issubclass(StoryError, ValueError)
    True
    """


class SeenError(StarkitError):
    """What was seen cannot be used: the root of errors that say what to do about it.

    >>> print(SeenError("the file is a PDF", "save it as text"))
    the file is a PDF; save it as text
    """

    def __init__(self, seen: str, advice: str) -> None:
        super().__init__(seen, advice)
        self.seen = seen
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.seen}; {self.advice}"


class FieldError(StarkitError):
    """A value was given for a field that cannot hold it: the root of errors that name the field.

    >>> print(FieldError("title", "", "give each story a short title"))
    title: '' cannot be used; give each story a short title
    """

    def __init__(self, field: str, seen: object, advice: str) -> None:
        super().__init__(field, seen, advice)
        self.field = field  # so that an editor can jump to the field
        self.seen = seen
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.field}: {self.seen!r} cannot be used; {self.advice}"


class StoryError(FieldError, ValueError):
    """A story or a story bank was given a value that it cannot hold.

    >>> str(StoryError("title", "", "give each story a short title"))
    "title: '' cannot be used; give each story a short title"
    """


class UnknownStoryError(StarkitError, KeyError):
    """A story bank was asked for a title that it does not have.

    >>> print(UnknownStoryError("Buidl", ("Faster builds",), "Faster builds"))
    no story is called 'Buidl'; did you mean 'Faster builds'?
    """

    def __init__(self, title: str, titles: tuple[str, ...], nearest: str | None = None) -> None:
        super().__init__(title, titles, nearest)
        self.title = title
        self.titles = titles  # what there is to choose from
        self.nearest = nearest

    def __str__(self) -> str:
        if self.nearest is not None:
            return f"no story is called {self.title!r}; did you mean {self.nearest!r}?"
        if not self.titles:
            return f"no story is called {self.title!r}: the bank is empty"
        # In quotation marks, since a title may hold commas and semicolons of its own.
        return (
            f"no story is called {self.title!r}; choose from: {', '.join(map(repr, self.titles))}"
        )


class PolicyError(StarkitError, ValueError):
    """A policy was given a number outside its range.

    >>> str(PolicyError("points_per_piece", 0, "1 or more"))
    'policy points_per_piece is 0; allowed: 1 or more'
    """

    def __init__(self, field: str, seen: object, allowed: str) -> None:
        super().__init__(field, seen, allowed)
        self.field = field
        self.seen = seen
        self.allowed = allowed

    def __str__(self) -> str:
        return f"policy {self.field} is {self.seen!r}; allowed: {self.allowed}"


class FindingsError(StarkitError, ValueError):
    """Raised by ``Findings.raise_for_errors`` when a check found errors.

    >>> print(FindingsError(("A5: the result is empty",)))
    1 thing to put right: A5: the result is empty
    """

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__(messages)
        self.messages = messages

    def __str__(self) -> str:
        things = "thing" if len(self.messages) == 1 else "things"
        return f"{len(self.messages)} {things} to put right: " + "; ".join(self.messages)


class FileError(StarkitError, ValueError):
    """A file cannot be used: missing, unreadable, empty, too large or of the wrong kind.

    >>> print(FileError("cv.txt", "it is a PDF", "save the advert as text or HTML"))
    cv.txt: it is a PDF; save the advert as text or HTML
    """

    path: str

    def __init__(self, path: str | Path, seen: str, advice: str) -> None:
        super().__init__(str(path), seen, advice)
        self.path = str(path)
        self.seen = seen
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.path}: {self.seen}; {self.advice}"


class StoryFileError(FileError):
    """A story file was read but holds mistakes; all of them are listed at once.

    >>> print(StoryFileError("s.yaml", ("story 2 'Rota', field 'reslut': unknown",)))
    s.yaml: 1 mistake
      story 2 'Rota', field 'reslut': unknown
    """

    args: tuple[Any, ...]

    def __init__(self, path: str | Path, problems: tuple[str, ...]) -> None:
        count = f"{len(problems)} mistake" + ("" if len(problems) == 1 else "s")
        super().__init__(path, count, "mend each line listed below")
        self.args = (self.path, problems)  # what unpickling calls __init__ with
        self.problems = problems

    def __str__(self) -> str:
        return "\n  ".join((f"{self.path}: {self.seen}", *self.problems))


class AdvertError(SeenError, ValueError):
    """An advert cannot be worked on: no text, or not in English.

    >>> print(AdvertError("the advert looks German (de)", "starkit reads adverts in English"))
    the advert looks German (de); starkit reads adverts in English
    """


class TimescaleError(SeenError, ValueError):
    """A timescale or a date in words cannot be read, and is not guessed.

    >>> print(TimescaleError("soonish", "say 'a week', '10 working days' or a date"))
    timescale 'soonish' cannot be read; say 'a week', '10 working days' or a date
    """

    def __str__(self) -> str:
        return f"timescale {self.seen!r} cannot be read; {self.advice}"


class ArgumentTypeError(StarkitError, TypeError):
    """A function was given a value of another kind than it takes.

    >>> print(ArgumentTypeError("align", "an Advert", "give what extract_requirements makes of it"))
    align was given an Advert; give what extract_requirements makes of it
    """

    def __init__(self, function: str, seen: str, advice: str) -> None:
        super().__init__(function, seen, advice)
        self.function = function
        self.seen = seen
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.function} was given {self.seen}; {self.advice}"


class WorkersError(SeenError, ValueError, RuntimeError):
    """Work cannot be spread over so many processes, or one of them ended before its work was done.

    A ``ValueError`` for the number, a ``RuntimeError`` for the process, as the library's own is.

    >>> print(WorkersError("workers is 0", "give 1 or more, or -1 for all cores"))
    workers is 0; give 1 or more, or -1 for all cores
    """


class MissingExtraError(StarkitError, ImportError):
    """An optional library is not installed; the message names the extra to install.

    >>> print(MissingExtraError("pandas", "dataframes"))
    this needs pandas, which is not installed: pip install "starkit[dataframes]", or in a clone of
    starkit pip install ".[dataframes]"
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(library, extra)
        self.library = library
        self.extra = extra

    def __str__(self) -> str:
        return (
            f'this needs {self.library}, which is not installed: pip install "starkit[{self.extra}]", '
            f'or in a clone of starkit pip install ".[{self.extra}]"'
        )


class PipelineError(SeenError, ValueError):
    """A spaCy pipeline cannot do what starkit needs of it, or its weights are damaged.

    >>> print(PipelineError("no spans under 'requirements'", "add the component last"))
    no spans under 'requirements'; add the component last
    """


class PlaceError(StarkitError, LookupError):
    """A country, or a part of one, is not known to the calendar of public holidays.

    >>> print(PlaceError("country", "UKK", ("GB", "UA")))
    country 'UKK' is not known; the nearest codes are GB, UA
    """

    def __init__(self, kind: str, seen: object, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(kind, seen, nearest)
        self.kind = kind
        self.seen = seen
        self.nearest = nearest  # codes to offer in a menu

    def __str__(self) -> str:
        if not self.nearest:
            return f"{self.kind} {self.seen!r} is not known; leave it out for the whole country"
        codes = ", ".join(self.nearest)
        many = "codes are" if len(self.nearest) > 1 else "code is"
        return f"{self.kind} {self.seen!r} is not known; the nearest {many} {codes}"


class FollowUpError(FieldError, ValueError):
    """An application, a letter or feedback was given a value that it cannot hold.

    >>> print(FollowUpError("days", 0, "give 1 or more"))
    days: 0 cannot be used; give 1 or more
    """


class QuestionError(FieldError, ValueError):
    """A question is empty, or a number of questions was asked for that cannot be given.

    >>> print(QuestionError("question", "", "give the interviewer's words"))
    question: '' cannot be used; give the interviewer's words
    """


class PluginError(StarkitError, RuntimeError):
    """A package that adds something to starkit cannot be loaded, or gives what cannot be used.

    >>> print(PluginError("starkit.closing", "acme", "it is no list", "mend it"))
    plugin 'acme' (starkit.closing): it is no list; mend it
    """

    def __init__(self, group: str, name: str, seen: str, advice: str) -> None:
        super().__init__(group, name, seen, advice)
        self.group = group
        self.name = name
        self.seen = seen
        self.advice = advice

    def __str__(self) -> str:
        return f"plugin {self.name!r} ({self.group}): {self.seen}; {self.advice}"
