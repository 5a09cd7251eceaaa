"""The text of an HTML page, by one rule that anybody can check.

The text is what stands in the page outside `head`, `title`, `script`, `style`, `noscript`,
`template`, `svg` and comments. Elements that begin a line in a browser, and `br`, begin one here;
runs of white space become one space, except in `pre`; entities are resolved; attributes (`alt`,
`title`) are no text. Nothing guesses what is the article and what the menu: whoever wants the
article alone cuts it out first.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LEFT_OUT = frozenset({"head", "title", "script", "style", "noscript", "template", "svg"})
_BREAKS = re.compile(
    r"address|article|aside|blockquote|body|br|dd|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|h1|h2|h3|h4|h5|h6|header|hr|li|main|nav|ol|p|pre|section|table|tbody|"
    r"td|tfoot|th|thead|tr|ul"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAKS = re.compile(r" *\n[ \n]*")


def text_of(page: str) -> str:
    """Return the text of a page, a block a line."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    return _AROUND_BREAKS.sub("\n", "".join(parser.parts)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._outside: list[str] = []
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            # A head that is never closed ends here at the latest.
            self._outside.clear()
        if tag in _LEFT_OUT:
            self._outside.append(tag)
        if _BREAKS.fullmatch(tag):
            self.parts.append("\n")
        self._pre += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BREAKS.fullmatch(tag):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._outside:
            del self._outside[self._outside.index(tag) :]
        if _BREAKS.fullmatch(tag):
            self.parts.append("\n")
        self._pre -= tag == "pre" and self._pre > 0

    def handle_data(self, data: str) -> None:
        if not self._outside:
            self.parts.append(data if self._pre else _SPACES.sub(" ", data))
