"""Reads HTML back as a person sees it: cells of tables, entries of lists, text."""

from html.parser import HTMLParser

INLINE = {"b", "small", "code"}
"""What is inside a line."""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.rows, self.entries, self.text = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.handle_data(" ")
            return
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "li":
            self.entries.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag not in INLINE:
            self.text += "\n"

    def handle_data(self, data):
        self.text += data
        if {"td", "th"} & {*self.open}:
            self.rows[-1][-1] += data
        elif "li" in self.open:
            self.entries[-1] += data


def read(html):
    """The rows of all tables, the entries of all lists, and everything as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.rows, reader.entries, reader.text
