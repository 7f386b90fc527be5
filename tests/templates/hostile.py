"""Texts that would do something if anything read them as more than text."""

HOSTILE = (
    "{{7*7}}",
    "{% raw %}{{ v }}{% endraw %}",
    "{{ v.__class__.__mro__ }}",
    "<script>alert(1)</script>",
    '"><img src=http://evil.example/x.png onerror=alert(1)>',
    "![x](http://evil.example/x.png)",
    "[click](http://evil.example/)",
    "[x]: http://evil.example/x",
    "<http://evil.example/>",
    "http://evil.example/a_b_c",
    "www.evil.example",
    "a@evil.example",
    '#read("/etc/passwd")',
    "#{ import sys }",
    "$ 1 + 1 $",
    "```mermaid graph TD; A-->B ```",
    "| a | b |",
    "1. one",
    "- two",
    "**bold** _it_ ~~del~~ `code`",
    "&lt;b&gt; &#x3c;",
    "\\*not\\*",
)

ALL_AT_ONCE = " ".join(HOSTILE)

SPLIT = "one\r\nBcc: a@evil.example\r\n\r\n- two\n同意"
"""A text of several lines; it has to stay on one."""
