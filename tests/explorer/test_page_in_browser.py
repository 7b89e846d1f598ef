"""The page in a real browser: pointer, keyboard and touch, at all widths, in both schemes."""

import itertools

import pytest

from _generate.browser import WIDTHS
from _generate.widths import faults_at
from browser import SCHEMES, axe_script, browsing, needs_browser, violations
from symconv.explorer.page import explore

pytestmark = needs_browser

STATES = {
    "windows": "axes=1&size=6&layers=Conv1d:kernel_size=3,stride=2,padding=1",
    "paint": "axes=1&size=4&layers=ConvTranspose1d:kernel_size=3,stride=2,padding=1",
    "grids": "axes=2&size=7x9&layers=Conv2d:kernel_size=3x5,stride=2,padding=1,padding_mode=reflect",
    "paints": "axes=2&size=4&layers=ConvTranspose2d:kernel_size=3,stride=2",
    "ceil mode": "axes=1&size=8&layers=MaxPool1d:kernel_size=3,stride=2,ceil_mode=1",
    "segments": "axes=2&size=7&layers=AdaptiveAvgPool2d:output_size=3x5",
    "no law of places": "axes=2&size=3&layers=Upsample:scale_factor=1.5,mode=bilinear",
    "two axes in one": "axes=2&size=6&layers=Unfold:kernel_size=3",
    "blocks": "axes=2&size=4&layers=PixelShuffle:upscale_factor=2;PixelUnshuffle:downscale_factor=4",
    "refused": "axes=1&size=2&layers=Conv1d:kernel_size=5;MaxPool1d:kernel_size=2&language=zh",
    "ten layers": "axes=2&size=64&layers=" + ";".join(["Conv2d:kernel_size=3"] * 10) + "&at=9",
    "too large": "axes=1&size=4096&layers=Conv1d:kernel_size=3",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "explore.html"
    explore().save(file)
    return file.as_uri()


@pytest.fixture
def at_state(address):
    """Open a page at one of the states."""

    def opened(page, state):
        page.goto("about:blank")
        page.goto(f"{address}#{STATES[state]}")
        page.wait_for_selector("#torch:not(:empty)")

    return opened


def sizes_said(page):
    return page.inner_text("#answer")


@pytest.mark.parametrize(("width", "scheme"), [*itertools.product(WIDTHS, SCHEMES)])
def test_no_state_is_wider_than_the_window_or_cut_off(at_state, width, scheme):
    with browsing(color_scheme=scheme) as page:
        page.set_viewport_size({"width": width, "height": 900})
        for state in STATES:
            at_state(page, state)
            assert faults_at(page, width) == [], state


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_nothing_is_wrong_with_its_accessibility(at_state, width, scheme):
    if axe_script() is None:
        pytest.skip("npm does not reach axe-core")
    with browsing(viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        for state in STATES:
            at_state(page, state)
            assert violations(page) == [], state


def test_axe_finds_what_is_planted(at_state):
    if axe_script() is None:
        pytest.skip("npm does not reach axe-core")
    with browsing() as page:
        at_state(page, "windows")
        page.evaluate("document.querySelector('label[for=layer]').remove()")
        assert [rule for rule, _ in violations(page)] == ["select-name"]


def test_dragging_a_slider_moves_everything(at_state):
    with browsing(viewport={"width": 1280, "height": 900}) as page:
        at_state(page, "windows")
        assert "6 becomes 3" in sizes_said(page)
        slider = page.locator("input[type=range][aria-label=kernel_size]")
        box = slider.bounding_box()
        middle = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * 0.2, middle)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.405, middle, steps=5)
        page.mouse.up()
        assert page.input_value("#kernel_size-all") == "5"
        assert "6 becomes 2" in sizes_said(page)
        assert "kernel_size=5" in page.inner_text("#torch")
        assert "kernel_size=5" in page.evaluate("location.hash")
        assert page.locator("#drawings .sc-tap").count() == 5


def test_pointing_at_an_output_cell_shows_what_it_reads(at_state):
    with browsing(viewport={"width": 1280, "height": 900}) as page:
        at_state(page, "windows")
        page.hover('[data-cell="2"]')
        assert page.inner_text("#says") == "Output cell 2 reads the places 3, 4, 5."
        at_state(page, "grids")
        page.hover('[data-cell="1,3"]')
        assert "Output cell (1, 3)" in page.inner_text("#says")
        assert page.locator("#drawings .sc-tap").count() == 3 * 5


def test_it_works_by_touch_alone(at_state):
    with browsing(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
        at_state(page, "paint")
        page.tap('[data-cell="3"] >> nth=0')
        assert "output cell 3: 2." in page.inner_text("#says")
        page.locator("input[type=range][aria-label=stride]").tap()
        assert "stride=4" in page.inner_text("#torch") or "stride=5" in page.inner_text("#torch")
        page.tap("#axes-2")
        assert "nn.ConvTranspose2d" in page.inner_text("#torch")


def test_it_works_by_the_keyboard_alone(at_state):
    with browsing(viewport={"width": 1280, "height": 900}) as page:
        at_state(page, "windows")
        reached = []
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate("document.activeElement.id || document.activeElement.ariaLabel")
            )
        wanted = {
            "add",
            "cell-0",
            "play",
            "layer",
            "kernel_size",
            "kernel_size-all",
            "copy",
            "link",
        }
        assert wanted <= set(reached)
        page.focus("#cell-0")
        page.keyboard.press("ArrowRight")
        assert page.inner_text("#says") == "Output cell 1 reads the places 1, 2, 3."
        page.focus("#stride-all")
        page.keyboard.press("ArrowUp")
        assert "stride=3" in page.inner_text("#torch")
        page.focus("#layer")
        page.keyboard.type("MaxPool1d")
        assert "nn.MaxPool1d" in page.inner_text("#torch")


def test_what_fails_is_said_and_the_nearest_size_is_a_button(at_state):
    with browsing() as page:
        at_state(page, "refused")
        assert "填充后的输入放得下一个窗口" in sizes_said(page)
        page.select_option("#language", "en")
        assert "one window fits the padded input" in sizes_said(page)
        assert "here 5 <= 2" in sizes_said(page)
        page.click("text=6 (above)")
        assert "6 becomes 1" in sizes_said(page)


@pytest.mark.parametrize(
    ("layers", "lit"),
    [
        ("ConvTranspose1d(kernel_size=4, stride=2, padding=1)", ["doubles", "even"]),
        ("ConvTranspose1d(kernel_size=3, stride=2, padding=1, output_padding=1)", ["doubles"]),
        ("Conv2d(kernel_size=3, stride=2, padding=1)", ["halves"]),
        ("Conv2d(kernel_size=3, padding=1)", ["keeps"]),
        ("Conv2d(kernel_size=3, padding='same')", ["keeps"]),
        ("Conv2d(kernel_size=3)", []),
        ("PixelShuffle(2)", ["doubles"]),
        ("Upsample(scale_factor=2)", ["doubles"]),
        ("MaxUnpool1d(2)", ["doubles"]),
    ],
)
def test_the_rules_are_lit(tmp_path, layers, lit):
    phrases = {"doubles": "doubles every size", "halves": "halves every even size",
               "keeps": "keeps every size", "even": "no checkerboard"}  # fmt: skip
    file = tmp_path / "page.html"
    explore(layers, 8).save(file)
    with browsing() as page:
        page.goto(file.as_uri())
        labels = page.locator("#goals li.lit").all_inner_texts()
        assert len(labels) == len(lit)
        assert all(phrases[name] in label for name, label in zip(lit, labels, strict=True))


def test_a_chain_grows_to_ten_layers_and_no_further(at_state):
    with browsing() as page:
        at_state(page, "grids")
        while page.is_enabled("#add"):
            page.click("#add")
        assert page.locator("#chain button").count() == 10
        assert page.inner_text("#torch").count("nn.Conv2d") == 10
        page.click("#remove")
        assert page.locator("#chain button").count() == 9


def test_playing_goes_on_to_the_next_output_cell(at_state):
    with browsing(reduced_motion="reduce") as page:
        at_state(page, "windows")
        page.click("#play")
        page.wait_for_function("document.getElementById('cell-0').value === '2'")
        page.wait_for_function("document.getElementById('cell-0').value === '0'")
        page.click("#play")
        assert page.get_attribute("#play", "aria-pressed") == "false"


def test_code_and_link_are_copied(at_state, address):
    with browsing(permissions=["clipboard-read", "clipboard-write"]) as page:
        at_state(page, "windows")
        page.click("#copy")
        page.wait_for_function("document.getElementById('told').textContent === 'Copied'")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "nn.Conv1d(in_channels, out_channels, kernel_size=3, stride=2, padding=1)"
        page.fill("#size-all", "11")
        page.click("#link")
        page.wait_for_timeout(100)
        link = page.evaluate("navigator.clipboard.readText()")
        assert link.startswith(f"{address}#axes=1&size=11&")
        page.goto("about:blank")
        page.goto(link)
        assert "11 becomes 6" in sizes_said(page)


NONSENSE = {"#size-all": str(2**31 + 1), "#kernel_size-all": str(2**20 + 1)}


@pytest.mark.parametrize(("field", "too_large"), NONSENSE.items())
def test_nonsense_in_a_field_is_marked_and_answered_by_what_is_needed(at_state, field, too_large):
    with browsing() as page:
        at_state(page, "windows")
        for nonsense in ("", "2.5", too_large, "99999999999999999999", "1e300"):
            page.fill(field, nonsense)
            assert page.get_attribute(field, "aria-invalid") == "true", nonsense
            assert "Write whole numbers: a size up to 2147483648" in sizes_said(page), nonsense
            assert page.locator("#drawings svg").count() == 0
            assert not page.is_visible("#torch")
            assert page.input_value(field) == nonsense
        page.fill(field, "")
        page.press(field, "Tab")
        assert "Write whole numbers" in sizes_said(page)
        page.fill(field, {"#size-all": "6", "#kernel_size-all": "3"}[field])
        assert page.get_attribute(field, "aria-invalid") == "false"
        assert "6 becomes 3" in sizes_said(page)


def test_what_no_kernel_can_be_is_refused(at_state):
    with browsing() as page:
        at_state(page, "windows")
        page.fill("#kernel_size-all", "0")
        assert "the kernel has a tap" in sizes_said(page)
        page.fill("#kernel_size-all", "3")
        assert "6 becomes 3" in sizes_said(page)


def test_the_largest_numbers_freeze_nothing(at_state):
    largest = str(2**20)
    with browsing() as page:
        for state in ("windows", "paint", "ceil mode", "segments", "blocks", "two axes in one"):
            at_state(page, state)
            for field in page.locator("input[type=number]").all():
                before = field.input_value()
                for value in (largest, f"-{largest}", "0"):
                    field.fill(value)
                    assert page.inner_text("#torch")
                field.fill(before)
            page.fill("input[type=number] >> nth=0", str(2**31))
            page.fill("input[type=number] >> nth=1", largest)
            assert page.inner_text("#answer")


def test_every_layer_can_be_chosen(at_state):
    with browsing() as page:
        for state in ("windows", "grids"):
            at_state(page, state)
            for name in page.evaluate(f"layersFor({1 if state == 'windows' else 2})"):
                page.select_option("#layer", name)
                assert f"nn.{name}(" in page.inner_text("#torch")
                for language in ("zh", "en"):
                    page.select_option("#language", language)
                text = page.inner_text("body")
                assert not {"undefined", "NaN"}.intersection(text.split()), name
