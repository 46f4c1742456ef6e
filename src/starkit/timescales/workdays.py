"""Working days by country and region: weekends and public holidays, from the library holidays."""

import datetime
import difflib
from collections.abc import Iterable
from functools import cache, lru_cache

import attrs
import holidays
from holidays.registry import COUNTRIES

from starkit.errors import PlaceError, PluginError
from starkit.plugins import HOLIDAYS, called, loaded
from starkit.plugins import names as plugin_names

# The whole of a country has only the holidays that all of its parts share. For the United Kingdom
# those leave out Easter Monday and the August bank holiday, on which next to nobody picks up the
# telephone in England; so where no part is named, England's holidays are used.
_USUAL_PART = {"GB": "ENG"}

# Looked up only to name the right code in an error: a part is not given as a country.
_PARTS_TAKEN_FOR_COUNTRIES = {
    "ENGLAND": "GB",
    "SCOTLAND": "GB",
    "WALES": "GB",
    "NORTHERN IRELAND": "GB",
    "GREAT BRITAIN": "GB",
}

_DAY = datetime.timedelta(days=1)


@cache
def _codes() -> dict[str, str]:
    """Every name that a country goes by, in capitals, with its ISO 3166 code of two letters."""
    codes = {}
    for module, (_, code, *others) in COUNTRIES.items():
        for name in (code, *others, module.replace("_", " ").upper()):
            codes[name] = code
    return codes


def _country(value: object) -> str:
    if not isinstance(value, str):
        raise PlaceError("country", value, _nearest("UK", _codes()))
    if value in plugin_names(HOLIDAYS):
        return value
    names = _codes()
    name = " ".join(value.replace("_", " ").split()).upper()
    if name not in names:
        raise PlaceError("country", value, _nearest(name, names | _PARTS_TAKEN_FOR_COUNTRIES))
    return names[name]


def _nearest(name: str, names: dict[str, str]) -> tuple[str, ...]:
    if name in names:
        return (names[name],)
    near = difflib.get_close_matches(name, names, n=5, cutoff=0.5)
    # A code has no room for likeness: share its first letter rather than name nothing.
    near = near or sorted(code for code in set(names.values()) if code[:1] == name[:1])[:5]
    return tuple(dict.fromkeys(names[item] for item in near))


@cache
def _parts(country: str) -> dict[str, str]:
    """Every name that a part of a country goes by, in capitals, with the code holidays uses."""
    if country in plugin_names(HOLIDAYS):
        return {}
    listed = holidays.country_holidays(country)
    parts = {code.upper(): code for code in listed.subdivisions}
    parts |= {f"{country}-{code}".upper(): code for code in listed.subdivisions}
    aliases = getattr(listed, "subdivisions_aliases", {})
    return {name.upper(): code for name, code in aliases.items()} | parts


def _part(country: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    parts = _parts(country)
    name = " ".join(value.split()).upper() if isinstance(value, str) else ""
    if name not in parts:
        nearest = _nearest(name, parts) or tuple(dict.fromkeys(parts.values()))[:8]
        raise PlaceError(f"part of {country}", value, nearest)
    return parts[name]


@lru_cache(maxsize=256)
def _days_off(country: str, part: str | None, year: int) -> frozenset[datetime.date]:
    """The weekends and public holidays of one year."""
    if country in plugin_names(HOLIDAYS):
        return _days_off_of_plugin(country, year)
    # A holiday that falls on a weekend may be observed in the year before or after its own.
    years = [near for near in (year - 1, year, year + 1) if datetime.MINYEAR <= near <= 9999]
    listed = holidays.country_holidays(
        country, subdiv=part or _USUAL_PART.get(country), years=years, expand=False
    )
    first = datetime.date(year, 1, 1)
    every = (first + _DAY * count for count in range(365 + _leap(year)))
    return frozenset(day for day in every if listed.is_weekend(day) or day in listed)


def _days_off_of_plugin(name: str, year: int) -> frozenset[datetime.date]:
    """Saturdays and Sundays, and the days that a calendar of another package names."""
    days = called(HOLIDAYS, name, loaded(HOLIDAYS, name), year)
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise PluginError(HOLIDAYS, name, f"it gives {days!r}", "give the dates of its days off")
    off = called(HOLIDAYS, name, set, days)  # a generator fails when it is read
    for day in off:
        # A datetime is a date, too, but never equal to one: it would be no day off.
        if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
            raise PluginError(HOLIDAYS, name, f"it gives {day!r}", "give datetime.date values")
    first = datetime.date(year, 1, 1)
    every = {first + _DAY * count for count in range(365 + _leap(year))}
    weekends = {day for day in every if day.weekday() > 4}
    if every <= off | weekends:
        raise PluginError(
            HOLIDAYS, name, f"it leaves no working day in {year}", "give days off only"
        )
    return frozenset(off | weekends)


def _leap(year: int) -> int:
    return int(year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


@attrs.frozen
class WorkingDays:
    """The working days of a country, or of a part of it: neither weekend nor public holiday.

    The weekend is the country's own (Friday and Saturday in Egypt). A weekend day that a country
    declares a working day, to make up for a bridge day, counts as weekend all the same: nobody
    counts on it.

    Attributes:
        country: ISO 3166 code; the three-letter code, ``UK`` or the English name will do. Or the
            name of a calendar that another package adds (``docs/plugins.md``), as it stands.
        subdiv: Code or name of a part (``"SCT"``, ``"Scotland"``, ``"GB-SCT"``), or ``None``: the
            holidays of the whole country, and for the United Kingdom those of England.

    Raises:
        PlaceError: The country or the part is not known; the nearest codes are named.

    >>> days = WorkingDays("GB", "Scotland")
    >>> days
    WorkingDays(country='GB', subdiv='SCT')
    >>> days.on_or_after(datetime.date(2026, 12, 27))  # a Sunday; Monday is Boxing Day observed
    datetime.date(2026, 12, 29)
    """

    country: str = attrs.field(default="GB", converter=_country)
    subdiv: str | None = None

    def __attrs_post_init__(self) -> None:
        # No converter: which parts there are depends on the country.
        object.__setattr__(self, "subdiv", _part(self.country, self.subdiv))

    def is_working(self, day: datetime.date) -> bool:
        """Tell whether ``day`` is neither weekend nor public holiday.

        >>> WorkingDays("EG").is_working(datetime.date(2026, 12, 18))  # a Friday
        False
        """
        return day not in _days_off(self.country, self.subdiv, day.year)

    def on_or_after(self, day: datetime.date) -> datetime.date:
        """Return ``day`` if it is a working day, else the next one.

        Raises:
            OverflowError: The calendar ends before the next working day.
        """
        while not self.is_working(day):
            day += _DAY
        return day

    def on_or_before(self, day: datetime.date) -> datetime.date:
        """Return ``day`` if it is a working day, else the last one before.

        Raises:
            OverflowError: The calendar begins after the last working day.
        """
        while not self.is_working(day):
            day -= _DAY
        return day

    def later(self, day: datetime.date, count: int) -> datetime.date:
        """Return the ``count``-th working day after ``day``; ``day`` itself for 0.

        Raises:
            OverflowError: The calendar ends before that.

        >>> WorkingDays().later(datetime.date(2026, 12, 17), 10)
        datetime.date(2027, 1, 5)
        """
        for _ in range(count):
            day = self.on_or_after(day + _DAY)
        return day

    def week(self, day: datetime.date) -> tuple[datetime.date, ...]:
        """Return the days, holidays included, that are no weekend in the working week of ``day``.

        A working week runs from the day after a weekend to the next weekend's last day, so that
        a weekend belongs to the week that it ends.

        >>> monday, *_, friday = WorkingDays().week(datetime.date(2026, 12, 20))
        >>> f"{monday:%a %d}", f"{friday:%a %d}"
        ('Mon 14', 'Fri 18')
        """
        near = [day + _DAY * count for count in range(7)]
        weekend = {item.weekday() for item in near if self._is_weekend(item)}
        begins = [n for n in range(7) if n not in weekend and (n - 1) % 7 in weekend]
        first = day - _DAY * ((day.weekday() - min(begins, default=0)) % 7)
        days = (first + _DAY * count for count in range(7))
        return tuple(item for item in days if item.weekday() not in weekend)

    def _is_weekend(self, day: datetime.date) -> bool:
        if self.country in plugin_names(HOLIDAYS):
            return day.weekday() > 4
        return holidays.country_holidays(
            self.country, subdiv=self.subdiv, years=day.year
        ).is_weekend(day)
