"""Holdings against dated changes of control: found, dated, held too early, right by day, and how sure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from frontlog.errors import EvaluationError
from frontlog.gazetteer.kin import arc_km
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.ledger.holding_rows import on_a_day
from frontlog.ledger.store import Box, ClaimQuery, HeldPlace, Store
from frontlog.ledger.weights import Weights
from frontlog.model import Place
from frontlog.reading.actors import Actors

FIELDS = ("place", "country", "lat", "lon", "from_actor", "to_actor", "date", "date_alt")
NEAR_KM = 25.0
NEAR_DAYS = 45
AFTER_DAYS = 60
LATE_DAYS = 14
REACH = 60
EARLY_DAYS = 2
_PART = re.compile(r"^(?:east|west|north|south)(?:ern)? ", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:a[a-z]{1,2}|e[a-z])[\s-](?=[A-Z])", re.IGNORECASE)
_LONG_NAME = 4
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_CHANGE = re.compile(
    r"\b(?:re)?(?:captur|seiz|conquer|overr[au]n|liberat|fall|fell|control|withdr|took|tak(?:e|en|es|ing)\b|lost|loses"
    r"|secur|enter|retreat|abandon|clear|hold|held|oust|drive|driven|recover|regain)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated change of control. ``days`` are the days that sources give for it, the best first."""

    place: str
    country: str
    lat: float
    lon: float
    loser: str
    winner: str
    days: tuple[date, ...]

    @property
    def day(self) -> date:
        return self.days[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ledger makes of one fact. ``error`` is in days, negative when too early."""

    fact: Fact
    place: str | None
    reported: bool
    found: bool
    error: int | None
    early: bool
    delay: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One place on one day: what the ledger said and whether it was so.

    ``reported`` is whether any dispatch tells the change by which the place was so held that day, ``since``
    whether it lies after the first change of the place that any dispatch tells.
    """

    place: str
    day: date
    right: bool
    answered: bool
    state: str
    confidence: float
    reported: bool = True
    since: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """Scores over one file of facts; the days are judged on both clocks."""

    outcomes: tuple[Outcome, ...]
    filtered: tuple[Judged, ...]
    retrospective: tuple[Judged, ...]
    never_held: tuple[str, ...]

    def scores(self) -> dict[str, float | int]:
        reported = [each for each in self.outcomes if each.reported]
        found = [each for each in reported if each.found]
        errors = [abs(each.error) for each in found if each.error is not None]
        delays = sorted(each.delay for each in found if each.delay is not None)
        return {
            "facts": len(self.outcomes),
            "reported": len(reported),
            "found": _share(len(found), len(reported)),
            "dated_within_a_day": _share(sum(error <= 1 for error in errors), len(reported)),
            "dated_of_found": _share(sum(error <= 1 for error in errors), len(found)),
            "false_early_held": sum(each.early for each in self.outcomes),
            "held_who_never_held": len(self.never_held),
            "median_delay_to_held": delays[len(delays) // 2] if delays else -1,
            "place_days": len(self.filtered),
            "right_filtered": _right(self.filtered),
            "right_retrospective": _right(self.retrospective),
            "place_days_reported": sum(each.reported for each in self.filtered),
            "right_filtered_reported": _right([each for each in self.filtered if each.reported]),
            "right_retrospective_reported": _right([each for each in self.retrospective if each.reported]),
            "place_days_since_report": sum(each.since for each in self.filtered),
            "right_filtered_since_report": _right([each for each in self.filtered if each.since]),
            "right_retrospective_since_report": _right([each for each in self.retrospective if each.since]),
            "right_held_filtered": _right([each for each in self.filtered if each.state == "held"]),
            "brier_filtered": _brier(self.filtered),
            "brier_retrospective": _brier(self.retrospective),
        }


def read_facts(path: Path, actors: Actors, country_code: dict[str, str] | None = None) -> list[Fact]:
    """Read a file of facts; actors become sides as of the day. Raises EvaluationError on a bad row."""
    found = []
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        reader = csv.DictReader(stream)
        if missing := [name for name in FIELDS if name not in (reader.fieldnames or ())]:
            raise EvaluationError(f"{path}: no column {missing[0]!r}; give {', '.join(FIELDS)}")
        for number, row in enumerate(reader, 2):
            try:
                found.append(_fact(row, actors, country_code or {}))
            except (ValueError, KeyError) as error:
                raise EvaluationError(f"{path}:{number}: {error}; correct the row") from error
    return found


def _fact(row: dict[str, str], actors: Actors, codes: dict[str, str]) -> Fact:
    day = date.fromisoformat(row["date"])
    country = codes.get(row["country"]) or actors.country(row["country"]) or row["country"]
    others = [date.fromisoformat(text) for text in row["date_alt"].split("|") if text]

    def side(words: str) -> str:
        resolved = actors.resolve(words, day, [country])
        return (resolved.side if resolved else None) or words

    return Fact(
        row["place"], country, float(row["lat"]), float(row["lon"]), side(row["from_actor"]),
        side(row["to_actor"]), (day, *others),
    )  # fmt: skip


class _Asked:
    """A store that remembers its answers, since every day of every place is asked."""

    def __init__(self, store: Store, weights: Weights) -> None:
        self.store = store
        self.weights = weights
        self._lives: dict[tuple[str, date | None], list[HeldPlace]] = {}
        self._texts: dict[date, list[str]] | None = None

    def life(self, place: str, known: date | None = None) -> list[HeldPlace]:
        if (place, known) not in self._lives:
            self._lives[place, known] = self.store.place_life(place, known)
        return self._lives[place, known]

    def texts(self, day: date) -> Iterator[str]:
        """The sentences of the dispatches around a day."""
        if self._texts is None:
            self._texts = {}
            for each in self.store.dispatches():
                self._texts.setdefault(each.date, []).append(each.text)
        for offset in range(-EARLY_DAYS, LATE_DAYS + 1):
            for text in self._texts.get(day + timedelta(days=offset), ()):
                yield from _SENTENCE.split(text)


def evaluate(
    store: Store, facts: Sequence[Fact], gazetteer: Gazetteer, weights: Weights | None = None
) -> Report:
    """Judge a ledger by facts of its places; ``weights`` are those it was derived with."""
    asked = _Asked(store, weights or Weights.open())
    outcomes: list[Outcome] = []
    filtered: list[Judged] = []
    retrospective: list[Judged] = []
    never: list[str] = []
    places = {fact.place: _place_of(store, fact, gazetteer) for fact in facts}
    for name in dict.fromkeys(fact.place for fact in facts):
        chain = sorted((fact for fact in facts if fact.place == name), key=lambda fact: fact.day)
        place = places[name]
        here = [_outcome(asked, fact, place) for fact in chain]
        outcomes += here
        if place is None or _PART.match(name):
            continue
        # Parts of a city are facts of their own, but what the parts say of the whole is not.
        never += _never_held(asked, place, chain)
        told = min((each.fact.day for each in here if each.reported), default=date.max)
        for day, last in _truth(asked, here, place):
            filtered.append(replace(_judge(asked, place, day, last, day), since=day >= told))
            retrospective.append(replace(_judge(asked, place, day, last, None), since=day >= told))
    return Report(tuple(outcomes), tuple(filtered), tuple(retrospective), tuple(never))


def _place_of(store: Store, fact: Fact, gazetteer: Gazetteer) -> Place | None:
    """The ledger's place that the fact means: of its name, near its point, and most spoken of."""
    reach = NEAR_KM / 100
    box = Box(fact.lat - reach, fact.lon - reach, fact.lat + reach, fact.lon + reach)
    near = [
        place
        for place in store.places(box=box)
        if place.precision in ("settlement", "site")
        and arc_km(fact.lat, fact.lon, place.lat, place.lon) <= NEAR_KM
    ]
    wanted = {place.id for place in gazetteer.find(_PART.sub("", fact.place), (fact.country,))}
    named = [place for place in near if place.id in wanted]
    return max(named, key=lambda place: store.count_claims(ClaimQuery(place=place.id)), default=None)


def _outcome(asked: _Asked, fact: Fact, place: Place | None) -> Outcome:
    reported = _reported(asked, fact)
    if place is None:
        return Outcome(fact, None, reported, False, None, False, None)
    life = asked.life(place.id)
    starts = [
        each.holding.valid_from
        for at, each in enumerate(life)
        if each.holding.holder == fact.winner and (at == 0 or life[at - 1].holding.holder != fact.winner)
    ]
    errors = [min(((start - day).days for day in fact.days), key=abs) for start in starts]
    near = [error for error in errors if abs(error) <= NEAR_DAYS]
    error = min(near, key=abs, default=None)
    return Outcome(
        fact,
        place.id,
        reported,
        error is not None,
        error,
        _held_early(asked, fact, place),
        _delay(asked, fact, place),
    )


def _reported(asked: _Asked, fact: Fact) -> bool:
    """Whether any dispatch of the days around names the place with a word of change, whoever reads it."""
    name = named(fact.place)
    return any(
        _CHANGE.search(text[max(0, match.start() - REACH) : match.end() + REACH])
        for text in asked.texts(fact.day)
        for match in name.finditer(text)
    )


def named(place: str) -> re.Pattern[str]:
    """Find a place by its name as papers vary it: apostrophes, hyphens and the Arabic article.

    >>> bool(named("al-Qaim").search("the town of Qa'im")), bool(named("El Daein").search("Ed Daein"))
    (True, True)
    """
    whole = _PART.sub("", place)
    core = _ARTICLE.sub("", whole)
    letters = "['’‘]?".join(
        "[\\s-]" if char in " -" else re.escape(char) for char in core if char not in "'’‘"
    )
    article = "" if core == whole else r"[ae][a-z]{1,2}[\s-]"
    # A short name without its article is a word of its own: Bab, Hit.
    start = f"(?:{article})?" if len(core) >= _LONG_NAME else article
    return re.compile(rf"\b{start}{letters}\b", re.IGNORECASE)


def _held_early(asked: _Asked, fact: Fact, place: Place) -> bool:
    """Whether the winner was shown as holding the place days before it did, when the loser still held it."""
    eve = min(fact.days) - timedelta(days=EARLY_DAYS)
    return any(
        _answer(asked, place, eve - timedelta(days=back), eve - timedelta(days=back)) == ("held", fact.winner)
        for back in range(5)
    )


def _answer(asked: _Asked, place: Place, on: date, known: date | None) -> tuple[str, str | None] | None:
    held = _at(asked, place.id, on, known)
    return (held.holding.state, held.holding.holder) if held else None


def _delay(asked: _Asked, fact: Fact, place: Place) -> int | None:
    """Days from the change to the first day on which it was shown as held."""
    for after in range(NEAR_DAYS):
        day = fact.day + timedelta(days=after)
        if _answer(asked, place, day, day) == ("held", fact.winner):
            return after
    return None


def _never_held(asked: _Asked, place: Place, chain: Sequence[Fact]) -> Iterator[str]:
    """Sides shown as holding who, by the facts, never held the place from the first change to the last."""
    sides = {side for fact in chain for side in (fact.loser, fact.winner)}
    for each in asked.life(place.id):
        holding = each.holding
        inside = holding.valid_from <= chain[-1].day and (holding.valid_to or date.max) >= chain[0].day
        if inside and holding.state == "held" and holding.holder not in sides:
            yield f"{place.name}: {holding.holder} from {holding.valid_from.isoformat()}"


def _truth(asked: _Asked, chain: Sequence[Outcome], place: Place) -> Iterator[tuple[date, Outcome]]:
    """Each day from the first report on, with the change last before it; disputed days are left out."""
    first = next((row.known for row in asked.store.claims(ClaimQuery(place=place.id, limit=1))), None)
    if first is None:
        return
    disputed = {
        low + timedelta(days=offset)
        for each in chain
        for low in [min(each.fact.days)]
        for offset in range((max(each.fact.days) - low).days + 1)
    }
    last = chain[-1].fact.day + timedelta(days=AFTER_DAYS)
    day = max(first, chain[0].fact.day)
    while day <= last:
        if day not in disputed:
            yield day, next(each for each in reversed(chain) if each.fact.day <= day)
        day += timedelta(days=1)


def _judge(asked: _Asked, place: Place, day: date, last: Outcome, known: date | None) -> Judged:
    held = _at(asked, place.id, day, known)
    if held is None:
        return Judged(place.name, day, False, False, "unknown", 0.5, last.reported)
    holding = held.holding
    right = holding.holder == last.fact.winner
    return Judged(place.name, day, right, True, holding.state, holding.confidence, last.reported)


def _at(asked: _Asked, place: str, on: date, known: date | None) -> HeldPlace | None:
    """What is shown for a day, silence since the last word on the place counted in."""
    found = next(
        (
            each
            for each in asked.life(place, known)
            if each.holding.valid_from <= on <= (each.holding.valid_to or date.max)
        ),
        None,
    )
    return on_a_day(found, on, asked.weights) if found else None


def outcome_record(outcome: Outcome) -> dict[str, object]:
    fact = outcome.fact
    return {
        "fact": fact.place, "country": fact.country, "day": fact.day.isoformat(), "from": fact.loser,
        "to": fact.winner, "place": outcome.place, "reported": outcome.reported, "found": outcome.found,
        "error": outcome.error, "early": outcome.early, "delay": outcome.delay,
    }  # fmt: skip


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number, by bins of confidence from one half to one."""
    rows = []
    for at in range(bins):
        low, high = 0.5 + at * 0.5 / bins, 0.5 + (at + 1) * 0.5 / bins
        inside = [
            each
            for each in judged
            if each.answered and (low <= each.confidence < high or (high == 1.0 == each.confidence))
        ]
        if inside:
            mean = sum(each.confidence for each in inside) / len(inside)
            rows.append((mean, _right(inside), len(inside)))
    return rows


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def _right(judged: Sequence[Judged]) -> float:
    return _share(sum(each.right for each in judged), len(judged))


def _brier(judged: Sequence[Judged]) -> float:
    answered = [each for each in judged if each.answered]
    if not answered:
        return 0.0
    return round(sum((each.confidence - each.right) ** 2 for each in answered) / len(answered), 4)
