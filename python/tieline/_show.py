"""How claims and networks show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

# Parts of a claim with the colours of their words; the first ones are marked where parts overlap.
_MARKS = {
    "trigger": "#f6c344",
    "source": "#9fd3c7",
    "target": "#f4a3a3",
    "quantity": "#c7d8f5",
    "items": "#c7d8f5",
    "attribution": "#d9d2e9",
    "attribution_cue": "#e8e3f3",
}
_SHOWN = 20


def _parts(claim: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """The marked spans of a claim's line in bytes of the line, in order, none over another."""
    line, first = len(claim["sentence"].encode()), claim["start"]
    spans: list[tuple[int, int, str]] = []
    for part in _MARKS:
        starts, ends = claim[f"{part}_start"], claim[f"{part}_end"]
        pairs = [(starts, ends)] if not isinstance(starts, list) else zip(starts, ends, strict=True)
        for start, end in pairs:
            if start is None or not first <= start < end <= first + line:
                continue
            start, end = start - first, end - first
            if all(end <= other[0] or other[1] <= start for other in spans):
                spans.append((start, end, part))
    return sorted(spans)


def line(claim: Mapping[str, Any]) -> str:
    """The claim's line with its words marked, as HTML."""
    text = claim["sentence"].encode()
    html, at = [], 0
    for start, end, part in _parts(claim):
        words = escape(text[start:end].decode(errors="replace"))
        html.append(escape(text[at:start].decode(errors="replace")))
        html.append(f'<mark title="{part}" style="background:{_MARKS[part]};color:#000">{words}</mark>')
        at = end
    html.append(escape(text[at:].decode(errors="replace")))
    return "".join(html)


def _said(claim: Mapping[str, Any]) -> str:
    standing = "" if claim["standing"] == "asserted" else f" <i>({escape(claim['standing'])})</i>"
    names = escape(claim["source_name"]), escape(claim["relation"]), escape(claim["target_name"])
    return f"<b>{names[0]}</b> {names[1]} <b>{names[2]}</b>{standing}"


def _where(claim: Mapping[str, Any]) -> str:
    parts = [claim["doc"], claim["outlet"], claim["date"]]
    return escape(", ".join(str(part) for part in parts if part))


def claim(claim: Mapping[str, Any]) -> str:
    """One claim as HTML."""
    return f'<div>{_said(claim)}<br>{line(claim)}<br><small>{_where(claim)}</small></div>'


def claims(claims: Sequence[Any] | Any) -> str:
    """A table of the first claims as HTML."""
    rows = [
        f'<tr><td style="text-align:left">{_said(claim)}</td><td style="text-align:left">{line(claim)}</td>'
        f'<td style="text-align:left">{_where(claim)}</td></tr>'
        for claim in claims[:_SHOWN]
    ]
    more = len(claims) - len(rows)
    note = f"<p>{more} more</p>" if more > 0 else ""
    head = "<tr><th>claim</th><th>line</th><th>article</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>{note}"


def page(html: str) -> str:
    """A page in a frame that can reach nothing outside of it."""
    return (
        f'<iframe srcdoc="{escape(html)}" sandbox="allow-scripts allow-downloads" '
        'style="width:100%;height:640px;border:1px solid #ccc" title="network"></iframe>'
    )
