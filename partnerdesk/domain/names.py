"""Names made short for small places: initials on a badge, a title that must fit."""

from partnerdesk.domain.text import squeezed


def initials(name: str) -> str:
    """One or two letters for a person or an institution: "AN" for Ana Nowak, "清" for 清华大学; "" if empty."""
    words = [word for word in squeezed(name).split() if word[0].isalnum()]
    if not words:
        return ""
    letters = [words[0][0]] if len(words) == 1 else [words[0][0], words[-1][0]]
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in letters)


def shortened(name: str, longest: int) -> str:
    """`name` cut at a word to at most `longest` characters (at least 2), with an ellipsis where it was cut."""
    tidy = squeezed(name)
    if len(tidy) <= longest:
        return tidy
    cut = tidy[: longest - 1]
    if tidy[longest - 1] != " " and " " in cut[longest // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;–-") + "…"
