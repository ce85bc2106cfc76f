"""The review queue served to a browser: on this machine, or elsewhere with TLS only."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn

from casefile.errors import ArgumentError, StorageError
from clerk import pipeline
from clerk.archive import Archive
from clerk.desk import StoreDesk
from review_queue.web.app import build_app
from review_queue.web.guard import LOOPBACK
from review_queue.web.sessions import entry_path, new_secret


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate and key, as files in PEM form."""

    cert: Path
    key: Path


def serve_review(archive: Archive, *, host: str, port: int, tls: Tls | None = None) -> None:
    """Serves the review queue until it is interrupted; prints the one-time link that opens it."""
    if not is_loopback(host) and tls is None:
        raise ArgumentError(f"{host}: is not this machine alone; give --cert and --key, or use --host 127.0.0.1")
    with archive.store() as store:
        pipeline.remembered_choices(store)
    secret = new_secret()
    app = build_app(StoreDesk(archive), secret=secret, hosts=_names(host))
    with _listening(host, port) as opened:
        scheme = "http" if tls is None else "https"
        address = f"[{host}]" if ":" in host else host
        click.echo(
            f"clerk: open this link once: {scheme}://{address}:{opened.getsockname()[1]}{entry_path(secret)}", err=True
        )
        click.echo("clerk: Ctrl-C ends it; every answer is kept as it is given", err=True)
        uvicorn.Server(_config(app, tls)).run(sockets=[opened])


def _config(app: object, tls: Tls | None) -> uvicorn.Config:
    """No access log: what people look at is nobody's business."""
    pem = {} if tls is None else {"ssl_certfile": str(tls.cert), "ssl_keyfile": str(tls.key)}
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        access_log=False,
        log_level="warning",
        server_header=False,
        **pem,  # type: ignore[arg-type]
    )


def _names(host: str) -> tuple[str, ...]:
    """The names a browser may know this server by."""
    own = () if is_loopback(host) else (host, socket.gethostname(), socket.getfqdn())
    return (*LOOPBACK, *own)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address; a name that is no address counts as elsewhere."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError as error:
        raise StorageError(f"{host}:{port}: cannot listen there ({error.strerror}); try another --port") from error
    return opened
