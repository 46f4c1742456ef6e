"""The user's files: story banks and adverts read, story banks and texts written, plain forms."""

from starkit.files.adverts import read_advert
from starkit.files.plain import SCHEMA_VERSION, as_rows, from_dict, to_dict
from starkit.files.schemas import form_schema, value_schema
from starkit.files.sheets import plan_csv
from starkit.files.stories import dump_stories, load_stories, story_file_schema
from starkit.files.writing import write_text

__all__ = [
    "SCHEMA_VERSION",
    "as_rows",
    "dump_stories",
    "form_schema",
    "from_dict",
    "load_stories",
    "plan_csv",
    "read_advert",
    "story_file_schema",
    "to_dict",
    "value_schema",
    "write_text",
]
