"""Puts the application together: routes, static files, compression and the guard in front of all."""

from __future__ import annotations

from importlib.resources import as_file, files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import Scope

from frontlog import __version__
from frontlog.web import briefs, control, dispatches, evidence, incidents, login, review, rooms
from frontlog.web.pages import page
from frontlog.web.room import Room
from frontlog.web.security import Guard, Policy, Sessions


class Static(StaticFiles):
    """Browsers ask each time whether a file is still the same, so that an upgrade shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = "no-cache"
        return answer


def create_app(room: Room, policy: Policy, sessions: Sessions | None = None) -> FastAPI:
    """The application for one open ledger."""
    app = FastAPI(
        title="frontlog",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        description="Who holds what and since when, as known on any day, with the sentences behind it.",
    )
    app.state.room = room
    app.state.sessions = sessions or Sessions(policy.token)
    with as_file(files("frontlog") / "web" / "static") as folder:
        app.mount("/static", Static(directory=folder), name="static")
    for each in (rooms, control, evidence, incidents, dispatches, briefs, review, login):
        app.include_router(each.router)
    app.add_exception_handler(HTTPException, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, policy=policy, sessions=app.state.sessions)
    return app


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if _wants_page(request):
        return page(request, "problem.html", error.status_code, what=str(error.detail))
    detail: object = error.detail
    if error.status_code == 422:
        # One shape for every refused question, as the OpenAPI description has it.
        detail = [{"loc": [], "msg": error.detail, "type": "value_error"}]
    return JSONResponse({"detail": detail}, error.status_code, error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if _wants_page(request):
        first = error.errors()[0]
        return page(request, "problem.html", 422, what=f"{first['loc'][-1]}: {first['msg']}")
    return JSONResponse({"detail": [{k: e[k] for k in ("loc", "msg", "type")} for e in error.errors()]}, 422)
