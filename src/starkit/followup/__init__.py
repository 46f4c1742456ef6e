"""Staying in contact: when, with whom, by which route, and whether to call at all (A14-A33)."""

from starkit.followup.agreements import Missed, ToAgree, missed_agreements, to_agree
from starkit.followup.application import (
    Agreement,
    Application,
    Channel,
    Contact,
    Outcome,
    Party,
    Stage,
    Step,
)
from starkit.followup.calls import Advice, Answers, CallDecision, Opening, Question, should_call
from starkit.followup.dates import contact_date, next_contact
from starkit.followup.plans import (
    FollowUpPlan,
    Touch,
    TouchPoint,
    calendar_text,
    plan_follow_up,
)
from starkit.followup.routes import Route, RouteStep, contact_route
from starkit.followup.second_choice import (
    Window,
    WindowDates,
    check_second_choice,
    early_leavers_claim,
    second_choice_window,
    second_choice_windows,
)

__all__ = [
    "Advice",
    "Agreement",
    "Answers",
    "Application",
    "CallDecision",
    "Channel",
    "Contact",
    "FollowUpPlan",
    "Missed",
    "Opening",
    "Outcome",
    "Party",
    "Question",
    "Route",
    "RouteStep",
    "Stage",
    "Step",
    "ToAgree",
    "Touch",
    "TouchPoint",
    "Window",
    "WindowDates",
    "calendar_text",
    "check_second_choice",
    "contact_date",
    "contact_route",
    "early_leavers_claim",
    "missed_agreements",
    "next_contact",
    "plan_follow_up",
    "second_choice_window",
    "second_choice_windows",
    "should_call",
    "to_agree",
]
