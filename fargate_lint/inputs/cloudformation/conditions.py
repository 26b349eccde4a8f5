"""The cases of a template: which conditions can hold together.

A condition compares parameters, pseudo parameters and mappings. Where one of these isn't known, it
may be each of the texts that it is compared with, or another one; conditions that ask about the
same unknown therefore go together, and two that can't hold at once are no case.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
"""

from __future__ import annotations

from itertools import product
from math import prod

from fargate_lint.inputs.cloudformation.functions import Evaluator
from fargate_lint.inputs.cloudformation.template import function, text
from fargate_lint.source.unknown import Tagged, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from fargate_lint.inputs.cloudformation.template import Template

    #: True or False, a variable with the text that it is compared with, the name of a condition, or
    #: an operator with what it joins.
    Formula = bool | tuple[str, Any] | tuple[str, Any, Any]

#: So many cases of one resource are told apart; of more, nothing is known that a condition decides.
MOST = 16
#: So many ways in which unknown parameters may be are gone through to find them.
MOST_TRIED = 1024
#: How deep operators stand in each other in any template that is meant.
DEEPEST = 50


class Conditions:
    """The conditions of a template as formulas over what isn't known."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._evaluator = Evaluator(template)
        self._formulas: dict[str, Formula] = {}
        self._open: set[str] = set()

    @property
    def assumed(self) -> set[str]:
        """The parameters whose defaults decide conditions."""
        return self._evaluator.assumed

    def cases(self, names: set[str], needed: str = "") -> list[tuple[dict[str, bool], bool]]:
        """Which of the conditions hold, for each case that there can be, and whether that is so by
        default: these come first.

        Only cases in which the one that is `needed` holds. No conditions at all where there are too
        many cases.
        """
        formulas = {name: self.formula(name) for name in sorted({*names, needed} - {""})}
        domains: dict[str, set[str | None]] = {}
        self._gather(formulas, domains)
        for variable, values in domains.items():
            allowed = self._template.allowed(variable[2:-1])
            if allowed:
                values &= {*allowed, None}
                if values >= set(allowed):
                    values.discard(None)
        if prod(map(len, domains.values())) > MOST_TRIED:
            return [({}, True)]
        found: dict[tuple[bool, ...], tuple[dict[str, bool], bool]] = {}
        ordered = [self._by_default_first(*each) for each in domains.items()]
        for chosen in product(*ordered):
            case = {name: value for name, (value, _) in zip(domains, chosen, strict=True)}
            known: dict[str, bool] = {}
            holding = {name: self._holds(("if", name), case, known) for name in formulas}
            if not needed or holding[needed]:
                usual = all(is_usual for _, is_usual in chosen)
                _, before = found.get(tuple(holding.values()), (None, False))
                found[tuple(holding.values())] = holding, usual or before
        cases = sorted(found.values(), key=lambda each: not each[1])
        return cases if 0 < len(cases) <= MOST else [({}, True)]

    def _by_default_first(
        self, variable: str, values: set[str | None]
    ) -> list[tuple[str | None, bool]]:
        """The values that an unknown may have, each with whether its default is that.

        A default that stands for nothing still decides what happens when nobody gives a value.
        """
        declared = self._template.parameters.get(variable[2:-1])
        default = declared.get("Default") if isinstance(declared, dict) else None
        given = isinstance(default, str | int | float) and self._template.is_usable(variable[2:-1])
        usual = text(default) if given else None
        usual = usual if usual in values else None
        found = [(value, not given or value == usual) for value in values]
        return sorted(found, key=lambda each: (not each[1], str(each[0])))

    def formula(self, name: str) -> Formula:
        """A condition, by its name."""
        if name not in self._formulas:
            deep = len(self._open) >= DEEPEST
            if deep or name in self._open or name not in self._template.conditions:
                return ("is", name, "true")
            self._open.add(name)
            self._formulas[name] = self._made(self._template.conditions[name], 0)
            self._open.discard(name)
        return self._formulas[name]

    def _made(self, node: Any, depth: int) -> Formula:
        called = function(node)
        if called is None or depth > DEEPEST:
            return ("is", "?", str(id(node)))
        name, argument, _ = called
        if name == "Condition" and isinstance(argument, str):
            self.formula(argument)
            return ("if", argument)
        parts = argument if isinstance(argument, list) else []
        if name == "Fn::Equals" and len(parts) == 2:
            return self._equals(*map(self._evaluator.value, parts))
        if name in {"Fn::And", "Fn::Or", "Fn::Not"} and parts:
            return (name[4:].lower(), [self._made(part, depth + 1) for part in parts])
        return ("is", "?", str(id(node)))

    def _equals(self, left: Any, right: Any) -> Formula:
        if isinstance(left, Unknown) and isinstance(right, Unknown):
            if left.text == right.text and left.text:
                return True
            return ("is", f"{left.text} = {right.text}", "true")
        if isinstance(left, Unknown):
            return ("is", left.text, text(right))
        if isinstance(right, Unknown):
            return ("is", right.text, text(left))
        return text(left) == text(right)

    def _gather(self, names: Iterable[str], domains: dict[str, set[str | None]]) -> None:
        """Find what formulas ask for, and the texts that it is compared with."""
        left: list[Formula] = [("if", name) for name in names]
        seen = set()
        # Grows as it is gone through.
        for formula in left:
            if isinstance(formula, bool):
                continue
            if formula[0] == "if":
                if formula[1] not in seen:
                    seen.add(formula[1])
                    left.append(self.formula(formula[1]))
            elif formula[0] == "is":
                _, variable, compared = formula  # type: ignore[misc]
                domains.setdefault(variable, {None}).add(compared)
            else:
                left += formula[1]

    def _holds(
        self, formula: Formula, case: dict[str, str | None], known: dict[str, bool], depth: int = 0
    ) -> bool:
        """Whether a formula holds in a case, of which `known` has the conditions."""
        if isinstance(formula, bool) or depth > 4 * DEEPEST:
            return formula is True
        if formula[0] == "if":
            name = formula[1]
            if name not in known:
                # One that asks for itself doesn't hold.
                known[name] = False
                known[name] = self._holds(self.formula(name), case, known, depth + 1)
            return known[name]
        if formula[0] == "is":
            _, variable, compared = formula  # type: ignore[misc]
            return bool(case[variable] == compared)
        held = (self._holds(part, case, known, depth + 1) for part in formula[1])
        return (
            not next(held) if formula[0] == "not" else (all if formula[0] == "and" else any)(held)
        )


def asked(node: Any) -> set[str]:
    """The conditions that the functions in a node ask for."""
    found: set[str] = set()
    pending = [node]
    # Grows as it is gone through.
    for each in pending:
        called = function(each)
        if called is not None and called[0] == "Fn::If" and isinstance(called[1], list):
            found.update(name for name in called[1][:1] if isinstance(name, str))
        if isinstance(each, Tagged):
            pending.append(each.value)
        elif isinstance(each, dict):
            pending += each.values()
        elif isinstance(each, list):
            pending += each
    return found
