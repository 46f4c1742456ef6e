import html
import json

import pytest

from starkit.files.jobposting import best_posting, postings_in

DESCRIPTION = "<p>You will cook.</p><ul><li>Pastry</li><li>Grill</li></ul>"
POSTING = {"@type": "JobPosting", "title": "Cook", "description": DESCRIPTION}


def read(posting, title="Cook"):
    """Return the posting in a block."""
    block = posting if isinstance(posting, str) else json.dumps(posting)
    return best_posting(postings_in(block), title=title)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(POSTING, id="plain"),
        pytest.param([POSTING], id="list"),
        pytest.param([[{"@type": "WebSite"}, POSTING]], id="list in list"),
        pytest.param({"@graph": [{"@type": "WebPage"}, POSTING]}, id="graph"),
        pytest.param({"@graph": {"@graph": [POSTING]}}, id="graph in graph"),
        pytest.param({"@type": "WebPage", "mainEntity": POSTING}, id="main entity"),
        pytest.param({"@type": "ItemList", "itemListElement": [{"item": POSTING}]}, id="item list"),
        pytest.param(POSTING | {"@type": ["Thing", "JobPosting"]}, id="types"),
        pytest.param(POSTING | {"@type": "https://schema.org/JobPosting"}, id="address"),
        pytest.param(POSTING | {"@type": "schema:JobPosting"}, id="prefix"),
        pytest.param(f"<!--{json.dumps(POSTING)}-->", id="comment"),
        pytest.param(f"//<![CDATA[\n{json.dumps(POSTING)}\n//]]>", id="cdata"),
        pytest.param(f"{json.dumps(POSTING)};", id="semicolon"),
        pytest.param(json.dumps(POSTING)[:-1] + ",}", id="comma"),
        pytest.param(
            json.dumps(POSTING).replace("You will", "You\nwill"), id="line end in a string"
        ),
        pytest.param(html.escape(json.dumps(POSTING)), id="escaped block"),
        pytest.param(POSTING | {"description": html.escape(DESCRIPTION)}, id="escaped"),
        pytest.param(
            POSTING | {"description": {"@value": DESCRIPTION, "@language": "en"}}, id="value"
        ),
        pytest.param(
            POSTING | {"description": ["You will cook.", "<ul><li>Pastry<li>Grill</ul>"]},
            id="texts",
        ),
        pytest.param(
            POSTING | {"description": html.escape(html.escape(DESCRIPTION))}, id="escaped twice"
        ),
        pytest.param(
            POSTING | {"description": "You will cook.\\n\\n• Pastry\\n• Grill"},
            id="line ends escaped",
        ),
    ],
)
def test_posting_is_found(block):
    """Wherever it stands and however it is wrapped, the posting is read with its lines."""
    found = read(block)

    assert found.title == "Cook"
    assert found.text == "You will cook.\n\n• Pastry\n• Grill"


@pytest.mark.parametrize(
    ("field", "value", "added"),
    [
        (
            "qualifications",
            "A food hygiene certificate",
            "Qualifications\nA food hygiene certificate",
        ),
        (
            "qualifications",
            "<ul><li>NVQ 2</li><li>A van</li></ul>",
            "Qualifications\n• NVQ 2\n• A van",
        ),
        ("qualifications", ["NVQ 2", "A van"], "Qualifications\n• NVQ 2\n• A van"),
        ("qualifications", [{"name": "NVQ 2"}, ["A van"]], "Qualifications\n• NVQ 2\n• A van"),
        (
            "skills",
            ["Knives", {"@type": "DefinedTerm", "name": "Stocks"}],
            "Skills\n• Knives\n• Stocks",
        ),
        ("skills", "Knives", "Skills\nKnives"),
        ("experienceRequirements", "Two years in a kitchen", "Experience\nTwo years in a kitchen"),
        (
            "experienceRequirements",
            {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
            "Experience\nAt least 2 years of experience",
        ),
        (
            "experienceRequirements",
            {"monthsOfExperience": "18"},
            "Experience\nAt least 18 months of experience",
        ),
        (
            "educationRequirements",
            {"@type": "EducationalOccupationalCredential", "credentialCategory": "high school"},
            "Education\nHigh school",
        ),
        ("responsibilities", "Order the fish", "Responsibilities\nOrder the fish"),
    ],
)
def test_other_properties_are_read_under_a_heading(field, value, added):
    """What stands beside the description, as text, list or thing, is a part of the advert."""
    assert read(POSTING | {field: value}).text.endswith(f"\n\n{added}")


@pytest.mark.parametrize(
    ("description", "field", "value"),
    [
        ("You hold an NVQ 2 and cook.", "qualifications", "NVQ 2"),
        ("You have 2 years in kitchens.", "experienceRequirements", {"monthsOfExperience": 24}),
        ("You have two years in kitchens.", "experienceRequirements", {"monthsOfExperience": 24}),
        (
            "You have a degree in food.",
            "educationRequirements",
            {"credentialCategory": "bachelor degree"},
        ),
        ("You cook.", "educationRequirements", {"credentialCategory": None}),
        ("You cook.", "experienceRequirements", {"monthsOfExperience": -3}),
        ("You cook.", "experienceRequirements", {"monthsOfExperience": "some"}),
        ("You cook.", "skills", [None, 4, True, {}, [], {"name": 5}, ""]),
    ],
)
def test_nothing_is_said_twice_or_made_up(description, field, value):
    """A property that the description has already, or that says nothing, adds nothing."""
    assert (
        read({"@type": "JobPosting", "description": description, field: value}).text == description
    )


@pytest.mark.parametrize(
    ("organisation", "employer"),
    [
        ("Hall Hotel", "Hall Hotel"),
        ({"@type": "Organization", "name": "Hall &amp; Co"}, "Hall & Co"),
        ([{"name": "Hall Hotel"}, {"name": "Other"}], "Hall Hotel"),
        ({"legalName": "Hall Ltd"}, "Hall Ltd"),
        ({"name": {"@value": "Hall Hotel"}}, "Hall Hotel"),
        (None, ""),
        (17, ""),
    ],
)
def test_employer(organisation, employer):
    """The employer is a text, a thing with a name, or a list of them."""
    assert read(POSTING | {"hiringOrganization": organisation}).employer == employer


@pytest.mark.parametrize(
    ("posting", "place"),
    [
        (
            {
                "jobLocation": {
                    "address": {"addressLocality": "Leeds", "addressRegion": "Yorkshire"}
                }
            },
            "Leeds, Yorkshire",
        ),
        (
            {"jobLocation": [{"address": "Leeds"}, {"address": "York"}, {"address": "Leeds"}]},
            "Leeds; York",
        ),
        ({"jobLocation": "Leeds"}, "Leeds"),
        ({"jobLocationType": "TELECOMMUTE"}, "Remote"),
        ({"jobLocation": {"address": {"addressCountry": {"name": "UK"}}}}, "UK"),
        ({"jobLocation": []}, ""),
    ],
)
def test_place(posting, place):
    """Places of work, in the ways that they are written."""
    assert read(POSTING | posting).location == place


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-12-06", "2026-12-06"),
        ("2026-12-06T23:59:00Z", "2026-12-06"),
        ("2026-13-45", None),
        ("soon", None),
        (5, None),
    ],
)
def test_closing_date(date, expected):
    """A date that can be read is one; any other is none."""
    closes = read(POSTING | {"validThrough": date}).closes

    assert expected == (closes and closes.isoformat())


def test_posting_that_the_page_is_about():
    """Among several postings, the one that the page's title names is read."""
    other = POSTING | {"title": "Porter", "description": "You carry bags. " * 40}

    assert read([other, POSTING], title="Cook | Jobs").title == "Cook"


@pytest.mark.parametrize(
    "block", ["", "{", "[1, 2", '{"@type": "JobPosting"', "null", "[" * 100_000, '{"a":' * 50_000]
)
def test_broken_blocks_hold_nothing(block):
    """A block that is no JSON, or nested without end, holds no posting."""
    assert list(postings_in(block)) == []
