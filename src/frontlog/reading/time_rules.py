"""The forms of time expressions that news uses, each with what reads it; the first that fits counts."""

from __future__ import annotations

import re

from frontlog.reading import named_days, relative_days
from frontlog.reading.relative_days import Read, spanning
from frontlog.reading.time_words import any_of

MONTH = rf"(?:{any_of('month')}|(?:{any_of('short month')})\.?)"
WEEKDAY = rf"(?:{any_of('weekday')})"
COUNT = rf"(?:\d{{1,3}}|{any_of('number')})"
UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_ORDINAL = rf"(?:{any_of('ordinal')}|\d{{1,2}}(?:st|nd|rd|th))"
_PARTS = rf"(?:{any_of('part of day')})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TO = r"(?:\s?[-–]\s?(?P<to>\d{1,2}))?"
_DAY_FIRST = (
    rf"(?:{WEEKDAY},? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_TO} (?:of )?(?P<month>{MONTH}),?(?: {_YEAR})?"
)
_MONTH_FIRST = (
    rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_TO}(?:,? {_YEAR})?(?!\d)"
)

Rule = tuple[re.Pattern[str], Read]


def pattern(words: str) -> re.Pattern[str]:
    """Compile a pattern that stands between other words, in whatever case."""
    return re.compile(r"(?<![\w-])" + words + r"(?![\w])", re.IGNORECASE)


_NAMED: tuple[Rule, ...] = (
    (pattern(r"(?:19|20)\d\d-\d\d-\d\d"), named_days.iso_date),
    (
        pattern(
            r"(?:on )?(?:the )?(?:\w+ )?anniversary of (?:the )?(?:9/11|September 11|11 September)"
            r"(?: (?:terror(?:ist)? )?attacks?)?"
        ),
        named_days.anniversary,
    ),
    (pattern(r"(?:on )?" + _DAY_FIRST), named_days.full_date),
    (pattern(r"(?:on )?" + _MONTH_FIRST), named_days.full_date),
)
_NEAR: tuple[Rule, ...] = (
    (pattern(r"(?:the |on the )?(?:day before yesterday)"), spanning(2, 2)),
    (pattern(r"overnight|last night|during the night"), spanning(1, 0)),
    (
        pattern(
            r"yesterday(?:'s|’s)?|(?:on )?the (?:previous|preceding) day"
            r"|(?:the|a) day (?:earlier|before|after)"
        ),
        spanning(1, 1),
    ),
    (
        pattern(
            rf"(?:earlier |later )?(?:today|tonight|this {_PARTS}|now|on the same day"
            r"|(?:earlier|later) in the day|hours later)"
        ),
        spanning(0, 0),
    ),
    (pattern(r"tomorrow"), spanning(-1, -1)),
    (pattern(r"later this (?P<unit>week|month|year)"), relative_days.later_unit),
    (
        pattern(
            r"(?:earlier |over |in |during )?(?P<lead>this|the past|past|last|previous|next)"
            r" (?P<unit>weekend|week|month|year)"
        ),
        relative_days.unit,
    ),
    (
        pattern(
            r"(?:(?:early|late|by|on|since|earlier|until) )*(?:the )?"
            rf"(?:(?P<lead>last|next|this|coming|previous) )?(?P<weekday>{WEEKDAY})(?: (?:{_PARTS}))?"
        ),
        named_days.weekday,
    ),
)
_COUNTED: tuple[Rule, ...] = (
    (
        pattern(
            rf"(?:about |around |nearly |almost |more than |just |only )?(?P<count>{COUNT})"
            r" (?P<unit>minutes?|hours?|days?|weeks?|months?|years?) (?:ago|earlier|before)"
        ),
        relative_days.ago,
    ),
    (
        pattern(
            rf"(?:for |after |in )?(?:more than |over |about |nearly |almost )?(?P<count>{COUNT})"
            r"[- ](?:long )?(?P<unit>day|week|month|year)(?:-long)?(?= (?:\w+ )?(?:siege|blockade|battle"
            r"|fighting|offensive|campaign|assault|clashes|occupation|bombardment|operation))"
        ),
        relative_days.lasting,
    ),
    (
        pattern(
            r"(?:for|after|over the (?:last|past)|in the (?:last|past)|during the (?:last|past)"
            r"|within the (?:last|past)) (?:more than |over |about |nearly |almost |at least )?"
            rf"(?P<count>{COUNT}) {UNIT}"
        ),
        relative_days.lasting,
    ),
    (
        pattern(rf"(?:(?:for|after) )?(?:more than|over|nearly|almost) (?P<count>{COUNT}) {UNIT}"),
        relative_days.lasting,
    ),
    (
        pattern(
            rf"(?:for )?(?:a|the|its|their) (?P<count>{_ORDINAL}) (?:straight |consecutive )?"
            r"(?P<unit>day|week)"
        ),
        relative_days.running,
    ),
    (
        pattern(rf"(?:in|within) (?:the next |the coming |about )?(?P<count>{COUNT}) {UNIT}"),
        relative_days.ahead,
    ),
)
_WIDE: tuple[Rule, ...] = (
    (
        pattern(
            r"(?:(?:in|at|by|during|since|from) )?(?P<part>early |late |mid-?|the end of )?"
            rf"(?P<month>{MONTH})(?:,? (?:of )?{_YEAR})?"
        ),
        named_days.month,
    ),
    (pattern(rf"(?:in|during|since) (?:the )?(?P<part>early |late |mid-?)?{_YEAR}"), named_days.year),
)
RULES: tuple[Rule, ...] = (*_NAMED, *_NEAR, *_COUNTED, *_WIDE)
