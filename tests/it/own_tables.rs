//! A user's own tables: read, refused with their lines, and what they change.

use belli::gazetteer::own::{Sort, Table, pack};
use belli::gazetteer::{Gazetteer, Kind, Tokens, name_key};
use std::sync::Arc;

fn table(sort: Sort, text: &str) -> Table {
    Table {
        sort,
        name: "mine.tsv".to_owned(),
        text: text.to_owned(),
    }
}

/// The built-in gazetteer with a table on it.
fn with(sort: Sort, text: &str) -> Gazetteer {
    let below = Gazetteer::builtin();
    let packed = pack(below, &[table(sort, text)]).unwrap();
    below.with(Arc::new(packed)).unwrap()
}

fn refused(sort: Sort, text: &str) -> Vec<String> {
    let bad = pack(Gazetteer::builtin(), &[table(sort, text)]).unwrap_err();
    bad.iter().map(ToString::to_string).collect()
}

/// The ids of all bearers of a name.
fn ids(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
    let bearers = gazetteer.names(&name_key(name));
    bearers
        .iter()
        .map(|c| gazetteer.row(c.row()).id())
        .collect()
}

const SHEET: &str = "# my villages\nname\tid\tkind\tcountry\tlat\tlon\tparents\taliases\n\
    Qoltaq\t\ttown\tAZ\t40.01\t46.90\tregion:nagorno-karabakh\tKoltagh|Golltagh\n\
    Stepanakert\tgeonames:146970\t\t\t\t\t\tVararakn\n\
    Old Mill\tmill\tsite\tAZE\t40.02\t46.91\tQoltaq\t\n";

#[test]
fn a_sheet_adds_places_and_names() {
    let g = with(Sort::Places, SHEET);
    let [id] = &ids(&g, "Koltagh")[..] else {
        panic!("one bearer")
    };
    let entry = g.entry(id).unwrap();
    assert_eq!(
        (entry.name(), entry.kind(), entry.country()),
        ("Qoltaq", Kind::Town, Some("AZE"))
    );
    for outer in ["country:AZE", "region:nagorno-karabakh", "region:caucasus"] {
        assert_eq!(
            g.is_within(id, outer),
            Gazetteer::builtin().is_within("geonames:146970", outer),
            "{outer}"
        );
    }
    assert!(g.is_within("own:mill", id) && g.is_within("own:mill", "country:AZE"));
    // A known place keeps its names and its place, and gains one.
    let town = g.entry("geonames:146970").unwrap();
    let before = Gazetteer::builtin().entry("geonames:146970").unwrap();
    assert_eq!((town.name(), town.point()), ("Stepanakert", before.point()));
    assert!(town.aliases().any(|a| a == "Vararakn") && town.aliases().any(|a| a == before.name()));
    for name in ["Vararakn", "Khankendi", "Stepanakert", "Степанакерт"] {
        assert!(
            ids(&g, name).contains(&"geonames:146970".to_owned()),
            "{name}"
        );
        assert_eq!(
            ids(&g, name)
                .iter()
                .filter(|i| *i == "geonames:146970")
                .count(),
            1
        );
    }
    assert!(g.is_within("geonames:146970", "region:nagorno-karabakh"));
    // What it does not name is as before.
    for name in ["Paris", "Goma", "Armenia", "Wagner Group"] {
        assert_eq!(ids(&g, name), ids(Gazetteer::builtin(), name), "{name}");
    }
    let tokens = Tokens::new("in Koltagh and in New York City");
    assert_eq!(g.longest(&tokens, 1).map(|f| f.words), Some(1));
    assert_eq!(g.longest(&tokens, 4).map(|f| f.words), Some(3));
    assert!(g.suggest("Koltaghh", 3).iter().any(|s| s.0 == "koltagh"));
}

#[test]
fn a_dump_of_geonames_is_recognised() {
    // Cells as GeoNames has them; the numbers of the two villages are beyond any that it uses.
    let dump = "146970\tStepanakert\tStepanakert\tVararaknville\t39.8153\t46.7519\tP\tPPLA\tAZ\t\t35\t\t\t\t53000\t\t813\tAsia/Baku\t2024-01-01\n\
        4000000001\tQoltaq\tQoltaq\tKoltagh,QLT,https://example.org\t40.01\t46.90\tP\tPPL\tAZ\t\t35\t\t\t\t0\t\t0\tAsia/Baku\t2024-01-01\n\
        4000000002\tAg Dag\tAg Dag\t\t40.05\t46.95\tT\tMT\tAZ\t\t\t\t\t\t0\t\t0\tAsia/Baku\t2024-01-01\n";
    let g = with(Sort::Places, dump);
    assert_eq!(ids(&g, "Koltagh"), ["geonames:4000000001"]);
    let village = g.entry("geonames:4000000001").unwrap();
    assert_eq!(
        (village.kind(), village.country()),
        (Kind::Town, Some("AZE"))
    );
    let unit = Gazetteer::builtin()
        .entry("geonames:146970")
        .unwrap()
        .admin1();
    assert_eq!(village.admin1().map(|e| e.id()), unit.map(|e| e.id()));
    assert!(ids(&g, "QLT").iter().all(|id| id != "geonames:4000000001"));
    assert_eq!(g.entry("geonames:4000000002").unwrap().kind(), Kind::Land);
    assert_eq!(ids(&g, "Vararaknville"), ["geonames:146970"]);
}

#[test]
fn a_bad_row_is_refused_with_its_line() {
    for (text, wrong) in [
        (
            "name\tid\tsize\nA\t\t3\n",
            "mine.tsv:1: no column is called `size`",
        ),
        ("id\nx\n", "mine.tsv:1: no column `name`"),
        ("name\tlat\tlon\nQoltaq\t95\t46\n", "mine.tsv:2: lat `95`"),
        (
            "name\tcountry\n\nQoltaq\tXQ\n",
            "mine.tsv:3: no country has the code `XQ`",
        ),
        (
            "name\tkind\nQoltaq\tvillagge\n",
            "mine.tsv:2: no kind of place is called `villagge`",
        ),
        (
            "name\tparents\nQoltaq\tAtlantis Major\n",
            "mine.tsv:2: no place is called `Atlantis Major`",
        ),
        (
            "name\tid\nQoltaq\tgeonames:abc\n",
            "mine.tsv:2: `geonames:abc` is no id of GeoNames",
        ),
        (
            "name\nQoltaq\tmore\n",
            "mine.tsv:2: 2 cells where there are 1 columns",
        ),
        ("name\n,\n", "mine.tsv:2: a place needs a name"),
        (
            "12\tA\tA\t\tx\t2\tP\tPPL\tAZ\t\t\t\t\t\t0\t\t0\tz\td\n",
            "mine.tsv:1: lat `x`",
        ),
        (
            "name\tid\nAliyev\tperson:ilham-aliyev\n",
            "mine.tsv:2: person:ilham-aliyev is an actor",
        ),
    ] {
        let found = refused(Sort::Places, text);
        assert!(
            found.iter().any(|f| f.starts_with(wrong)),
            "{text:?}: {found:?}"
        );
    }
    let two = refused(
        Sort::Places,
        "name\tlat\tlon\nA\t95\t1\nB\t1\t1\nC\t1\t200\n",
    );
    assert_eq!(two.len(), 2, "every bad row is named: {two:?}");
}

#[test]
fn a_pack_lies_only_on_what_it_was_made_for() {
    let below = Gazetteer::builtin();
    let packed = pack(below, &[table(Sort::Places, SHEET)]).unwrap();
    let once = below.with(Arc::new(packed.clone())).unwrap();
    assert!(once.with(Arc::new(packed.clone())).is_err());
    assert!(below.with(Arc::new(packed[..100].to_vec())).is_err());
    assert!(below.with(Arc::new(b"no pack".to_vec())).is_err());
    // A second one may lie on the first.
    let more = pack(
        &once,
        &[table(
            Sort::Places,
            "name\tcountry\tlat\tlon\nNew Qoltaq\tAZE\t40.0\t46.8\n",
        )],
    )
    .unwrap();
    let twice = once.with(Arc::new(more)).unwrap();
    assert_eq!(ids(&twice, "Koltagh"), ids(&once, "Koltagh"));
    assert_eq!(ids(&twice, "New Qoltaq"), ["own:new-qoltaq"]);
    assert_eq!(twice.entry("own:mill").map(|e| e.name()), Some("Old Mill"));
}
