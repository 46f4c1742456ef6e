"""Write the JSON Schema of every public value class into docs/schemas; tests compare them."""

import json
from pathlib import Path
from typing import Any

import attrs

import starkit

FOLDER = Path(__file__).parent / "schemas"


def schemas() -> dict[str, Any]:
    """Return each schema by the name of its class."""
    classes = [
        value
        for name in starkit.__all__
        if isinstance(value := getattr(starkit, name), type) and attrs.has(value)
    ]
    found = {kind.__name__: starkit.value_schema(kind) for kind in classes}
    # The pack is written in a shorter form of its own.
    return found | {"InterviewPack": starkit.InterviewPack.schema()}


def main() -> None:
    """Write the files, and take those away whose class is gone."""
    FOLDER.mkdir(exist_ok=True)
    found = schemas()
    for path in FOLDER.glob("*.json"):
        if path.stem not in found:
            path.unlink()
    for name, schema in found.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        FOLDER.joinpath(f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
