"""The page in a real browser: what it shows, that it filters, that nothing leaves it and nothing in it runs."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tagger.timeline import write
from tagger.timeline.writers.html import embedded
from timeline.telling import money, told

NASTY = "<script>alert(1)</script>"
BREAKOUT = "</script><script>document.title='broken'</script><!--"
# A folder named here gets the pictures of the README.
PICTURES = os.environ.get("TAGGER_PICTURES")
CALM = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
SILENT = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@pytest.mark.parametrize("text", [NASTY, BREAKOUT, "\u2028\u2029", "&lt;b&gt;", "{{script}}"])
def test_embedded_data_stays_data(text):
    page = embedded({"title": text})
    assert not re.search("[<>&\u2028\u2029]", page)
    assert json.loads(page) == {"title": text}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    selenium = pytest.importorskip("selenium", reason="selenium is not installed")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and chromedriver are not installed")
    del selenium
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*CALM, *SILENT, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as chrome:
        yield chrome


@pytest.fixture(scope="module")
def sample_claims(tagger, samples, tmp_path_factory):
    """What the sample reports tell."""
    from tagger.schema import encode
    from tagger.timeline import claims_in

    tagged = tmp_path_factory.mktemp("tagged") / "tagged.jsonl"
    documents = [tagger.tag_file(path) for path in sorted(samples.glob("*.txt"))]
    for document in documents:
        document.source = Path(document.source).name
    tagged.write_bytes(b"\n".join(map(encode, documents)))
    return list(claims_in([tagged]))


@pytest.fixture(scope="module")
def sample_page(sample_claims, merge, tmp_path_factory):
    """The page of the sample reports alone."""
    path = tmp_path_factory.mktemp("page") / "samples.html"
    write(merge(*sample_claims), path)
    return path


@pytest.fixture(scope="module")
def mixed_page(sample_claims, merge, tmp_path_factory):
    """The page of the sample reports, policies with hostile titles and one that reports disagree on."""
    path = tmp_path_factory.mktemp("page") / "mixed.html"
    voucher, other, quantum = (
        [money(name, amount, "year")]
        for name, amount in (("<b>券</b>", 2e8), ("算力券", 3e8), ("量子券", 1e8))
    )
    hostile = [
        told(
            "恶",
            f"{NASTY}行动方案",
            "2024-11-05",
            region="杭州市",
            words=f"{NASTY}行动方案出台。",
            instruments=voucher,
        ),
        told("意", f"{BREAKOUT}管理办法", "2024-11-06", region="合肥市", instruments=other),
        told("甲", "合肥市量子产业扶持办法", "2024-10-12", region="合肥市", instruments=quantum),
        told(
            "乙",
            "合肥市量子产业扶持办法",
            "2024-10-21",
            region="合肥市",
            words="😀另据报道，合肥市量子产业扶持办法出台。",
            page=7,
        ),
    ]
    write(merge(*sample_claims, *hostile), path)
    return path


@pytest.fixture
def page(browser, mixed_page):
    """The page, freshly opened at 1440 pixels."""
    return opened(browser, mixed_page, 1440)


def opened(browser, path: Path, width: int):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 1400, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    browser.get("about:blank")
    for kind in ("browser", "performance"):
        browser.get_log(kind)
    browser.get(path.as_uri())
    return browser


def cards(page):
    return page.execute_script("return [...document.querySelectorAll('.card h3')].map((h) => h.textContent)")


def choose(page, control, value):
    page.execute_script(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event(arguments[0] === 'query' ? 'input' : 'change'));",
        control,
        value,
    )
    page.execute_async_script("setTimeout(arguments[0], 200)")


def picture(page, name):
    if PICTURES:
        page.execute_async_script("setTimeout(arguments[0], 600)")
        page.save_screenshot(str(Path(PICTURES) / name))


def test_every_event_is_shown_with_its_words(page, mixed_page):
    data = re.search(
        r'<script id="data" type="application/json">(.*?)</script>', mixed_page.read_text("utf-8"), re.S
    )
    events = json.loads(data[1])["events"]
    assert len(events) >= 5
    assert sorted(cards(page)) == sorted(event["title"] for event in events)


def test_hostile_titles_stay_text(page):
    titles = cards(page)
    assert f"{NASTY}行动方案" in titles
    assert f"{BREAKOUT}管理办法" in titles
    assert page.title == "政策时间线"
    assert page.execute_script("return document.querySelectorAll('main script, main b > b').length") == 0


def test_no_error_and_no_request(page):
    choose(page, "region", "合肥市")
    page.execute_script("document.querySelector('.card').click()")
    assert [entry for entry in page.get_log("browser") if entry["level"] != "INFO"] == []
    sent = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    urls = {
        m["params"]["request"]["url"].split("#")[0]
        for m in sent
        if m["method"] == "Network.requestWillBeSent"
    }
    assert {url for url in urls if not url.startswith(("file:", "data:"))} == set()
    assert len({url for url in urls if url.startswith("file:")}) == 1


@pytest.mark.parametrize(
    ("control", "value", "holds"),
    [
        ("region", "合肥市", lambda e: e["region"] == "合肥市"),
        ("instrument", "算力券", lambda e: any(i["name"] == "算力券" for i in e["instruments"])),
        ("theme", "policy", lambda e: "policy" in e["themes"]),
        ("since", "2024-11", lambda e: (e["date"] or "") >= "2024-11"),
        ("until", "2024-10", lambda e: e["date"] and e["date"] < "2024-11"),
        ("query", "量子", lambda e: "量子" in json.dumps(e, ensure_ascii=False)),
    ],
)
def test_each_filter_keeps_what_fits(page, control, value, holds):
    everything = page.execute_script("return events")
    choose(page, control, value)
    wanted = sorted(event["title"] for event in everything if holds(event))
    assert sorted(cards(page)) == wanted
    assert 0 < len(wanted) < len(everything) or control == "theme"
    page.find_element("id", "reset").click()
    assert len(cards(page)) == len(everything)


def test_the_status_chips(page):
    page.execute_script("document.querySelector('.chip[data-status=issued]').click()")
    assert set(page.execute_script("return shown.map((event) => event.status)")) == {"issued"}


def test_nothing_found_says_so(page):
    choose(page, "query", "没有这样的词")
    assert cards(page) == []
    assert "没有符合条件" in page.find_element("id", "count").text


def test_a_click_shows_the_evidence_in_its_paragraph_with_its_source(page):
    choose(page, "query", "量子产业")
    page.execute_script("document.querySelector('.card').click()")
    detail = page.find_element("id", "detail")
    assert detail.is_displayed()
    quotes = [quote.text for quote in detail.find_elements("css selector", "blockquote")]
    assert "😀另据报道，合肥市量子产业扶持办法出台。" in quotes
    assert {mark.text for mark in detail.find_elements("css selector", "mark")} == {"合肥市量子产业扶持办法"}
    assert "乙.txt" in detail.text
    assert "第 7 页" in detail.text
    assert "日期说法不一" in detail.text
    page.find_element("css selector", "#detail .close").click()
    assert not detail.is_displayed()


def test_the_keyboard_closes_the_evidence_and_comes_back_to_the_card(page):
    from selenium.webdriver.common.keys import Keys

    card = page.find_element("css selector", ".card")
    card.send_keys(Keys.ENTER)
    assert page.find_element("id", "detail").is_displayed()
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not page.find_element("id", "detail").is_displayed()
    assert page.switch_to.active_element == card


def test_amounts_are_charted_by_city_and_instrument(page):
    series = page.execute_script(
        "return charts['chart-money'].getOption().series.map((s) => [s.name, s.data])"
    )
    places = page.execute_script("return charts['chart-money'].getOption().yAxis[0].data")
    found = {
        (place, name): value
        for name, row in series
        for place, value in zip(places, row, strict=True)
        if value
    }
    assert found["合肥市", "算力券"] == 3e8
    assert found["合肥市", "量子券"] == 1e8
    assert found["杭州市", "<b>券</b>"] == 2e8


def test_the_ranking_of_places_filters_on_a_click(page):
    ranking = page.find_element("id", "ranking").find_elements("tag name", "button")
    place = ranking[0].find_elements("tag name", "span")[1].text
    page.execute_script("arguments[0].click()", ranking[0])
    assert set(page.execute_script("return shown.map((event) => event.place)")) == {place}


@pytest.mark.parametrize("width", [1440, 390])
def test_readable_at(browser, sample_page, width):
    page = opened(browser, sample_page, width)
    picture(page, f"timeline-{width}.png")
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    too_wide = page.execute_script(
        "return [...document.querySelectorAll('.card, .panel, .filters, .masthead')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert too_wide == 0
    smallest = page.execute_script(
        "return Math.min(...[...document.querySelectorAll('.card *, .masthead *')].map((e) => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 12
    page.execute_script("document.querySelector('.card').click()")
    picture(page, f"timeline-evidence-{width}.png")
    box = page.execute_script(
        "const b = document.getElementById('detail').getBoundingClientRect(); return [b.left, b.right]"
    )
    assert box[0] >= 0
    assert box[1] <= width


def test_filters_unfold_on_a_small_screen(browser, sample_page):
    page = opened(browser, sample_page, 390)
    assert not page.find_element("id", "region").is_displayed()
    page.find_element("id", "more-filters").click()
    assert page.find_element("id", "region").is_displayed()


def test_a_link_to_an_event_opens_it(browser, sample_page):
    page = opened(browser, sample_page, 1440)
    wanted = page.execute_script("return events.at(-1)")
    page.get("about:blank")
    page.get(f"{sample_page.as_uri()}#{wanted['id']}")
    assert page.find_element("id", "detail-title").text == wanted["title"]
