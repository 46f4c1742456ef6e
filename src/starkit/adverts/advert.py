"""The advert itself: a text, what is known of it, and its shape worked out on demand."""

import datetime as dt
from functools import cached_property
from typing import Any

import attrs

from starkit.adverts.reading import read_shape
from starkit.adverts.shape import Line, Section
from starkit.errors import AdvertError


def _text(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str):
        raise AdvertError(f"{attribute.name} is {type(value).__name__}", "give it as text (str)")


def _date(_: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    # A datetime is a date to isinstance, yet compares with none: refuse it here, not later.
    if value is not None and (isinstance(value, dt.datetime) or not isinstance(value, dt.date)):
        raise AdvertError(
            f"{attribute.name} is {type(value).__name__}", "give a datetime.date or None"
        )


@attrs.frozen
class Advert:
    r"""A job advert: its text, in which every offset of starkit counts, and what is known of it.

    The text is kept as given. Lines and sections are worked out when first asked for and kept,
    since every later step wants them; they follow from the text alone, so equality, hashing and
    pickling leave them out.

    Attributes:
        text: The advert in plain text with its line structure; may be empty.
        title: The job's title, "" when not known.
        employer: Who offers the job.
        location: Where it is, as the advert says it.
        closes: Last day to apply.
        interview_date: The day of the interviews, where the advert names one day with its year.
        source: Where the advert came from (a file name or an address).

    Raises:
        AdvertError: A text is no ``str``, or ``closes`` or ``interview_date`` is no date.

    >>> advert = Advert("Essential\n• Full driving licence\n\nWhat we offer\n• A van")
    >>> for section in advert.sections:
    ...     print(section.kind, section.priority, [line.text for line in section.body])
    requirements essential ['Full driving licence']
    benefits  ['A van']
    >>> line = advert.lines[1]
    >>> advert.text[line.start : line.end]
    'Full driving licence'
    """

    text: str = attrs.field(validator=_text)
    title: str = attrs.field(default="", kw_only=True, validator=_text)
    employer: str = attrs.field(default="", kw_only=True, validator=_text)
    location: str = attrs.field(default="", kw_only=True, validator=_text)
    closes: dt.date | None = attrs.field(default=None, kw_only=True, validator=_date)
    interview_date: dt.date | None = attrs.field(default=None, kw_only=True, validator=_date)
    source: str = attrs.field(default="", kw_only=True, validator=_text)

    @cached_property  # attrs gives it a slot of its own, outside the fields
    def _shape(self) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
        return read_shape(self.text)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines that hold words, in the order of reading."""
        return self._shape[0]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, in the order of reading; together they hold every line once."""
        return self._shape[1]
