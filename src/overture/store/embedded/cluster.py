"""Makes a cluster with its role and database, so that a kill at any moment leaves none or a whole one."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from overture.domain.errors import Misconfigured, Unavailable
from overture.store.embedded.account import Account, handed, run
from overture.store.embedded.binaries import Binaries
from overture.store.embedded.home import DATABASE, ROLE, Home, keep_password, read_password

_UNFINISHED = "initdb-"
_BUILTIN_LOCALE_SINCE = 17


def major_of(home: Home) -> int | None:
    """Return the major release of the cluster; None where there is no cluster."""
    try:
        text = (home.cluster / "PG_VERSION").read_text(encoding="utf-8")
        return int(text.strip().split(".")[0])
    except FileNotFoundError:
        if home.cluster.exists():
            raise Misconfigured(
                f"{home.cluster} exists and is no PostgreSQL cluster; move it away, and start again."
            ) from None
        return None
    except ValueError:
        raise Misconfigured(f"{home.cluster / 'PG_VERSION'} is damaged; restore the data directory.") from None


def ensure_cluster(home: Home, binaries: Binaries, account: Account, server_lock: int) -> None:
    """Make the cluster where it is missing, and the password anew where it was lost; no server may run."""
    for left in home.root.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    password = read_password(home)
    fresh = secrets.token_urlsafe(32)
    if major_of(home) is None:
        if password is None:
            keep_password(home, fresh)
        _make(home, binaries, account, password or fresh)
        return
    if (owner := home.cluster.lstat().st_uid) != account.uid:
        raise Misconfigured(
            f"{home.cluster} belongs to uid {owner} and the server runs as uid {account.uid}; "
            f"give it back with: chown -R {account.uid}:{account.gid} '{home.cluster}'"
        )
    if password is None:
        # Kept only once it holds: a kill in between leaves no file, and the next start comes here again.
        _single(home.cluster, "", f"ALTER ROLE {ROLE} PASSWORD '{fresh}';", binaries, account, server_lock)
        keep_password(home, fresh)


def _make(home: Home, binaries: Binaries, account: Account, password: str) -> None:
    work = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home.root))
    data, secret = work / "data", work / "password"
    data.mkdir(mode=0o700)
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    for path in (data, secret, work):
        account.own(path)
    with handed(work, account) as place:
        initdb = binaries.program("initdb")
        options = [
            f"--pgdata={place.name}/data",
            f"--username={ROLE}",
            f"--pwfile={place.name}/password",
            "--auth-host=scram-sha-256",
            "--auth-local=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums",
            "--no-sync",
        ]
        if binaries.major >= _BUILTIN_LOCALE_SINCE:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        _check(run([initdb, *options], account, descriptors=place.descriptors), "initdb")
        _single(work, "/data", f"CREATE DATABASE {DATABASE};", binaries, account, None)
        # Written to disk once, before the cluster gets its name.
        sync = [initdb, "--sync-only", f"--pgdata={place.name}/data"]
        _check(run(sync, account, descriptors=place.descriptors), "initdb --sync-only")
    data.rename(home.cluster)
    _sync(home.root)
    shutil.rmtree(work, ignore_errors=True)


def _single(
    folder: Path, below: str, statement: str, binaries: Binaries, account: Account, server_lock: int | None
) -> None:
    """Run one statement with no server; the server's lock goes along, so that nobody starts one meanwhile."""
    fsync = "on" if server_lock is not None else "off"
    with handed(folder, account) as place:
        options = [f"--fsync={fsync}", "--log_checkpoints=off", "--exit_on_error=on"]
        argv = [binaries.program("postgres"), "--single", "-j", *options, "-D", f"{place.name}{below}", "template1"]
        descriptors = (*place.descriptors, *(() if server_lock is None else (server_lock,)))
        _check(run(argv, account, descriptors=descriptors, text=statement + "\n\n"), "postgres --single")


def _check(result: tuple[int, str], program: str) -> None:
    code, output = result
    if code != 0 or "ERROR:" in output:
        raise Unavailable(
            f"{program} failed with code {code} while it prepared the embedded PostgreSQL. Free disk space or repair "
            f"what it names, and start again; or set OVERTURE_DATABASE_URL. It said:\n{output.strip()[-2000:]}"
        )


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
