"""Sphinx configuration: MyST pages, examples executed, warnings are errors in the check."""

import re
import shutil
from pathlib import Path

import attrs

import starkit

project = "starkit"
copyright = "2026, the starkit developers"
author = "The starkit developers"
version = release = starkit.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_build", "**/.ipynb_checkpoints", ".jupyter_cache"]
html_theme = "furo"
html_title = "starkit"
html_static_path = ["pictures", "styles"]
html_css_files = ["docs.css"]
html_extra_path = ["schemas"]  # JSON Schemas beside the pages

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
# The kernel of the environment that builds the docs, whatever kernels a person has installed.
nb_kernel_rgx_aliases = {".*": "python3"}

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
maximum_signature_line_length = 88
autodoc_preserve_defaults = True
napoleon_use_ivar = True

# Types of other libraries are named in signatures; their pages are not fetched, because the build
# works without network.
nitpick_ignore_regex = [
    ("py:.*", r"^(?!starkit).*"),
]


def _bring_notebooks(app, config):  # noqa: ANN001, ANN202, ARG001 - Sphinx calls it
    """Copy the notebooks beside the pages: Sphinx reads nothing outside its folder."""
    here = Path(__file__).parent
    shutil.copytree(
        here.parent / "notebooks",
        here / "notebooks",
        ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
        dirs_exist_ok=True,
    )


def _show_defaults(app, what, name, obj, options, signature, returns):  # noqa: ANN001, ANN202, ARG001
    """Write a field's default where attrs' own ``__init__`` has a look into a table of fields."""
    if not (what == "class" and attrs.has(obj) and signature):
        return None
    fields = attrs.fields_dict(obj)

    def default(found):  # noqa: ANN001, ANN202
        value = fields[found[1]].default
        return "..." if isinstance(value, attrs.Factory) else repr(value)

    signature = re.sub(r"attr_dict\['(\w+)'\]\.default", default, signature)
    return signature.replace("=NOTHING", "=..."), None  # a class returns nothing


def setup(app):  # noqa: ANN001, ANN201 - Sphinx calls it
    """Bring the notebooks in before the pages are found; show what defaults are."""
    app.connect("config-inited", _bring_notebooks)
    app.connect("autodoc-process-signature", _show_defaults)
