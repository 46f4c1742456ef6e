"""Whom to contact, by which steps (A25-A29)."""

from collections.abc import Callable

import attrs

from starkit.followup.application import Application, Channel, Party, Stage, Step


@attrs.frozen
class RouteStep:
    """One step of a route.

    Attributes:
        step: Which step; the name under which it is marked as tried.
        whom: Who is contacted.
        what: What to do.
        rule: The rule's number.
        tried: Whether it has been taken.

    >>> step = RouteStep("remind_recruiter", "recruiter", "Remind them.", "A27", tried=True)
    >>> step.whom
    <Party.RECRUITER: 'recruiter'>
    >>> print(step)
    Remind them. (A27, done)
    """

    step: Step = attrs.field(converter=Step)
    whom: Party = attrs.field(converter=Party)
    what: str
    rule: str
    tried: bool = False

    def __str__(self) -> str:
        return f"{self.what} ({self.rule}{', done' if self.tried else ''})"


_IN_THE_INTERVIEW = frozenset({Step.AGREE_WITH_EMPLOYER, Step.TELL_RECRUITER})


@attrs.frozen
class Route:
    """The steps to whoever decides, in order; none is skipped (A27).

    Attributes:
        steps: All steps, tried or not.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="recruiter", stage="decision",
    ...     tried=("ask_recruiter",),
    ... )
    >>> route = contact_route(application)
    >>> [str(step.step) for step in route.steps], str(route.next.step)
    (['ask_recruiter', 'remind_recruiter', 'go_direct'], 'remind_recruiter')
    """

    steps: tuple[RouteStep, ...]

    @property
    def next(self) -> RouteStep | None:
        """The first step that has not been tried; ``None`` when all have."""
        return next((step for step in self.steps if not step.tried), None)

    @property
    def contact(self) -> RouteStep:
        """The step to take when you make contact: the first not tried, or the last again.

        What belongs into the interview, to agree and to pass on, is no step of this kind.
        """
        steps = [step for step in self.steps if step.step not in _IN_THE_INTERVIEW]
        return next((step for step in steps if not step.tried), steps[-1])

    @property
    def skipped(self) -> tuple[RouteStep, ...]:
        """Steps that were passed over: not tried, though a later one was (A27)."""
        tried = [number for number, step in enumerate(self.steps) if step.tried]
        if not tried:
            return ()
        return tuple(step for step in self.steps[: tried[-1]] if not step.tried)

    def __str__(self) -> str:
        return "\n".join(f"{number}. {step}" for number, step in enumerate(self.steps, 1))


def contact_route(application: Application) -> Route:
    """Return whom to contact, step by step, with what has been tried marked (A25-A29).

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="introducer", stage="interview"
    ... )
    >>> print(contact_route(application))
    1. Agree process and timescale with Harbour Foods. (A28)
    2. Ask Harbour Foods for news once the timescale has passed. (A28)
    3. Take feedback through whoever introduced you. (A28)
    """
    steps = _ROUTES[application.channel](application)
    tried = set(application.tried)
    return Route(tuple(attrs.evolve(step, tried=step.step in tried) for step in steps))


def _through_recruiter(application: Application) -> tuple[RouteStep, ...]:
    employer = application.employer
    remind = RouteStep(
        Step.REMIND_RECRUITER,
        Party.RECRUITER,
        "Remind the recruiter, if they have not brought an answer.",
        "A27",
    )
    if application.stage is Stage.APPLIED:
        ask = RouteStep(
            Step.ASK_RECRUITER,
            Party.RECRUITER,
            "Ask the recruiter for news: they own the process until you are in front of the employer.",
            "A25",
        )
        return ask, remind
    direct = RouteStep(
        Step.GO_DIRECT,
        Party.EMPLOYER,
        f"Go direct to {employer}, and tell the recruiter that you do.",
        "A27",
    )
    if application.stage is Stage.DECISION:
        ask = RouteStep(
            Step.ASK_RECRUITER,
            Party.RECRUITER,
            f"Ask the recruiter to bring you the feedback of {employer}.",
            "A26",
        )
        return ask, remind, direct
    return (
        RouteStep(
            Step.AGREE_WITH_EMPLOYER,
            Party.EMPLOYER,
            f"Agree process, timescale and path with {employer}.",
            "A26",
        ),
        RouteStep(
            Step.TELL_RECRUITER,
            Party.RECRUITER,
            "Tell the recruiter what was agreed, and let them drive it.",
            "A26",
        ),
        RouteStep(
            Step.ASK_RECRUITER,
            Party.RECRUITER,
            "Ask the recruiter for news once the timescale has passed.",
            "A26",
        ),
        remind,
        direct,
    )


def _through_introducer(application: Application) -> tuple[RouteStep, ...]:
    employer = application.employer
    feedback = RouteStep(
        Step.ASK_INTRODUCER,
        Party.INTRODUCER,
        "Take feedback through whoever introduced you.",
        "A28",
    )
    if application.stage is not Stage.INTERVIEW:
        return (feedback,)
    return (
        RouteStep(
            Step.AGREE_WITH_EMPLOYER,
            Party.EMPLOYER,
            f"Agree process and timescale with {employer}.",
            "A28",
        ),
        RouteStep(
            Step.ASK_EMPLOYER,
            Party.EMPLOYER,
            f"Ask {employer} for news once the timescale has passed.",
            "A28",
        ),
        feedback,
    )


def _direct(application: Application) -> tuple[RouteStep, ...]:
    employer = application.employer
    asked_for = "feedback" if application.stage is Stage.DECISION else "news"
    ask = RouteStep(Step.ASK_EMPLOYER, Party.EMPLOYER, f"Ask {employer} for {asked_for}.", "A29")
    if application.stage is not Stage.INTERVIEW:
        return (ask,)
    agree = RouteStep(
        Step.AGREE_WITH_EMPLOYER,
        Party.EMPLOYER,
        f"Agree process and timescale with {employer}.",
        "A29",
    )
    return agree, ask


_ROUTES: dict[Channel, Callable[[Application], tuple[RouteStep, ...]]] = {
    Channel.RECRUITER: _through_recruiter,
    Channel.INTRODUCER: _through_introducer,
    Channel.DIRECT: _direct,
}
