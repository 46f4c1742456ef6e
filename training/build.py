"""Build what ships: word vectors, teachers, student, weights and card, in one go.

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
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
import torch

from starkit.vectors import read_vectors
from training import export, vectors
from training.corpora import read_green, read_skillspan
from training.data import Mixing, TokenTypes, TrainLine, train_lines
from training.fit import Schedule, annotate, evaluate, fit
from training.minilm import write_hints
from training.network import Encoder, EncoderShape, Heads, Network, Shape

MADE_FROM = (
    "SkillSpan (Zhang, Jensen, Sonniks and Plank, NAACL 2022), MIT",
    "Green (Green, Maynard and Lin, LREC 2022), CC BY 4.0",
    "all-MiniLM-L6-v2 (sentence-transformers), Apache-2.0",
)

ENCODER = EncoderShape()
UPPER = Shape()


@attrs.frozen
class Recipe:
    """How one network is trained."""

    schedule: Schedule
    mixing: Mixing
    hinted: bool = False
    """Whether the network reads what MiniLM makes of a token."""


TEACHER = Recipe(Schedule(epochs=10), Mixing(plain=True), hinted=True)
"""Reads what MiniLM makes of a token, and sees every line as it is."""
TEACHER_SEEDS = (0, 1)
STUDENT = Recipe(Schedule(epochs=18, hint_weight=0.2), Mixing(soft_share=0.6, soft_weight=0.6))
"""What ships: it follows the teachers' labels and MiniLM's rows on plain lines, and the gold on varied ones."""

SETTINGS = {
    "worth": [
        {"span_cost": 0.4, "token_weight": 0.4, "token_cost": 0.5},
        {"span_cost": 0.4, "token_weight": 0.4, "token_cost": 0.5},
        {"span_cost": 0.4, "token_weight": 0.2, "token_cost": 0.4},
    ],
    "style_gate": 0.5,
}
"""Decoding, chosen on the dev parts by ``training.decoding``."""

Adverts = list[list[TrainLine]]


@attrs.frozen
class Parts:
    """Lines to learn from and lines to score."""

    skillspan: Adverts
    green: Adverts
    dev: dict[str, Adverts]

    def learnt(self) -> list[TrainLine]:
        """Lines to learn from."""
        return _lines([self.skillspan, self.green])

    def scored(self) -> list[TrainLine]:
        """Lines to score."""
        return _lines(self.dev.values())


def _lines(corpora: Iterable[Adverts]) -> list[TrainLine]:
    return [line for adverts in corpora for lines in adverts for line in lines]


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


def new_network(seed: int, dim: int, *, hinted: bool) -> Network:
    """A network that has learnt nothing yet."""
    torch.manual_seed(seed)
    encoder = Encoder(ENCODER, dim, hinted=hinted)
    return Network(encoder, Heads(ENCODER.width, UPPER))


def trained(
    recipe: Recipe, seed: int, parts: Parts, types: TokenTypes, dim: int, file: Path
) -> Network:
    """Train a network, or take it from its file where an earlier run left it."""
    network = new_network(seed, dim, hinted=recipe.hinted)
    if file.exists():
        network.load_state_dict(torch.load(file, weights_only=True))
        return network.eval()
    schedule = attrs.evolve(recipe.schedule, seed=seed)
    network = fit(network, parts.skillspan, parts.green, types, schedule, recipe.mixing, parts.dev)
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
    parser.add_argument("--seed", type=int, default=1, help="of the student")
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
    types = TokenTypes(table, ENCODER.rows)
    suffix = "-with-dev" if options.with_dev else ""
    write_hints(parts.learnt(), parts.scored(), options.work / f"hints{suffix}.npz")

    teachers = [
        trained(TEACHER, seed, parts, types, table.dim, options.work / f"teacher-{seed}{suffix}.pt")
        for seed in TEACHER_SEEDS
    ]
    annotate(teachers, parts.skillspan, types)
    annotate(teachers, parts.green, types, context=False)
    file = options.work / f"student-{options.seed}{suffix}.pt"
    student = trained(STUDENT, options.seed, parts, types, table.dim, file)

    figures = {
        f"{corpus} dev, {heads}, best path": {
            name: round(value, 3) for name, value in scores.row().items()
        }
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
            "learnt_from": "train and dev parts" if options.with_dev else "train parts",
            "seed": options.seed,
            "torch": importlib.metadata.version("torch"),
        },
        vectors_sha256=table.digest,
        figures=figures,
    )
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
