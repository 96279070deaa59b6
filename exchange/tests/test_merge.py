"""Each product once, whatever the number of orders and refills; two products stay two."""

import datetime as dt

import pytest

from exchange.tests.bundles import dispense, read_chart, request, statement

NAPROXEN_TWICE = [request("Naproxen 500 MG Oral Tablet", "198014"), request("Naproxen sodium 220 MG Oral Tablet", "849574")]


def test_thirty_refills_are_one_medicine_with_thirty_fills():
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=30 * step) for step in range(30)]
    fills = [dispense("atorvastatin 40 MG Oral Tablet", "617318", on=day.isoformat()) for day in days]

    chart, _ = read_chart(request("atorvastatin 40 MG Oral Tablet", "617318"), *fills)

    assert len(chart.medications) == 1
    assert [fill.on for fill in chart.medications[0].fills] == days


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lasix 40mg", ""), ("LASIX  40 MG", "")),
        (("furosemide 40 mg tablet", ""), ("Furosemide 40 MG Tabs", "")),
        (("Lasix 40mg", "200809"), ("furosemide 40 MG Oral Tablet [Lasix]", "200809")),
        (("aspirin", "1191"), ("Aspirin", "")),
        (("Aspirin", ""), ("aspirin", "1191")),
    ],
)
def test_one_product_under_two_spellings_is_one(one, other):
    chart, _ = read_chart(request(*one), statement(*other))

    assert len(chart.medications) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Naproxen 500 MG Oral Tablet", "198014"), ("Naproxen sodium 220 MG Oral Tablet", "849574")),
        (("metformin", "861007"), ("metformin", "861004")),
        (("warfarin 5 MG Oral Tablet", ""), ("warfarin 2.5 MG Oral Tablet", "")),
        (("hydrocortisone 1 % cream", ""), ("hydrocortisone 10 MG tablet", "")),
        (("vitamin B12", "1"), ("vitamin B12", "2")),
    ],
)
def test_two_products_of_one_ingredient_stay_two(one, other):
    chart, _ = read_chart(request(*one), request(*other))

    assert len(chart.active_medications) == 2


def test_a_renewed_medicine_is_active_though_its_earlier_order_was_stopped():
    earlier = request("clopidogrel 75 MG Oral Tablet", "309362", status="stopped", authoredOn="2018-12-24")
    later = request("clopidogrel 75 MG Oral Tablet", "309362", authoredOn="2021-01-04")

    chart, file = read_chart(earlier, later)

    assert [line.started_on for line in chart.active_medications] == [dt.date(2021, 1, 4)]
    assert chart.past_medications == ()
    assert file.conflicts == ()


@pytest.mark.parametrize("dates", [("2020-01-01", "2020-01-01"), ("2019-01-01", "2020-01-01"), (None, None)])
def test_active_and_stopped_without_a_later_order_is_a_conflict_and_stays_active(dates):
    ordered, stopped = ({"authoredOn": day} if day else {} for day in dates)

    chart, file = read_chart(request("digoxin", **ordered), request("digoxin", status="stopped", **stopped))

    assert len(chart.active_medications) == 1
    assert "both active and" in file.conflicts[0]


def test_different_directions_of_one_active_medicine_are_a_conflict():
    def order(sig, on):
        return request("warfarin 5 MG Oral Tablet", "855332", authoredOn=on, dosageInstruction=[{"text": sig}])

    chart, file = read_chart(order("1 tablet daily", "2026-01-01"), order("half a tablet daily", "2026-04-01"))

    assert chart.medications[0].directions == "half a tablet daily"
    assert "different directions" in file.conflicts[0]


def test_a_short_course_known_from_one_old_fill_is_past():
    old = dispense("azithromycin 250 MG Oral Tablet", "308460", on="2024-02-01", days=5)
    recent = dispense("lisinopril 20 MG Oral Tablet", "314077", on="2026-05-01", days=90)

    chart, file = read_chart(old, recent)

    assert [line.text for line in chart.active_medications] == ["lisinopril 20 MG Oral Tablet"]
    assert [line.stopped_on for line in chart.past_medications] == [dt.date(2024, 2, 6)]
    assert any("last filled on 2024-02-01" in text for text in file.warnings)


def test_the_two_naproxen_products_of_one_chart_are_both_there():
    chart, _ = read_chart(*NAPROXEN_TWICE, NAPROXEN_TWICE[0])

    assert [line.rxcui for line in chart.active_medications] == ["198014", "849574"]
