"""Logging in: by a one-time address, or by typing the token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from frontlog.web.pages import page
from frontlog.web.security import COOKIE, SESSION_SECONDS, Sessions

router = APIRouter(include_in_schema=False)


def _sessions(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


@router.get("/login")
def login_page(request: Request, once: Annotated[str | None, Query(max_length=100)] = None) -> Response:
    sessions = _sessions(request)
    if sessions.token is None:
        return RedirectResponse("/", status_code=303)
    if once is not None and sessions.redeem(once):
        return _welcome(request, sessions)
    return page(request, "login.html", 200 if once is None else 403, failed=once is not None)


@router.post("/login")
def login(request: Request, token: Annotated[str, Form(max_length=500)]) -> Response:
    sessions = _sessions(request)
    if not sessions.is_token(token.strip()):
        return page(request, "login.html", 403, failed=True)
    return _welcome(request, sessions)


def _welcome(request: Request, sessions: Sessions) -> Response:
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        COOKIE,
        sessions.issue(),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return answer
