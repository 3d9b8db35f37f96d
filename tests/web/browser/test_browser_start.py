"""The front end takes over the page that the server rendered."""

from playwright.sync_api import Page, expect


def test_the_workbench_opens(page: Page, workbench: str) -> None:
    page.goto(workbench)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
