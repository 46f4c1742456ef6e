"""Build what ships: word vectors, teacher, student, weights and card, in one go.

    python -m training.build --skillspan DIR --green DIR --work DIR \
        --out src/starkit/pipeline/model --vectors src/starkit/data/word_vectors.npz

Every stage writes into ``--work`` and is skipped when its file is there, so that a build can be taken
up again. Only the train parts are learnt from unless ``--with-dev`` is given; the dev parts are scored
in either case.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
from collections.abc import Sequence
from pathlib import Path

import attrs
import torch

from starkit.vectors import read_vectors
from training import export, vectors
from training.corpora import read_green, read_skillspan
from training.data import Mixing, TokenTypes, TrainLine, train_lines
from training.fit import Schedule, annotate, evaluate, fit
from training.network import Heads, Network, Shape, Student, StudentShape, Teacher

MADE_FROM = (
    "SkillSpan (Zhang, Jensen, Sonniks and Plank, NAACL 2022), MIT",
    "Green (Green, Maynard and Lin, LREC 2022), CC BY 4.0",
    "all-MiniLM-L6-v2 (sentence-transformers), Apache-2.0",
)

TEACHER_SHAPE = Shape(dropout=0.2)
TEACHER_SCHEDULE = Schedule(epochs=5, rate=0.001, encoder_rate=1e-4, ema=0.98, every=1)
STUDENT_SHAPE = StudentShape()
HEADS_SHAPE = Shape()
STUDENT_SCHEDULE = Schedule(epochs=14)
PLAIN = Mixing()
TAUGHT = Mixing(soft_share=0.5)

SETTINGS = {"outside_bias": [0.0, 0.0, 0.0], "style_gate": 0.5}
"""Decoding, chosen on the dev parts: see docs/model-card.md."""

Adverts = list[list[TrainLine]]


@attrs.frozen
class Parts:
    """Lines to learn from and lines to score."""

    skillspan: Adverts
    green: Adverts
    dev: dict[str, Adverts]


def read_parts(skillspan: Path, green: Path, *, with_dev: bool) -> Parts:
    """Read both corpora."""
    dev = {
        "skillspan": train_lines(read_skillspan(skillspan / "dev.json")),
        "green": train_lines(read_green(green / "dev.json")),
    }
    found = Parts(
        train_lines(read_skillspan(skillspan / "train.json")),
        train_lines(read_green(green / "train.json")),
        dev,
    )
    if with_dev:
        found.skillspan.extend(train_lines(read_skillspan(skillspan / "dev.json")))
        found.green.extend(train_lines(read_green(green / "dev.json")))
    return found


def new_teacher(seed: int) -> Network:
    """A teacher that has learnt nothing of adverts yet."""
    torch.manual_seed(seed)
    return Network(Teacher(), Heads(384, TEACHER_SHAPE), 384)


def new_student(seed: int, dim: int) -> Network:
    """A student that has learnt nothing yet."""
    torch.manual_seed(seed)
    return Network(
        Student(STUDENT_SHAPE, dim), Heads(STUDENT_SHAPE.width, HEADS_SHAPE), STUDENT_SHAPE.width
    )


def trained(
    network: Network,
    parts: Parts,
    types: TokenTypes,
    schedule: Schedule,
    mixing: Mixing,
    file: Path,
) -> Network:
    """Train a network, or take it from its file where an earlier run left it."""
    if file.exists():
        network.load_state_dict(torch.load(file, weights_only=True))
        return network.eval()
    network = fit(network, parts.skillspan, parts.green, types, schedule, mixing, parts.dev)
    torch.save(network.state_dict(), file)
    return network


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the build."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--skillspan", type=Path, required=True, help="folder of SkillSpan")
    parser.add_argument("--green", type=Path, required=True, help="folder of Green")
    parser.add_argument(
        "--texts",
        type=Path,
        nargs="*",
        default=[],
        help="JSON lists of texts whose words the vector table takes in",
    )
    parser.add_argument("--work", type=Path, required=True, help="where stages are kept")
    parser.add_argument(
        "--vectors",
        type=Path,
        required=True,
        help="where the vector table goes; one that is there is used",
    )
    parser.add_argument("--out", type=Path, required=True, help="where weights and card go")
    parser.add_argument("--with-dev", action="store_true", help="learn from the dev parts, too")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)

    if not options.vectors.exists():
        print(
            "vectors",
            vectors.build([options.skillspan, options.green], options.texts, options.vectors),
        )
    table = read_vectors(options.vectors.read_bytes())
    parts = read_parts(options.skillspan, options.green, with_dev=options.with_dev)
    types = TokenTypes(table, STUDENT_SHAPE.rows)
    suffix = f"{'-with-dev' if options.with_dev else ''}-{options.seed}.pt"

    teacher = trained(
        new_teacher(options.seed),
        parts,
        types,
        TEACHER_SCHEDULE,
        PLAIN,
        options.work / f"teacher{suffix}",
    )
    annotate(teacher, parts.skillspan, types)
    annotate(teacher, parts.green, types, context=False)

    student = trained(
        new_student(options.seed, table.dim),
        parts,
        types,
        STUDENT_SCHEDULE,
        TAUGHT,
        options.work / f"student{suffix}",
    )
    figures = {
        f"{corpus} dev / {heads}": {name: round(value, 3) for name, value in scores.row().items()}
        for corpus, adverts in parts.dev.items()
        for heads, scores in evaluate(student, adverts, types).items()
    }
    card = export.write(
        student,
        options.out,
        settings=SETTINGS,
        made_from=MADE_FROM,
        made_with={
            "command": "python -m training.build" + (" --with-dev" if options.with_dev else ""),
            "seed": options.seed,
            "torch": importlib.metadata.version("torch"),
        },
        vectors_sha256=table.digest,
        figures=figures,
    )
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
