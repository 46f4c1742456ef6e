import random

import pytest

from starkit.files.printed import Print, printed_text
from timing import cpu_seconds

LEADING = 12.0


def column(*lines, x=50.0, top=700.0, size=10.0, leading=LEADING):
    """Return lines of print under each other; ``None`` leaves a line free."""
    return [
        Print(x, top - leading * place, 5.0 * len(line), size, line)
        for place, line in enumerate(lines)
        if line is not None
    ]


PROSE = (
    "The post holder will keep accurate records of every",
    "visit and will write to the families of patients who",
    "cannot be reached by telephone during the day. They",
    "will take part in audit and in quality improvement.",
    "They will supervise students, new starters and those",
    "who are with us on placement from the university.",
)
OTHER = (
    "You must hold a full driving licence and have the",
    "use of a car for work. We are looking for somebody",
    "who is patient and calm with people in distress and",
    "who can prioritise a workload that changes from one",
    "hour to the next. Experience of the community is an",
    "advantage, and so is a second language.",
)


def test_wrapped_lines_are_one_paragraph():
    """Lines that fill a column are one line of the text."""
    assert printed_text([column(*PROSE)]) == " ".join(PROSE)


def test_short_lines_stay_apart():
    """Facts under each other do not run into one another."""
    facts = ("Salary: £30,000", "Hours: 37 a week", "Base: Leeds", "Closing date: 6 December 2026")

    assert printed_text([column(*facts, *PROSE)]).split("\n")[:4] == list(facts)


def test_columns_are_read_one_after_the_other():
    """The right column follows the left one, though their lines stand side by side."""
    page = [*column(*PROSE), *column(*OTHER, x=330.0)]

    assert printed_text([page]) == f"{' '.join(PROSE)}\n\n{' '.join(OTHER)}"


def test_columns_need_no_common_baseline():
    """Lines of two columns that stand a little higher or lower keep their own distances."""
    page = [*column(*PROSE), *column(*OTHER, x=330.0, top=697.0)]

    assert " ".join(OTHER) in printed_text([page])


def test_title_over_two_columns():
    """What runs over both columns is read before what stands below it, and ends them."""
    title = Print(50, 730, 400, 16, "Community nurse for the valley and the villages beyond it")
    note = Print(
        50,
        500,
        420,
        10,
        "We are an equal opportunities employer and welcome applications from all.",
    )
    page = [*column(*PROSE), *column(*OTHER, x=330.0), title, note]

    lines = [line for line in printed_text([page]).split("\n") if line]

    assert lines == [title.text, " ".join(PROSE), " ".join(OTHER), note.text]


def test_order_of_drawing_does_not_matter():
    """A page says where things stand; programs draw them in any order."""
    page = [*column(*PROSE), *column(*OTHER, x=330.0)]
    shuffled = random.Random(4).sample(page, len(page))

    assert printed_text([shuffled]) == printed_text([page])


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (
            "The post holder will take part in quality improve-",
            "ment of every ward and department.",
            "improvement",
        ),
        (
            "We use a system for patient records that is comput-",
            "erised and for which training is given.",
            "computerised",
        ),
        (
            "You will provide holistic care that is evidence-",
            "based and kind in every single place.",
            "evidence-based",
        ),
        (
            "You will set up and run our new multi\u00ad",
            "disciplinary meetings with other teams.",
            "multidisciplinary",
        ),
    ],
)
def test_divided_words_are_whole_again(first, second, word):
    """A hyphen at the end of a line goes where it divides a word, and stays where it joins two."""
    assert word in printed_text([column(first, second)])


def test_items_of_a_list():
    """A bullet with room after it belongs to its item, and the item's further lines do as well."""
    page = [
        Print(50, 700, 4, 10, "•"),
        Print(62, 700, 240, 10, "Experience of nursing adults in a hospital, as a"),
        Print(62, 688, 120, 10, "registrant or on placement"),
        Print(50, 674, 4, 10, "•"),
        Print(62, 674, 90, 10, "Calm and patient"),
    ]

    assert printed_text([page]) == (
        "• Experience of nursing adults in a hospital, as a registrant or on placement\n• Calm and patient"
    )


def rows(*lines, columns=(50.0, 330.0, 420.0, 500.0), top=700.0, leading=18.0):
    """Return the rows of a table, one line each."""
    return [
        Print(x, top - leading * place, 5.0 * len(cell), 10, cell)
        for place, cells in enumerate(lines)
        for x, cell in zip(columns, cells, strict=True)
        if cell
    ]


def test_table_has_tabs_between_its_cells():
    """The cells of a row stand on one line, those that are empty too."""
    page = rows(
        ("Criteria", "Essential", "Desirable", "Assessed"),
        ("Degree in nursing", "✓", "", "A/C"),
        ("Venepuncture", "", "✓", "A/I"),
        ("NMC registration", "✓", "", "A/C"),
    )

    assert printed_text([page]).split("\n") == [
        "Criteria\tEssential\tDesirable\tAssessed",
        "Degree in nursing\t✓\t\tA/C",
        "Venepuncture\t\t✓\tA/I",
        "NMC registration\t✓\t\tA/C",
    ]


@pytest.mark.parametrize("beside", [0, 1], ids=["top", "bottom"])
def test_cell_of_two_lines(beside):
    """A cell that was wrapped is whole, wherever its neighbours stand."""
    page = [
        *rows(("Excel", "✓"), columns=(50.0, 330.0)),
        Print(50, 680, 230, 10, "Experience of nursing adults in an acute hospital"),
        Print(50, 668, 130, 10, "or in the community"),
        Print(330, 680 - 12 * beside, 8, 10, "✓"),
        *rows(("Word", "✓"), columns=(50.0, 330.0), top=650.0),
    ]

    assert printed_text([page]).split("\n") == [
        "Excel\t✓",
        "Experience of nursing adults in an acute hospital or in the community\t✓",
        "Word\t✓",
    ]


def test_wide_columns_of_essential_and_desirable():
    """Two columns of lists are read one after the other, each below its heading."""
    left = (
        "Essential",
        "• Degree in nursing or equal",
        "• NMC registration, current",
        "• Care of adults in hospital",
    )
    right = (
        "Desirable",
        "• Venepuncture and cannulation",
        "• Experience of audit work",
        "• A second local language",
    )
    more = ("• Calm in the face of pressure", "• Good written English skills")
    page = [*column(*left, *more), *column(*right, *more, x=300.0)]

    assert printed_text([page]).split("\n") == [*left, *more, "", *right, *more]


def test_last_column_of_a_table_is_no_column_of_text():
    """Cells with cells beside them are read with their row, however many words they have."""
    lines = [
        ("Skills", "Able to use software of the practice", "Familiar with one more program"),
        ("Training", "Current registration with the GDC", "Certificate in the use of X-rays"),
        ("Cover", "Up-to-date immunisation of all sorts", "Own cover for such a practice"),
        ("Work", "One year in a dental practice or more", "Experience of implants or braces"),
        ("Person", "Gentle with all and always punctual", "Fluent in one more local language"),
        ("Other", "Willing to work in two of our towns", "Own car for work in other places"),
    ]

    text = printed_text([rows(*lines, columns=(50.0, 120.0, 330.0))])

    assert text.split("\n") == ["\t".join(cells) for cells in lines]


def test_table_in_the_right_column():
    """Its cells stand further in than the margin of the column, which still is one."""
    cells = [(f"Ability to do thing {number} well", "E") for number in range(8)]
    table = rows(*cells, columns=(330.0, 520.0), top=670.0, leading=15.0)
    heading = column("Skills of the person", x=325.0)

    text = printed_text([[*column(*PROSE, *OTHER), *heading, *table]])

    assert text.split("\n\n") == [
        " ".join((*PROSE, *OTHER)),
        "Skills of the person",
        "\n".join("\t".join(row) for row in cells),
    ]


def test_empty_column_on_another_page():
    """A table goes on with its columns where one of them is empty."""
    first = rows(("Criteria", "Essential", "Desirable", "Assessed"), ("Excel", "", "✓", "I"))
    second = rows(("Word", "✓", "", "T"), ("Access", "✓", "", "T"))

    assert printed_text([first, second]).split("\n")[-2:] == ["Word\t✓\t\tT", "Access\t✓\t\tT"]


def test_paragraph_left_of_a_list():
    """A line that begins left of an item's words ends the list; the item's own lines do not."""
    item = "Knowledge of the procedures against terrorism of"
    page = [
        Print(50, 700, 4, 10, "•"),
        Print(62, 700, 240, 10, item),
        Print(62, 688, 235, 10, "ACT, and the ability to explain them to others"),
        Print(46, 676, 240, 10, "THE SUCCESSFUL APPLICANT will be calm, and will"),
        Print(46, 664, 60, 10, "be observant."),
    ]

    assert printed_text([page]).split("\n") == [
        f"• {item} ACT, and the ability to explain them to others",
        "",
        "THE SUCCESSFUL APPLICANT will be calm, and will be observant.",
    ]


def test_typed_number_has_its_next_line_below_it():
    """An item that was typed with its number goes on at the margin."""
    lines = ("2. Report adverse drug reactions through the Yellow", "Card scheme, and by telephone")

    assert printed_text([column(*lines)]) == " ".join(lines)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("$5,000 SIGN-ON BONUS NOW FOR", "EXPERIENCED RNs!"),
        ("Another language that is spoken in town, e.g.", "Portuguese"),
    ],
    ids=["capitals", "full stop"],
)
def test_line_that_cannot_end_there(first, second):
    """What ends in a word or an abbreviation that ends nothing goes on in the next line."""
    assert printed_text([column(first, second)]) == f"{first} {second}"


def test_running_heads_and_page_numbers_go():
    """What stands at the top or bottom of most pages is no part of the text."""
    pages = [
        [
            Print(50, 810, 120, 8, "Merrow Trust, job description"),
            *column(*text),
            Print(500, 30, 40, 8, f"Page {number} of 3"),
        ]
        for number, text in enumerate((PROSE, OTHER, PROSE[3:]), start=1)
    ]

    text = printed_text(pages)

    assert "Merrow Trust" not in text
    assert "Page" not in text
    assert [line for line in text.split("\n") if line] == [
        *(" ".join(lines) for lines in (PROSE, OTHER, PROSE[3:]))
    ]


def test_number_on_a_page_of_its_own_lines_stays():
    """A year or a figure within the text is no page number."""
    page = column(*PROSE, None, "2026", None, *OTHER)

    assert "2026" in printed_text([page])


def test_paragraph_goes_on_over_a_page():
    """A sentence that a page breaks is one."""
    pages = [column(*PROSE[:3], PROSE[4]), column("who are with us on placement.", *OTHER)]

    assert "those who are with us" in printed_text(pages)


@pytest.mark.parametrize("seed", range(40))
def test_any_print_gives_every_word_once(seed):
    """Wherever things stand, nothing is lost but running heads, nothing is said twice, nothing hangs."""
    chance = random.Random(seed)
    words = [f"word{number}" for number in range(120)]
    page = [
        Print(
            chance.choice((50.0, chance.uniform(0, 500))),
            chance.uniform(0, 800),
            30.0,
            chance.uniform(6, 20),
            word,
        )
        for word in words
    ]

    text = printed_text([page])

    assert all(
        text.count(f"{word}word")
        + text.count(f"{word}\n")
        + text.count(f"{word}\t")
        + text.count(f"{word} ")
        + text.endswith(word)
        == 1
        for word in words
    )


HOSTILE = {
    "one long column": [
        Print(50, 800 - 0.05 * n, 400, 10, "word goes on and on") for n in range(10_000)
    ],
    "one long paragraph": [
        Print(50, 90_000 - 12 * n, 400, 10, "and on it goes with-") for n in range(10_000)
    ],
    "a table of many rows": [
        Print(50 + 300 * (n % 2), 90_000 - 12 * (n // 2), 100, 10, "cell") for n in range(10_000)
    ],
    "many columns": [
        Print(9 * (n % 500), 800 - 12 * (n // 500), 8, 10, "many words are here")
        for n in range(10_000)
    ],
    "all in one place": [Print(50, 700, 40, 10, f"word{n}") for n in range(10_000)],
    "one line": [Print(50.0 + n, 700, 40, 10, f"word{n}") for n in range(10_000)],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_costs_no_more_than_a_long_one(name):
    """A page with as many pieces as are taken from one is read in seconds, however they stand."""
    assert cpu_seconds(lambda: printed_text([HOSTILE[name]]), 8) < 8
