"""Where the actors that a dispatch names are at home: countries in play though no place tells them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from frontlog.reading.actor_words import normalise
from frontlog.reading.actors import Actor, Actors

# States and offices act abroad, and are named by demonyms and capitals, which resolution reads itself.
_AT_HOME = frozenset({"group", "force", "people", "alliance", "organisation", "monitor"})
_WORD = re.compile(r"[^\W_]+")
_SHORT = 4


class Homes:
    """The names of actors that have a home country, by first word; opened once with the registry."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        rows: dict[tuple[str, ...], list[Actor]] = defaultdict(list)
        for actor in actors:
            if actor.kind in _AT_HOME:
                for name in dict.fromkeys((actor.name, *actor.aliases)):
                    rows[tuple(_WORD.findall(normalise(name)))].append(actor)
        self._names: dict[str, list[tuple[tuple[str, ...], tuple[Actor, ...]]]] = defaultdict(list)
        for words, named in sorted(rows.items(), key=lambda entry: -len(entry[0])):
            if words and any(actor.country for actor in named):
                self._names[words[0]].append((words, tuple(named)))

    @classmethod
    def of(cls, actors: Actors) -> Homes:
        return cls(actors.all())

    def told(self, text: str, on: date) -> Mapping[str, float]:
        """Return how much each country is in play by the actors named; an actor's homes share one vote.

        >>> Homes.of(Actors.open()).told("Boko Haram raided a market.", date(2015, 1, 1))
        {'NG': 1.0}
        """
        printed = _WORD.findall(text)
        folded = [word.casefold() for word in printed]
        found: set[tuple[Actor, ...]] = set()
        ends = 0
        for at, word in enumerate(folded):
            for words, actors in self._names.get(word, ()) if at >= ends else ():
                end = at + len(words)
                if tuple(folded[at:end]) == words and _is_name(printed[at:end]):
                    found.add(actors)
                    ends = end
                    break
        votes: dict[str, float] = defaultdict(float)
        for actors in sorted(found, key=lambda actors: actors[0].id):
            then = [actor.country or "" for actor in actors if actor.first <= on <= actor.last]
            for country in then:
                votes[country] += 1 / len(then)
        votes.pop("", None)
        return dict(votes)


def _is_name(printed: list[str]) -> bool:
    """Tell whether words are printed as a name: a short one in capitals ("MEND"), others with one."""
    if len(printed) == 1 and len(printed[0]) <= _SHORT:
        return printed[0].isupper()
    return any(word[0].isupper() for word in printed)
