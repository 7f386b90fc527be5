"""A Helm chart laid out without Helm: as much of Go's templates as ours use, and no more."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Node = tuple[str, str, list[Any]]
"""What it is (text, the word of a block, or an expression), its words, what is in the block."""
BLOCKS = ("define", "range", "with")


def documents(chart: Path) -> list[dict[str, Any]]:
    """The objects that the chart makes of its own values."""
    values = yaml.safe_load((chart / "values.yaml").read_text("utf-8"))
    chosen = {"Values": values, "Release": {"Revision": 1}}
    layout = Layout()
    files = sorted((chart / "templates").iterdir())  # the definitions begin with _
    laid = [layout.of(file.read_text("utf-8"), chosen) for file in files]
    return [each for text in laid for each in yaml.safe_load_all(text) if each]


class Layout:
    """Templates that know each other's definitions."""

    def __init__(self) -> None:
        """Nothing is defined yet."""
        self._defined: dict[str, list[Node]] = {}

    def of(self, template: str, dot: Any) -> str:
        """The text of a template."""
        return self._text(list(_block(_tokens(template))), dot, {"$": dot})

    def _text(self, nodes: list[Node], dot: Any, names: dict[str, Any]) -> str:
        return "".join(part for node in nodes for part in self._part(node, dot, names))

    def _part(self, node: Node, dot: Any, names: dict[str, Any]) -> Iterator[str]:
        kind, words, body = node
        if kind == "text":
            yield words
        elif kind == "define":
            self._defined[json.loads(words)] = body
        elif kind == "range":
            key, value, of = re.fullmatch(r"(\$\w+), (\$\w+) := (.+)", words).groups()  # type: ignore[union-attr]
            for name, each in sorted(self._value(of, dot, names).items()):
                yield self._text(body, each, {**names, key: name, value: each})
        elif kind == "with":
            if found := self._value(words, dot, names):
                yield self._text(body, found, names)
        else:
            yield str(self._value(words, dot, names))

    def _value(self, expression: str, dot: Any, names: dict[str, Any]) -> Any:
        first, *rest = expression.split(" | ")
        found = self._call(first, dot, names)
        for each in rest:
            found = self._apply(each.split(), found)
        return found

    def _call(self, words: str, dot: Any, names: dict[str, Any]) -> Any:
        if words.startswith("toJson "):
            return json.dumps(_found(words.removeprefix("toJson "), dot, names))
        if words.startswith("include "):
            _, name, given = words.split(" ", 2)
            inner = _found(given, dot, names)
            return self._text(self._defined[json.loads(name)], inner, {"$": inner})
        return _found(words, dot, names)

    def _apply(self, words: list[str], value: Any) -> str:
        if words == ["quote"]:
            return json.dumps(str(value))
        assert words[0] == "indent", words
        return "\n".join(" " * int(words[1]) + line for line in str(value).split("\n"))


def _found(path: str, dot: Any, names: dict[str, Any]) -> Any:
    if path.startswith("(dict "):
        words = shlex.split(path[6:-1])
        return {k: _found(v, dot, names) for k, v in zip(words[::2], words[1::2], strict=True)}
    start, *rest = path.split(".")
    value = names[start] if start else dot
    for step in filter(None, rest):
        value = (value or {}).get(step)
    return value


def _tokens(template: str) -> Iterator[tuple[str, str]]:
    """Texts and actions, the white space trimmed where an action says so."""
    template = re.sub(r"\{\{-? /\*.*?\*/ -?\}\}\s*", "", template, flags=re.S)
    template = re.sub(r"\s*\{\{- ", "{{ ", template)
    for number, part in enumerate(re.split(r"\{\{ (.*?) \}\}", template)):
        yield ("action", part) if number % 2 else ("text", part)


def _block(tokens: Iterator[tuple[str, str]]) -> Iterator[Node]:
    """The nodes up to the end of the block."""
    for kind, words in tokens:
        first, _, rest = words.partition(" ")
        if kind == "text":
            yield ("text", words, [])
        elif words == "end":
            return
        elif first in BLOCKS:
            yield (first, rest, list(_block(tokens)))
        else:
            yield ("value", words, [])
