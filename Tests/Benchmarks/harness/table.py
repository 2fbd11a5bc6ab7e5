"""What was measured against what was asked for."""

import dataclasses
import statistics


@dataclasses.dataclass
class Row:
    """One ratio, or one figure with a limit, and its bar."""

    name: str
    value: float
    bar: float
    is_limit: bool = False
    goal: float = None
    unit: str = ""
    detail: str = ""

    @property
    def is_met(self):
        return self.value <= self.bar if self.is_limit else self.value >= self.bar

    @property
    def wanted(self):
        text = ("at most " if self.is_limit else "at least ") + shown(self.bar, self.unit)
        return text + (f", goal {shown(self.goal, self.unit)}" if self.goal else "")

    @property
    def verdict(self):
        if not self.is_met:
            return "MISSED"
        return "met" if self.goal is None or self.value >= self.goal else "met, below the goal"


def shown(number, unit):
    digits = f"{number:.2f}" if number < 10 else f"{number:.1f}" if number < 100 else f"{number:.0f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + unit


def ratio(pairs):
    """The median of the rounds' own ratios, so that a machine that is busy for some rounds shifts little."""
    return statistics.median(ours / other for ours, other in pairs)


def median(numbers):
    return statistics.median(numbers)


def printed(rows):
    """The table as Markdown, ratios in front."""
    lines = ["| operation | ratio | bar | | measured |", "|---|---|---|---|---|"]
    for row in rows:
        cells = [row.name, f"**{shown(row.value, row.unit)}**", row.wanted, row.verdict, row.detail]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)
