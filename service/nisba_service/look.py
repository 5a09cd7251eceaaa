"""What the pages that Nisba writes have in common: colours, and how mentions are marked.

Each page is one file that fetches nothing; `LOOK` goes into its style.
"""

from __future__ import annotations

LOOK = """\
:root { color-scheme: light dark; --person: #0b7285; --organization: #862e9c; --location: #2b8a3e; }
@media (prefers-color-scheme: dark) {
  :root { --person: #66d9e8; --organization: #e599f7; --location: #8ce99a; }
}
mark { background: none; color: inherit; padding-bottom: 1px; }
.person { border-color: var(--person); } .organization { border-color: var(--organization); }
.location { border-color: var(--location); } .nil { border-bottom-style: dotted; }
.ambiguous { border-bottom-style: dashed; }"""
