"""The seeds answer for every country and body that the news names, and a faulty table says where its fault is."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pycountry
import pytest

from kg.errors import SeedError
from kg.seeds import Gazetteer, Name, Seed, load_gazetteer, ontology_folder, read_gazetteer, seeds_folder

NO_CAPITAL = {"ATA", "BVT", "HMD", "HKG", "IOT", "MAC", "TKL", "UMI"}
NO_ADJECTIVE = {
    "ATF", "BES", "BLM", "BVT", "CCK", "CXR", "GGY", "HMD", "JEY", "MAF", "MNP", "SGS", "SJM", "SPM", "SXM", "UMI",
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def countries(gazetteer: Gazetteer) -> list[Seed]:
    return [seed for seed in gazetteer.seeds.values() if seed.type == "Country"]


# ---------------------------------------------------------------- countries


def test_every_iso_country_is_known(countries: list[Seed]) -> None:
    assert {seed.key for seed in countries} == {c.alpha_3 for c in pycountry.countries} | {"XKX"}


def test_every_country_has_a_capital_where_it_has_one(countries: list[Seed]) -> None:
    assert {seed.key for seed in countries if not seed.capitals} == NO_CAPITAL


def test_every_inhabited_country_has_an_adjective(countries: list[Seed]) -> None:
    assert {seed.key for seed in countries if not seed.adjectives} == NO_ADJECTIVE


def test_wikidata_ids_are_well_formed_and_unique(gazetteer: Gazetteer, countries: list[Seed]) -> None:
    ids = [seed.wikidata for seed in gazetteer.seeds.values() if seed.wikidata]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"Q[1-9]\d*", seed.wikidata or "") for seed in countries)


def test_no_form_is_claimed_by_two_countries(gazetteer: Gazetteer) -> None:
    types = {seed.key: seed.type for seed in gazetteer.seeds.values()}
    claimed = [c for c in gazetteer.clashes if types[c.kept.seed] == types[c.lost.seed] == "Country"]
    assert claimed == []


@pytest.mark.parametrize(
    ("iso3", "label"),
    [
        ("VNM", "Vietnam"), ("LAO", "Laos"), ("KOR", "South Korea"), ("PRK", "North Korea"), ("RUS", "Russia"),
        ("IRN", "Iran"), ("SYR", "Syria"), ("TZA", "Tanzania"), ("BOL", "Bolivia"), ("VEN", "Venezuela"),
        ("MDA", "Moldova"), ("CIV", "Ivory Coast"), ("TUR", "Turkey"), ("CZE", "Czech Republic"),
        ("PSE", "Palestine"), ("TWN", "Taiwan"), ("XKX", "Kosovo"), ("MMR", "Myanmar"),
        ("BIH", "Bosnia and Herzegovina"),
        ("COD", "Democratic Republic of the Congo"), ("COG", "Republic of the Congo"), ("BRN", "Brunei"),
    ],
)  # fmt: skip
def test_a_country_is_shown_by_its_common_english_name(gazetteer: Gazetteer, iso3: str, label: str) -> None:
    assert gazetteer.seeds[iso3].label == label
    assert gazetteer.seeds[iso3].names[0] == label


@pytest.mark.parametrize(
    ("form", "iso3", "role"),
    [
        # Southeast and East Asia
        ("Viet Nam", "VNM", "name"), ("Việt Nam", "VNM", "name"), ("Lao PDR", "LAO", "name"),
        ("Lao People's Democratic Republic", "LAO", "name"), ("Lao People’s Democratic Republic", "LAO", "name"),
        ("Lao", "LAO", "adjective"), ("Laotians", "LAO", "demonym"), ("Republic of Korea", "KOR", "name"),
        ("ROK", "KOR", "name"), ("DPRK", "PRK", "name"), ("PRC", "CHN", "name"), ("Burma", "MMR", "former"),
        ("Republic of the Union of Myanmar", "MMR", "name"), ("Naypyidaw", "MMR", "capital"),
        ("Philippine", "PHL", "adjective"), ("Filipinos", "PHL", "demonym"), ("Thais", "THA", "demonym"),
        ("Timor-Leste", "TLS", "name"), ("East Timor", "TLS", "name"), ("Bruneian", "BRN", "adjective"),
        # South and Central Asia, the Gulf
        ("Sri Lankan", "LKA", "adjective"), ("Dhaka", "BGD", "capital"), ("Kyrgyz Republic", "KGZ", "name"),
        ("Kazakh", "KAZ", "adjective"), ("UAE", "ARE", "name"), ("Emirati", "ARE", "adjective"),
        ("Saudi", "SAU", "adjective"), ("Omanis", "OMN", "demonym"), ("Türkiye", "TUR", "name"),
        ("Turkiye", "TUR", "name"), ("Maldives", "MDV", "name"),
        # Africa
        ("Cote d'Ivoire", "CIV", "name"), ("Côte d’Ivoire", "CIV", "name"), ("DRC", "COD", "name"),
        ("Congo", "COD", "name"), ("Congolese", "COD", "adjective"), ("Republic of Congo", "COG", "name"),
        ("Cabo Verde", "CPV", "name"), ("Nigerien", "NER", "adjective"), ("Nigerian", "NGA", "adjective"),
        ("Eswatini", "SWZ", "name"), ("Swaziland", "SWZ", "former"), ("Cape Town", "ZAF", "capital"),
        # Europe
        ("UK", "GBR", "name"), ("Britain", "GBR", "name"), ("Britons", "GBR", "demonym"), ("Czechia", "CZE", "name"),
        ("Russian Federation", "RUS", "name"), ("Holy See", "VAT", "name"), ("Dutch", "NLD", "adjective"),
        ("Georgian", "GEO", "adjective"), ("Kosovar", "XKX", "adjective"), ("Kiev", "UKR", "capital"),
        # The Americas and the Pacific
        ("U.S.", "USA", "name"), ("US", "USA", "name"), ("Washington", "USA", "capital"), ("St. Lucia", "LCA", "name"),
        ("Dominican", "DOM", "adjective"), ("Bolivian", "BOL", "adjective"), ("Fijian", "FJI", "adjective"),
        ("ni-Vanuatu", "VUT", "adjective"), ("Samoan", "WSM", "adjective"),
    ],
)  # fmt: skip
def test_a_form_from_the_news_finds_its_country(gazetteer: Gazetteer, form: str, iso3: str, role: str) -> None:
    assert gazetteer.names[form] == Name(iso3, role)


@pytest.mark.parametrize("form", ["Male", "Victoria", "Stanley", "Central African", "Papuan", "Congo - Kinshasa"])
def test_words_that_mean_something_else_are_not_looked_for(gazetteer: Gazetteer, form: str) -> None:
    assert form not in gazetteer.names


def test_a_doubtful_form_stays_with_its_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.seeds["COG"].adjectives == ("Congolese",)
    assert gazetteer.seeds["MDV"].capitals == ("Malé", "Male")


def test_no_country_name_is_a_word_in_small_letters(gazetteer: Gazetteer, countries: list[Seed]) -> None:
    codes = {seed.key for seed in countries}
    words = {form for form, name in gazetteer.names.items() if name.seed in codes and form == form.lower()}
    assert words == set()


def test_names_never_begin_with_the(gazetteer: Gazetteer) -> None:
    assert {form for form in gazetteer.names if form.lower().startswith("the ")} == {"The Hague"}


# ---------------------------------------------------------------- organizations, offices, topics, areas


def test_every_organization_is_found_by_its_label_or_lost_it_in_a_recorded_clash(gazetteer: Gazetteer) -> None:
    lost = {(clash.form, clash.lost.seed) for clash in gazetteer.clashes}
    for seed in gazetteer.seeds.values():
        for form in (seed.label, seed.acronym):
            assert form is None or gazetteer.names[form].seed == seed.key or (form, seed.key) in lost


def test_asean_is_read_as_british_papers_write_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.names["Asean"] == gazetteer.names["ASEAN"] == Name("asean", "acronym")
    assert "VNM" in gazetteer.seeds["asean"].members


def test_offices_have_heads_ranks_portfolios_and_honorifics(gazetteer: Gazetteer) -> None:
    offices = gazetteer.offices
    assert {"Prime Minister", "prime minister", "Secretary-General", "Secretary General", "Sultan"} <= offices.heads
    assert {"Deputy", "deputy", "Acting", "Union"} <= offices.ranks
    assert {"Foreign", "Defense", "External Affairs"} <= offices.portfolios
    assert {"Datuk Seri", "Samdech Techo", "H.E.", "Lt Gen", "U"} <= offices.honorifics
    assert "u" not in offices.honorifics


def test_abbreviated_offices_expand_to_a_known_title(gazetteer: Gazetteer) -> None:
    assert gazetteer.offices.expand["DPM"] == "Deputy Prime Minister"
    known = gazetteer.offices.heads | gazetteer.offices.ranks
    assert {title for title in gazetteer.offices.expand.values() if title not in known} == set()


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("human resources development", "human resource development"), ("msmes", "small and medium enterprises"),
        ("defense cooperation", "defence cooperation"), ("uxo clearance", "mine clearance"), ("trade", "trade"),
        ("labour cooperation", "labour migration"), ("rare earths", "critical minerals"),
        ("narrowing development gaps", "narrowing the development gap"),
    ],
)  # fmt: skip
def test_a_field_of_cooperation_has_one_label(gazetteer: Gazetteer, form: str, label: str) -> None:
    assert gazetteer.topic_labels[gazetteer.topics[form]] == label


def test_topics_have_two_levels(gazetteer: Gazetteer) -> None:
    top = gazetteer.topic_labels.keys() - gazetteer.topic_broader.keys()
    assert len(gazetteer.topic_labels) >= 150
    assert set(gazetteer.topic_broader.values()) == top


def test_every_topic_is_a_topic_of_the_scheme() -> None:
    from pyoxigraph import NamedNode, RdfFormat, Store

    store = Store()
    store.load(path=str(seeds_folder() / "topics.ttl"), format=RdfFormat.TURTLE)
    coop, skos = "https://w3id.org/cooperation/ontology#", "http://www.w3.org/2004/02/skos/core#"
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    concepts = {q.subject for q in store.quads_for_pattern(None, kind, NamedNode(skos + "Concept"), None)}
    topics = {q.subject for q in store.quads_for_pattern(None, kind, NamedNode(coop + "Topic"), None)}
    members = {q.subject for q in store.quads_for_pattern(None, NamedNode(skos + "inScheme"), None, None)}
    assert concepts == topics == members
    assert len(concepts) == len(load_gazetteer().topic_labels)


def test_latin_america_is_not_read_as_the_united_states(gazetteer: Gazetteer) -> None:
    assert gazetteer.areas["Latin America"] == gazetteer.areas["Latin American"] == "area"
    assert gazetteer.areas["South China Sea"] == "sea"


# ---------------------------------------------------------------- tables and their faults


def test_tables_are_sorted_and_end_in_line_feeds() -> None:
    for name, keys in (
        ("countries", ("iso3",)),
        ("organizations", ("key",)),
        ("places", ("label",)),
        ("leaders", ("iso3", "office", "first_day")),
    ):
        text = (seeds_folder() / f"{name}.csv").read_bytes().decode("utf-8")
        rows = [tuple(row[key] for key in keys) for row in csv.DictReader(text.splitlines())]
        assert rows == sorted(rows)
        assert "\r" not in text
        assert text.endswith("\n")


def test_two_readings_are_equal() -> None:
    first, second = read_gazetteer(seeds_folder()), read_gazetteer(seeds_folder())
    assert first == second
    assert list(first.names) == list(second.names)


def test_the_folders_are_found_in_a_checkout() -> None:
    assert (seeds_folder() / "countries.csv").is_file()
    assert ontology_folder().is_dir()


Fault = Callable[[str, str, str], str]


@pytest.fixture
def fault(tmp_path: Path) -> Fault:
    """Replaces `old` by `new` in one table of a copy of the seeds, and gives the error of reading the copy."""

    def read_with_fault(file: str, old: str, new: str) -> str:
        folder = tmp_path / "seeds"
        shutil.copytree(seeds_folder(), folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in {file}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")
        with pytest.raises(SeedError) as caught:
            read_gazetteer(folder)
        return str(caught.value)

    return read_with_fault


def line_of(file: str, start: str) -> int:
    lines = (seeds_folder() / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def test_an_unknown_iso_code_names_line_and_nearest_code(fault: Fault) -> None:
    message = fault("countries.csv", "\nVNM,", "\nVNN,")
    assert message.startswith(f"seeds/countries.csv, line {line_of('countries.csv', 'VNM,')}: 'VNN' is no iso3")
    assert "did you mean 'VNM'?" in message


def test_a_missing_cell_names_line_and_columns(fault: Fault) -> None:
    message = fault("countries.csv", ",Aruban,,", ",Aruban,")
    assert message.startswith("seeds/countries.csv, line 2: 8 cells where the table has 9: iso3,label,")


def test_a_malformed_wikidata_id_is_named(fault: Fault) -> None:
    message = fault("countries.csv", ",Q881\n", ",881\n")
    assert message == (
        f"seeds/countries.csv, line {line_of('countries.csv', 'VNM,')}: "
        "'881' is no Wikidata id; one looks like Q881"
    )  # fmt: skip


def test_a_repeated_wikidata_id_names_the_first_line(fault: Fault) -> None:
    message = fault("countries.csv", ",Q881\n", ",Q819\n")
    assert f"wikidata 'Q819' stands in line {line_of('countries.csv', 'LAO,')} already" in message


def test_a_lost_country_is_missed(fault: Fault) -> None:
    row = next(
        line for line in (seeds_folder() / "countries.csv").read_text("utf-8").splitlines() if line[:4] == "VNM,"
    )
    assert "no row for VNM; add one" in fault("countries.csv", f"\n{row}\n", "\n")


def test_a_wrong_column_is_named(fault: Fault) -> None:
    message = fault("countries.csv", "iso3,label,alt_labels", "iso3,labels,alt_labels")
    assert message == "seeds/countries.csv, line 1: the column 'labels' should be 'label'"


def test_an_unknown_kind_of_office_offers_the_nearest(fault: Fault) -> None:
    message = fault("offices.csv", "\nTaoiseach,,,head\n", "\nTaoiseach,,,heads\n")
    assert f"seeds/offices.csv, line {line_of('offices.csv', 'Taoiseach')}: 'heads' is no kind" in message
    assert "did you mean 'head'?" in message


def test_a_place_without_country_is_named(fault: Fault) -> None:
    message = fault("places.csv", "\nYunnan,,place,CHN\n", "\nYunnan,,place,\n")
    assert f"seeds/places.csv, line {line_of('places.csv', 'Yunnan')}: a place needs the ISO code" in message


def test_an_unknown_member_names_line_and_nearest_code(fault: Fault) -> None:
    asean = next(
        line for line in (seeds_folder() / "organizations.csv").read_text("utf-8").splitlines() if line[:6] == "asean,"
    )
    message = fault("organizations.csv", f"\n{asean}\n", f"\n{asean.replace('|VNM', '|VNX')}\n")
    assert f"seeds/organizations.csv, line {line_of('organizations.csv', 'asean,')}: 'VNX' is no member" in message


def test_broken_turtle_names_its_line(fault: Fault) -> None:
    message = fault("topics.ttl", 'skos:prefLabel "agriculture"@en', 'skos:prefLabel "agriculture@en')
    assert re.match(r"seeds/topics\.ttl, line \d+: ", message)


def test_a_label_of_two_topics_is_named(fault: Fault) -> None:
    message = fault("topics.ttl", '"farming"@en', '"fishing"@en')
    assert "'fishing' is a label of both" in message


def test_text_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    shutil.copytree(seeds_folder(), tmp_path / "seeds")
    (tmp_path / "seeds" / "offices.csv").write_bytes(b"label,alt_labels,abbreviations,kind\nTaoiseach\xff,,,head\n")
    with pytest.raises(SeedError, match=r"seeds/offices\.csv, line 2: .*UTF-8"):
        read_gazetteer(tmp_path / "seeds")


def test_seeds_without_organizations_still_load(tmp_path: Path) -> None:
    shutil.copytree(seeds_folder(), tmp_path / "seeds")
    (tmp_path / "seeds" / "organizations.csv").unlink()
    assert read_gazetteer(tmp_path / "seeds").names["Vietnam"] == Name("VNM", "name")
