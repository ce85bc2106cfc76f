"""The review queue served to a browser: on this machine, or elsewhere with TLS only."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn

from casefile.errors import ArgumentError, StorageError
from clerk import pipeline
from clerk.addresses import is_loopback
from clerk.archive import Archive
from clerk.desk import StoreDesk
from clerk.desk_door import StoreDoor
from review_queue.web.app import build_app
from review_queue.web.entrance import entry_path
from review_queue.web.guard import LOOPBACK


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate and key, as files in PEM form."""

    cert: Path
    key: Path


def serve_review(archive: Archive, *, host: str, port: int, tls: Tls | None = None) -> None:
    """Serves the review queue until it is interrupted; prints the one-time link that makes the first administrator,
    or, once there is one, the address to sign in at."""
    if not is_loopback(host) and tls is None:
        raise ArgumentError(f"{host}: is not this machine alone; give --cert and --key, or use --host 127.0.0.1")
    with archive.store() as store:
        pipeline.remembered_choices(store)
    desk = StoreDesk(archive)
    door = StoreDoor(desk.open_store)
    app = build_app(desk, door, hosts=_names(host))
    with _listening(host, port) as opened:
        scheme = "http" if tls is None else "https"
        address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{opened.getsockname()[1]}"
        first = door.first_link()
        told = "open this link once, to administer the desk" if first else "sign in at"
        click.echo(f"clerk: {told}: {address}{entry_path(first) if first else '/'}", err=True)
        click.echo("clerk: Ctrl-C ends it; every answer is kept as it is given", err=True)
        for ahead in (desk.counts.now, desk.pictures.begin):
            threading.Thread(target=ahead, daemon=True).start()
        try:
            uvicorn.Server(_config(app, tls)).run(sockets=[opened])
        finally:
            desk.pictures.close()


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


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError as error:
        raise StorageError(f"{host}:{port}: cannot listen there ({error.strerror}); try another --port") from error
    return opened
