import attrs
import pytest

from starkit.errors import PolicyError
from starkit.policy import DEFAULT_POLICY, Policy


def test_every_number_names_its_rule_and_source():
    """Where the article is silent, the reading is documented beside the number."""
    unsourced = [
        field.name
        for field in attrs.fields(Policy)
        if not field.metadata.get("rule") or not field.metadata.get("source")
    ]

    assert unsourced == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("points_per_piece", 0),
        ("closing_min", 6),
        ("grace_days", -1),
        ("answers_from", 101),
        ("may_answer_from", 51),
        ("action_share", 1.5),
        ("early_leavers", (0.2, 0.1)),
        ("second_choice_days", (30, 20, 180)),
        ("words_per_minute", float("nan")),
    ],
)
def test_number_outside_its_range_is_refused(field, value):
    """A policy says which number is wrong and what is allowed."""
    with pytest.raises(PolicyError, match=field):
        attrs.evolve(DEFAULT_POLICY, **{field: value})


def test_policy_can_be_replaced_but_not_changed():
    """A policy is a value: another one is made with evolve."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        DEFAULT_POLICY.grace_days = 4

    assert attrs.evolve(DEFAULT_POLICY, grace_days=4).grace_days == 4
