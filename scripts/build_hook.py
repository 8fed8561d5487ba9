"""Compiles the package's .pyx modules in place, for hatchling's builds and by hand after an edit.

usage: python scripts/build_hook.py     (needs Cython, setuptools and a C compiler)
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_OPTIMISED = ["-O3"] if os.name == "posix" else ["/O2"]


def compile_extensions(force: bool = False) -> list[Path]:
    """Compile every .pyx below ``tagger`` that changed; the compiled modules lie beside their sources."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    sources = sorted((ROOT / "tagger").rglob("*.pyx"))
    names = [".".join(source.relative_to(ROOT).with_suffix("").parts) for source in sources]
    with tempfile.TemporaryDirectory() as scratch:
        extensions = cythonize(
            [
                Extension(name, [str(source)], extra_compile_args=_OPTIMISED)
                for name, source in zip(names, sources, strict=True)
            ],
            compiler_directives={"language_level": 3, "boundscheck": False, "wraparound": False},
            build_dir=scratch,
            include_path=[str(ROOT)],
            quiet=True,
            force=force,
        )
        command = Distribution({"name": "tagger", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_temp, command.build_lib = scratch, str(ROOT)
        command.ensure_finalized()
        command.run()
    return [ROOT / command.get_ext_filename(name) for name in names]


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand where hatchling is not installed
    BuildHookInterface = object  # type: ignore[assignment, misc]


class CompiledModules(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled modules to a wheel, which is then one for this Python and platform."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's form
        """Called by hatchling before a wheel is built, an editable one too."""
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"] += [f"/{path.relative_to(ROOT)}" for path in compile_extensions()]


if __name__ == "__main__":
    for path in compile_extensions(force=True):
        print(path.relative_to(ROOT))
