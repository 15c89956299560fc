"""``whosaid serve``: a socket of our own, so that a port in use is said in plain words, and the web server on it."""

from __future__ import annotations

import socket

import typer
import uvicorn

from service.errors import BadSetting
from service.http.app import Build, create_app
from service.journal import write_journal
from service.settings import Settings
from service.tracing import traced

SECONDS_TO_FINISH = 5  # that open answers have when the service is told to stop


def serve(settings: Settings, build: Build | None = None) -> int:
    """Serve until told to stop; the exit code. Raises BadSetting where the address cannot be listened on."""
    with _listening(settings) as listener:
        write_journal(settings.log_level)
        traced()
        failures: list[Exception] = []
        address = _address(listener, settings)

        def announce(failure: Exception | None) -> None:
            if failure is None:
                typer.echo(f"whosaid is ready at {address}")
            else:
                failures.append(failure)
                server.should_exit = True

        config = uvicorn.Config(
            create_app(settings, build, announce=announce),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
        server = uvicorn.Server(config)
        typer.echo(f"whosaid is opening {settings.data} …")
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # Ctrl-C is how a server is stopped
            typer.echo("whosaid has stopped.")
    if failures:
        raise failures[0]
    return 0


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=128)
    except OSError as error:
        raise BadSetting(
            f"cannot be listened on ({error.strerror or error})",
            thing="address",
            value=f"{settings.host}:{settings.port}",
            remedy="Stop what uses it, or choose another with --host and --port.",
        ) from error


def _address(listener: socket.socket, settings: Settings) -> str:
    everywhere = settings.host in ("0.0.0.0", "::")  # noqa: S104  (compared, not bound)
    host = "localhost" if everywhere else f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}"
