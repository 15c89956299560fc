"""The command line. What is heavy is imported inside the commands, so that ``whosaid --help`` is there at once."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from service.settings import Settings

app = typer.Typer(
    help="Who said what, and when, with the exact words: answers from your own articles, every sentence cited.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="index folder [WHOSAID_DATA, else .whosaid]")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")]
Form = Literal["table", "json", "csv", "md"]
Answerer = Literal["extractive", "model"]
WRONG_USAGE, UNUSED_INPUT = 2, 1


def main() -> None:
    """The ``whosaid`` command: 0 done, 1 some input could not be used, 2 wrong usage."""
    from retriever.errors import RetrieverError
    from service.errors import BadRequest, BadSetting, NoModel, ServiceError

    try:
        app()
    except (BadSetting, BadRequest, NoModel) as error:
        _end(str(error), WRONG_USAGE)
    except (ServiceError, RetrieverError) as error:
        _end(str(error), UNUSED_INPUT)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="files and folders")],
    data: Data = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="only what could not be used, and the sum")] = False,
) -> None:
    """Index files and folders. Safe to repeat, to interrupt and to resume: what is there already is not done again."""
    from service import terminal

    raise typer.Exit(terminal.ingest(paths, settings=_settings(data), quiet=quiet))


@app.command()
def ask(  # noqa: PLR0913, PLR0917  (each parameter is an option of the command)
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="1 to 2,000 characters")],
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="the object of POST /api/ask")] = False,
    source: Annotated[list[str] | None, typer.Option(help="only this outlet; may be repeated")] = None,
    since: Day = None,
    until: Day = None,
    answerer: Annotated[Answerer, typer.Option(help="who writes it: model is the one in WHOSAID_MODEL")] = "extractive",
) -> None:
    """Ask a question. The answer is written as it is found, its sources stand beneath it."""
    from pydantic import ValidationError

    from service import terminal
    from service.errors import BadRequest
    from service.http import shapes

    settings = _settings(data)
    try:
        period = {"since": since.date() if since else None, "until": until.date() if until else None}
        filters = shapes.FiltersIn(sources=source or [], **period)
    except ValidationError as error:
        raise BadRequest(error.errors()[0]["msg"], thing="filter", value=str(source or since), remedy="") from error
    asked = shapes.question(question, shapes.HowIn(filters=filters, answerer=answerer), history=[], settings=settings)
    terminal.ask(asked, settings=settings, as_json=as_json)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on [WHOSAID_HOST, else 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on [WHOSAID_PORT, else 8000]")] = None,
    data: Data = None,
) -> None:
    """Serve the chat page and the REST interface."""
    from service.http import serving

    raise typer.Exit(serving.serve(_settings(data, host=host, port=port)))


@app.command()
def status(data: Data = None, as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False) -> None:
    """Say what is indexed, with which models, and whether it is whole."""
    from service import terminal

    terminal.status(settings=_settings(data), as_json=as_json)


@app.command()
def statements(  # noqa: PLR0913, PLR0917  (each parameter is an option of the command)
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="whole words of a name, in any order")] = None,
    about: Annotated[
        str | None, typer.Option(metavar="TEXT", help='words that were said; "in quotes": exactly')
    ] = None,
    since: Day = None,
    until: Day = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="only this outlet")] = None,
    form: Annotated[Form, typer.Option("--format")] = "table",
    data: Data = None,
) -> None:
    """Who said what and when: all of it, in the order of days; a day in parentheses is the day of publication."""
    from dataclasses import replace

    from pydantic import ValidationError

    from service import terminal
    from service.errors import BadRequest
    from service.http.shapes import StatementsIn

    chosen = {"speaker": speaker, "about": about, "source": source}
    period = {name: day.date() if day else None for name, day in (("since", since), ("until", until))}
    try:
        wanted = StatementsIn.model_validate(chosen | period)
    except ValidationError as error:
        first = error.errors()[0]
        name = "--" + str(first["loc"][0]) if first["loc"] else "--since"
        value = str(chosen.get(name[2:], period["since"]))
        raise BadRequest(first["msg"], thing=name, value=value, remedy="See whosaid statements --help.") from error
    choice = replace(wanted.choice(), limit=None)
    terminal.statements(choice, form=form, settings=_settings(data))


def _settings(data: Path | None, **more: object) -> Settings:
    from service.settings import Settings

    return Settings.load(None, data=data, **more)


def _end(message: str, code: int) -> None:
    typer.echo(f"whosaid: {message}", err=True)
    sys.exit(code)
