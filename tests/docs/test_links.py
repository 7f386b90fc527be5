"""What the papers point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda each: str(each.relative_to(ROOT)))


def targets(page: Path) -> list[Path]:
    """Files and folders of ours that the page links to."""
    found = [each.partition("#")[0] for each in LINK.findall(page.read_text("utf-8"))]
    return [page.parent / each for each in found if each and "://" not in each]


def is_still_made(target: Path) -> bool:
    """True for a picture of the product that a browser test takes."""
    takers = (ROOT / "tests/browser").glob("*.py")
    ours = target.resolve().parent == ROOT / "docs/pictures"
    return ours and any(target.name in each.read_text("utf-8") for each in takers)


@pages
def test_every_link_leads_to_a_file(page: Path) -> None:
    lost = [each for each in targets(page) if not each.exists()]
    assert [str(each) for each in lost if not is_still_made(each)] == []


@pages
def test_no_link_leads_out_of_the_project(page: Path) -> None:
    assert all(each.resolve().is_relative_to(ROOT) for each in targets(page))


@pages
def test_files_named_in_a_page_exist(page: Path) -> None:
    named = re.findall(r"`([a-z_]+/[\w./-]+\.(?:py|toml|eml|yaml))`?", page.read_text("utf-8"))
    assert [each for each in named if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_page(readme: str) -> None:
    reached = {each.resolve() for each in targets(ROOT / readme)}
    reached |= {page / "README.md" for page in reached if page.is_dir()}
    missing = set(PAGES) - reached - {ROOT / readme}
    assert {page for page in missing if page.parent.name != "decisions"} == set()


def test_the_index_of_decisions_names_every_record() -> None:
    folder = ROOT / "docs/decisions"
    reached = {each.resolve() for each in targets(folder / "README.md")}
    assert set(folder.glob("[0-9]*.md")) <= reached


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(each.name[:4]) for each in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    "pair",
    [("README.md", "README.zh-CN.md"), ("docs/approver.md", "docs/zh/approver.md")],
    ids=lambda pair: pair[0],
)
def test_both_languages_have_the_same_parts(pair: tuple[str, str]) -> None:
    def shape(name: str) -> list[str]:
        text = (ROOT / name).read_text("utf-8")
        return re.findall(r"^(#+ |```\w*|\d+\. |\| )", text, re.M)

    assert shape(pair[0]) == shape(pair[1])
