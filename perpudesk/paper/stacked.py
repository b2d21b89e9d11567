"""A chart of several things over time, as a value: bars made of parts, one above the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

UNKNOWN_PART = -1
"""The place of the part that was not recorded: always drawn the same, whatever else there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a part of every bar stands for; `place` chooses its pattern, `UNKNOWN_PART` has one."""

    name: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One bar: a value for each part, or None where nobody counted.

    `estimated` marks one that an estimate is in; `shown` replaces the number above it.
    """

    label: str
    values: tuple[float, ...] | None
    estimated: bool = False
    shown: str = ""

    @property
    def total(self) -> float:
        """All parts together; 0 where nobody counted."""
        return sum(self.values or ())

    def outline(self) -> str:
        """`label=1+2`, `–` for none, and `estimated` when it is."""
        values = "–" if self.values is None else "+".join(f"{value:g}" for value in self.values)
        return f"{self.label}={values}{' estimated' if self.estimated else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StackChart:
    """Bars in order of time, each made of the same `parts`; the title says what they show.

    `estimate` and `uncounted` are what the marks of such bars mean, printed where they occur.
    """

    title: str
    parts: tuple[Part, ...]
    stacks: tuple[Stack, ...]
    category_axis: str = ""
    value_axis: str = ""
    estimate: str = ""
    uncounted: str = ""

    def outline(self) -> Iterator[str]:
        """`stacks: title`, the axes, the parts, the bars."""
        yield f"stacks: {self.title}"
        if self.category_axis or self.value_axis:
            yield f"  {self.category_axis} / {self.value_axis}"
        yield f"  {' | '.join(part.name for part in self.parts)}"
        yield f"  {' '.join(stack.outline() for stack in self.stacks)}"
