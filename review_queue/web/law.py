"""The attorney's page: what the law leaves open, with the grounds, and what was ruled."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.docket import ChargeId
from casefile.errors import CasefileError
from casefile.law import Outcome
from review_queue.desk import Rule
from review_queue.door import Session
from review_queue.shorthand import NotUnderstoodError
from review_queue.web.house import House

LONGEST_REASON = 2000
LONGEST_COUNT = 10  # figures


def questions(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The open questions of law and the rulings; after one was made, how many records it moved."""
    return _page(house, request, session, moved=request.query_params.get("moved", ""))


def _page(
    house: House,
    request: Request,
    session: Session,
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
    moved: str = "",
) -> Response:
    return house.page(
        request,
        session,
        "law.html",
        status=422 if problem else 200,
        questions=house.desk.legal_questions(session.who),
        rulings=house.desk.rulings(),
        problem=problem,
        typed=typed or {},
        moved=int(moved) if moved.isdecimal() and len(moved) < LONGEST_COUNT else None,
    )


def rule(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Rules on one charge, or on all like it."""
    try:
        moved = house.desk.rule(session.who, _rule_in(form))
    except CasefileError as refused:
        return _page(house, request, session, problem=str(refused), typed=form)
    return RedirectResponse(f"/law?moved={moved}", 303)


def _rule_in(form: dict[str, str]) -> Rule:
    reason = form.get("reason", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise NotUnderstoodError("the reason for the ruling, in a sentence or two")
    if form.get("outcome") not in (Outcome.MOTION, Outcome.INELIGIBLE, Outcome.REVIEW):
        raise NotUnderstoodError("one of the three outcomes")
    charge_id = form.get("charge_id", "")
    return Rule(
        code=form.get("code", ""),
        outcome=Outcome(form["outcome"]),
        reason=reason,
        charge_id=ChargeId(charge_id) if charge_id else None,
        provision=form.get("provision", ""),
        result=form.get("result") or None,
    )


def revoke(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Ends a ruling."""
    reason = form.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        return _page(house, request, session, problem="expected a reason for revoking it")
    try:
        moved = house.desk.revoke(session.who, request.path_params["ruling_id"], reason)
    except CasefileError as refused:
        return _page(house, request, session, problem=str(refused))
    return RedirectResponse(f"/law?moved={moved}", 303)
