"""The words of a pack: dates, years, counts, kinds and states as a British reader expects them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from starkit.grammar import cut_at_phrase

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# White space of any kind, line breaks and no-break spaces among them.
_SPACE = re.compile(r"\s+")
# Marks that turn the direction of whatever follows them, past the text that they stand in.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Escape sequences, bells and the like: a terminal would obey them and HTML forbids them.
_FORBIDDEN = {"Cc", "Cs"}


def plain(text: str) -> str:
    r"""Return a user's text on one line, without what would steer a terminal or break a page.

    >>> plain("Ability to\n lead \x1b[31m a team")
    'Ability to lead [31m a team'
    """
    return inside(text).strip()


def inside(text: str) -> str:
    r"""Return ``plain`` text that keeps one space at either end, for a piece of a longer text.

    >>> inside("of\nthe ")
    'of the '
    """
    spaced = _SPACE.sub(" ", text.translate(_TURNING))
    kept = "".join(char for char in spaced if unicodedata.category(char) not in _FORBIDDEN)
    return _SPACE.sub(" ", kept)


def shortened(text: str, longest: int) -> str:
    """Return a text cut at a phrase's or a word's end, with an ellipsis for what is left out.

    Args:
        text: A text on one line.
        longest: Most characters, not counting the ellipsis.

    >>> shortened("Take charge of the shift", 16), shortened("Rota", 16)
    ('Take charge of …', 'Rota')
    """
    if len(text) <= longest:
        return text
    return f"{cut_at_phrase(text, longest)} …"


_LOWER_NAME = re.compile(r"\W*[a-z]+(?:[A-Z\d./@_]\w)")


def begun(text: str) -> str:
    """Return a text as it stands in a line of its own: with a capital, but for a name like "iOS".

    >>> begun("have restrung a concert grand"), begun("iOS apps"), begun("e-mail")
    ('Have restrung a concert grand', 'iOS apps', 'E-mail')
    """
    first = text.split(" ", 1)[0]
    return text if _LOWER_NAME.match(first) else f"{text[:1].upper()}{text[1:]}"


def british_date(day: dt.date) -> str:
    """Return a date in full, whatever the machine's locale.

    >>> british_date(dt.date(2026, 12, 29))
    'Tuesday 29 December 2026'
    """
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "story", "stories"), counted(0, "point")
    ('1 story', '0 points')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def joined(parts: Sequence[str], word: str = "and") -> str:
    """Return a list in words.

    >>> joined(["Polish", "Urdu"], "or"), joined(["a", "b", "c"])
    ('Polish or Urdu', 'a, b and c')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def years_asked(years: tuple[float, float | None] | None) -> str:
    """Return how long an experience has to be, in words; ``""`` when the advert does not say.

    >>> years_asked((3, None)), years_asked((1.5, None)), years_asked((2, 5)), years_asked((0, 2))
    ('3 years or more', '18 months or more', '2 to 5 years', 'up to 2 years')
    """
    if years is None:
        return ""
    least, most = years
    if most is None:
        return f"{_time(least)} or more"
    if not least:
        return f"up to {_time(most)}"
    if least == most:
        return _time(least)
    if float(least).is_integer() and float(most).is_integer():
        return f"{least:g} to {_time(most)}"
    return f"{_time(least)} to {_time(most)}"


def _time(years: float) -> str:
    months = round(years * 12)
    if months % 12 and months < 36:
        return counted(months, "month")
    return f"{years:g} year" + ("" if years == 1 else "s")


def spoken_time(seconds: float) -> str:
    """Return how long something takes to say, rounded as a person would.

    >>> spoken_time(8), spoken_time(52), spoken_time(97), spoken_time(119)
    ('about 10 seconds', 'about 50 seconds', 'about 1½ minutes', 'about 2 minutes')
    """
    if seconds < 55:
        return f"about {max(10, round(seconds / 10) * 10)} seconds"
    halves = round(seconds / 30)
    number = f"{halves // 2}{'½' if halves % 2 else ''}"
    return f"about {number} minute{'' if halves == 2 else 's'}"
