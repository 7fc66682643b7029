"""Texts for people, made below the Qt floor: a template to translate and the values to fill in."""

from collections.abc import Callable
from dataclasses import dataclass, field


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark `text` for lupdate, which knows this name; the text itself is returned unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence whose `template` ("{n} of {total}") is translated before `values` are filled in.

    A value may itself be a Text. `str(text)` is the English sentence.
    """

    template: str
    values: dict[str, object] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language that `translate` knows."""
        filled = {k: v.said(translate) if isinstance(v, Text) else v for k, v in self.values.items()}
        sentence = translate(self.template)
        return sentence.format(**filled) if filled else sentence

    def __str__(self) -> str:
        return self.said(lambda template: template)


def text(template: str, **values: object) -> Text:
    """Short for Text(template, values)."""
    return Text(template, values)


def counted(n: int, one: str, many: str, **values: object) -> Text:
    """The text for one, or that for any other number, with {n} and `values` to fill in."""
    return Text(one if n == 1 else many, {"n": n, **values})
