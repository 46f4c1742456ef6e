"""Every number that the rules need, in one frozen value that a user can replace."""

from typing import Any

import attrs

from starkit.errors import PolicyError


def _at_least(low: float) -> Any:
    def check(_: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
        if not value >= low:
            raise PolicyError(attribute.name, value, f"{low} or more")

    return check


def _between(low: float, high: float) -> Any:
    def check(_: object, attribute: "attrs.Attribute[Any]", value: float) -> None:
        if not low <= value <= high:
            raise PolicyError(attribute.name, value, f"{low} to {high}")

    return check


def _number(default: Any, *, rule: str, source: str, check: Any) -> Any:
    return attrs.field(default=default, validator=check, metadata={"rule": rule, "source": source})


@attrs.frozen(kw_only=True)
class Policy:
    """The numbers behind the rules; ``attrs.evolve`` makes a policy of your own.

    The field's metadata names the rule and says whether the number stands in the source article
    or is our reading of it.

    Attributes:
        points_per_piece: Most points in one piece of an answer (A6).
        closing_min: Fewest closing questions (A7).
        closing_max: Most closing questions (A7).
        options_wanted: Different stories wanted behind each requirement (A4).
        grace_days: Calendar days added to the employer's timescale (A17).
        answers_from: Score, 0-100, from which a story *answers* a requirement.
        may_answer_from: Score, 0-100, from which a story *may answer* a requirement.
        words_per_minute: Spoken words a minute.
        shortest_answer_seconds: Shortest story, in spoken seconds, that is not told to say more.
        longest_answer_seconds: Longest spoken answer, in seconds.
        action_share: Share of a story's words, 0-1, that tells the action.
        action_share_low: Share of action, 0-1, below which a story is told so.
        action_share_high: Share of action, 0-1, above which a story is told so.
        last_resort_likelihood: Likelihood, 0-1, of getting this job at question 3 (A22).
        early_leavers: The article's claim: share of people hired who have left early (A30).
        second_choice_days: Ends of the second-choice windows, days after the decision (A33).

    Raises:
        PolicyError: A number is outside its range.

    >>> DEFAULT_POLICY.points_per_piece
    5
    >>> attrs.evolve(DEFAULT_POLICY, points_per_piece=3).points_per_piece
    3
    >>> attrs.fields(Policy).grace_days.metadata["rule"]
    'A17'
    """

    points_per_piece: int = _number(5, rule="A6", source="article", check=_at_least(1))
    closing_min: int = _number(
        3, rule="A7", source="reading of 'close with 3/5 questions'", check=_at_least(1)
    )
    closing_max: int = _number(
        5, rule="A7", source="reading of 'close with 3/5 questions'", check=_at_least(1)
    )
    options_wanted: int = _number(
        2, rule="A4", source="reading of 'more than 1 option'", check=_at_least(1)
    )
    grace_days: int = _number(
        3, rule="A17", source="reading of 'they say a week, you call on day 10'", check=_at_least(0)
    )
    answers_from: float = _number(
        50.0, rule="A2", source="calibration, docs/concepts.md", check=_between(0, 100)
    )
    may_answer_from: float = _number(
        25.0, rule="A2", source="calibration, docs/concepts.md", check=_between(0, 100)
    )
    words_per_minute: int = _number(
        140, rule="beyond", source="usual pace of clear speech", check=_at_least(60)
    )
    shortest_answer_seconds: int = _number(
        20,
        rule="beyond",
        source="reading of 'one to two minutes': a third of one",
        check=_at_least(0),
    )
    longest_answer_seconds: int = _number(
        120, rule="beyond", source="interview guides: two minutes at most", check=_at_least(10)
    )
    action_share: float = _number(
        0.6, rule="beyond", source="STAR guides: about 60 % action", check=_between(0, 1)
    )
    action_share_low: float = _number(
        0.4, rule="beyond", source="STAR guides: weight on the action", check=_between(0, 1)
    )
    action_share_high: float = _number(
        0.8, rule="beyond", source="STAR guides: leave room for the result", check=_between(0, 1)
    )
    last_resort_likelihood: float = _number(
        0.2, rule="A22", source="article: 'less than 20 %'", check=_between(0, 1)
    )
    early_leavers: tuple[float, float] = _number(
        (0.10, 0.15), rule="A30", source="article: 'between 10 % and 15 %'", check=None
    )
    second_choice_days: tuple[int, int, int] = _number(
        (30, 91, 183),
        rule="A33",
        source="article: 'up to 30 days', '30 days and three months', 'up to six months'",
        check=None,
    )

    def __attrs_post_init__(self) -> None:
        if self.closing_min > self.closing_max:
            raise PolicyError(
                "closing_min", self.closing_min, f"closing_max ({self.closing_max}) or less"
            )
        if self.shortest_answer_seconds > self.longest_answer_seconds:
            raise PolicyError(
                "shortest_answer_seconds",
                self.shortest_answer_seconds,
                f"longest_answer_seconds ({self.longest_answer_seconds}) or less",
            )
        if self.may_answer_from > self.answers_from:
            raise PolicyError(
                "may_answer_from",
                self.may_answer_from,
                f"answers_from ({self.answers_from}) or less",
            )
        if not 0 <= self.early_leavers[0] <= self.early_leavers[1] <= 1:
            raise PolicyError("early_leavers", self.early_leavers, "two shares, 0 to 1, rising")
        if (
            not 0
            < self.second_choice_days[0]
            < self.second_choice_days[1]
            < self.second_choice_days[2]
        ):
            raise PolicyError("second_choice_days", self.second_choice_days, "three rising days")


DEFAULT_POLICY = Policy()
"""The policy that every function uses unless it is given another."""
