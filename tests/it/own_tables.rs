//! A user's own tables: read, refused with their lines, and what they change.

use crate::sandbox::Sandbox;
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
fn an_id_too_long_to_be_found_is_refused() {
    let sheet = |id: &str| format!("name\tid\tkind\tcountry\nQoltaq\t{id}\ttown\tAZ\n");
    let longest = "q".repeat(255 - "own:".len());
    let g = with(Sort::Places, &sheet(&longest));
    assert_eq!(g.entry(&format!("own:{longest}")).unwrap().name(), "Qoltaq");
    let why = refused(Sort::Places, &sheet(&format!("{longest}é"))).concat();
    assert!(why.contains("longer than 255 bytes"), "{why}");
}

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
    assert!(
        g.suggest("Koltaghh", |_| true, 3)
            .iter()
            .any(|s| s.0 == "koltagh")
    );
}

#[test]
fn towns_within_the_radius_of_an_area_lie_in_it() {
    let sheet = "name\tid\tkind\tcountry\tlat\tlon\tradius_km\n\
        Upper Plain\tplain\t\t\t39.8\t46.7\t60\n\
        Near Side\tside\tregion\tAZE\t39.8\t46.7\t60\n\
        Wide Country\twide\tregion\t\t39.8\t46.7\t300\n\
        Some Town\ttown\ttown\tAZE\t39.8\t46.7\t60\n\
        Some Front\tfront\tline\t\t39.8\t46.7\t60\n\
        Qoltaq\tqoltaq\t\tAZE\t40.01\t46.90\t\n";
    let g = with(Sort::Places, sheet);
    let (stepanakert, goris, baku) = ("geonames:146970", "geonames:174895", "geonames:587084");
    assert_eq!(g.entry(goris).map(|e| e.name()), Some("Goris"));
    for (place, areas) in [
        (stepanakert, &["own:plain", "own:side", "own:wide"][..]),
        (goris, &["own:plain", "own:wide"]),
        ("own:qoltaq", &["own:plain", "own:side", "own:wide"]),
        ("own:town", &["own:plain", "own:side", "own:wide"]),
        (baku, &["own:wide"]),
        ("geonames:2988507", &[]),
    ] {
        for area in ["own:plain", "own:side", "own:wide", "own:town", "own:front"] {
            let wanted = areas.contains(&area) || place == area;
            assert_eq!(g.is_within(place, area), wanted, "{place} in {area}");
        }
    }
    assert_eq!(g.entry("own:plain").map(|e| e.kind()), Some(Kind::Region));
    // What the towns were called and lay in before is as it was.
    let before = Gazetteer::builtin();
    for name in ["Goris", "Stepanakert", "Ханкенди", "Shusha"] {
        assert_eq!(ids(&g, name), ids(before, name), "{name}");
    }
    for up in before.ancestors(goris) {
        assert!(g.is_within(goris, &up), "{up}");
    }
}

#[test]
fn a_row_without_an_id_is_the_known_place_of_its_name_and_country() {
    // On the border of two countries, so that it is a place of neither alone.
    let sheet = "name\tcountry\tlat\tlon\taliases\nTinzaouaten\tMLI\t19.95\t2.97\tTin Zawa\n";
    let g = with(Sort::Places, sheet);
    assert_eq!(ids(&g, "Tin Zawa"), ["town:tinzaouaten"]);
    let elsewhere = sheet.replace("MLI", "SDN");
    let g = with(Sort::Places, &elsewhere);
    assert_eq!(ids(&g, "Tin Zawa"), ["own:tinzaouaten"]);
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
            "name\tradius_km\nQoltaq\t5\n",
            "mine.tsv:2: radius_km needs lat and lon",
        ),
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

const ACTORS: &str = "name\tid\tkind\tcountry\taliases\tparents\tmerges\tsplits\twithout\n\
    Qoltaq Defence Council\tqdc\tarmed-group\tAZE\tQDC|Gray Hoods\tstate:ARM@2019-2021\t\t\t\n\
    Samir Valiyan\t\tperson\tARM\t\tqdc@2020-\t\t\t\n\
    Africa Corps\tafrica-corps\tpmc\tRUS\t\t\t\tRussian Expeditionary Corps\t\n\
    Rapid Support Forces\t\t\t\tHemedti's men\t\tJanjaweed\t\tRSF militia men\n";

#[test]
fn a_sheet_of_actors_adds_merges_and_splits() {
    let below = Gazetteer::builtin();
    let g = with(Sort::Actors, ACTORS);
    let council = g.entry("own:qdc").unwrap();
    assert_eq!(
        (council.name(), council.kind_name()),
        ("Qoltaq Defence Council", "armed-group")
    );
    assert_eq!(ids(&g, "Gray Hoods"), ["own:qdc"]);
    let [link] = &council.links().collect::<Vec<_>>()[..] else {
        panic!("one link")
    };
    assert_eq!(link.to.id(), "state:ARM");
    assert_eq!(link.from.map(|d| d.year()), Some(2019));
    assert_eq!(link.until.map(|d| d.year()), Some(2021));
    // A person served; the surname finds the person.
    assert!(ids(&g, "Valiyan").contains(&"own:samir-valiyan".to_owned()));
    // Merged: one entry under both ids, with the names of both.
    let [old] = &ids(below, "Janjaweed")[..] else {
        panic!("one Janjaweed: {:?}", ids(below, "Janjaweed"))
    };
    let merged = g.entry(old).unwrap();
    assert_eq!(merged.name(), "Rapid Support Forces");
    assert_eq!(ids(&g, "Janjaweed"), [merged.id()]);
    assert_ne!(&merged.id(), old);
    for name in ["Hemedti's men", "RSF", "قوات الدعم السريع"] {
        assert!(ids(&g, name).contains(&merged.id()), "{name}");
    }
    assert!(
        g.entries().all(|e| &e.id() != old),
        "the merged entry is gone"
    );
    assert!(ids(&g, "Russian Expeditionary Corps").contains(&"own:africa-corps".to_owned()));
}

#[test]
fn a_row_may_merge_entries_and_take_a_name_from_others() {
    let text = "name\tid\tkind\tmerges\tsplits\n\
        Contractors\tcontractors\tpmc\tgroup:wagner-group|group:africa-corps-russia\tArmy of Islam\n";
    assert!(ids(Gazetteer::builtin(), "Army of Islam").len() > 1);
    let g = with(Sort::Actors, text);
    for name in ["Army of Islam", "Africa Corps", "PMC Wagner"] {
        assert_eq!(ids(&g, name), ["own:contractors"], "{name}");
    }
    let merged = g.entry("group:africa-corps-russia").map(|e| e.id());
    assert_eq!(merged.as_deref(), Some("own:contractors"));
}

#[test]
fn names_are_split_off_and_taken_away() {
    let below = Gazetteer::builtin();
    let taliban = ids(below, "Taliban");
    assert!(!taliban.is_empty());
    let text = "name\tid\tsplits\twithout\nKandahar Shura\tkandahar-shura\tTaliban\t\n";
    let g = with(Sort::Actors, text);
    let mut actors = ids(&g, "Taliban");
    actors.retain(|id| !g.entry(id).unwrap().kind().is_place());
    assert_eq!(actors, ["own:kandahar-shura"]);
    let text = format!(
        "name\tid\twithout\n{}\t{}\tTaliban\n",
        "Islamic Emirate", taliban[0]
    );
    let g = with(Sort::Actors, &text);
    assert!(
        !ids(&g, "Taliban").contains(&taliban[0]),
        "{:?}",
        ids(&g, "Taliban")
    );
    assert_eq!(g.entry(&taliban[0]).unwrap().name(), "Islamic Emirate");
}

#[test]
fn a_petrarch_dictionary_is_read() {
    let text = "; a dictionary\nQOLTAQ_DEFENCE_COUNCIL_ [AZEREB]\n+GRAY_HOODS_\n\
        SAMIR_VALIYAN_\n\t[ARMGOV 190501-210320]\n\t[ARMELI >210321]\n\
        ARMENIA_ [ARM]\n+LAND_OF_QOLTAQ_ ; a comment\n\
        WOLVES_OF_QOLTAQ_ [AZEREB 110101-151231]\n";
    let g = with(Sort::Actors, text);
    let council = g.entry("own:qoltaq-defence-council").unwrap();
    assert_eq!(
        (council.kind_name(), council.country()),
        ("armed-group", Some("AZE"))
    );
    assert_eq!(ids(&g, "Gray Hoods"), ["own:qoltaq-defence-council"]);
    let person = g.entry("own:samir-valiyan").unwrap();
    let offices: Vec<_> = person
        .links()
        .map(|l| {
            (
                l.to.id(),
                l.from.map(|d| d.to_string()),
                l.until.map(|d| d.to_string()),
            )
        })
        .collect();
    assert_eq!(
        offices,
        [
            (
                "state:ARM/government".to_owned(),
                Some("2019-05-01".to_owned()),
                Some("2021-03-20".to_owned())
            ),
            ("state:ARM".to_owned(), Some("2021-03-21".to_owned()), None),
        ]
    );
    assert_eq!(ids(&g, "Land of Qoltaq"), ["state:ARM"]);
    // Who rebels for a time is no person with an office.
    let wolves = g.entry("own:wolves-of-qoltaq").map(|e| e.kind_name());
    assert_eq!(wolves, Some("armed-group"));
    assert!(ids(&g, "Qoltaq").is_empty());
}

#[test]
fn bad_rows_of_actors_and_overrides_are_refused_with_their_lines() {
    for (sort, text, wrong) in [
        (
            Sort::Actors,
            "name\tkind\nX Y\tarmy\n",
            "mine.tsv:2: no kind of actor is called `army`",
        ),
        (
            Sort::Actors,
            "name\tparents\nX Y\tNobody at All\n",
            "mine.tsv:2: no actor is called `Nobody at All`",
        ),
        (
            Sort::Actors,
            "name\tparents\nX Y\tstate:AZE@since long\n",
            "mine.tsv:2: `since long` is no period",
        ),
        (
            Sort::Actors,
            "name\tmerges\nX Y\tRussia\n",
            "mine.tsv:2: state:RUS is a state",
        ),
        (
            Sort::Actors,
            "name\tid\nX Y\tcountry:AZE\n",
            "mine.tsv:2: country:AZE is a place",
        ),
        (
            Sort::Actors,
            "GRAY_HOODS_ [AZEREB\n+X_\n",
            "mine.tsv:1: a code without `]`",
        ),
        (
            Sort::Actors,
            "GRAY_HOODS_ [AZEREB]\n\t[AZEREB sometime]\n",
            "mine.tsv:2: `sometime` is no period",
        ),
        (Sort::Overrides, "Nice\t*\n", "mine.tsv:1: 2 cells"),
        (
            Sort::Overrides,
            "Nice\t*\tgeonames:1\n",
            "mine.tsv:1: no entry has the id `geonames:1`",
        ),
        (
            Sort::Overrides,
            "name\tscope\tid\nNice\ta{b\tnone\n",
            "mine.tsv:2: `a{b` is no pattern",
        ),
        (
            Sort::Overrides,
            "Nice\tXQX\tnone\n",
            "mine.tsv:1: no country has the code `XQX`",
        ),
    ] {
        let found = refused(sort, text);
        assert!(
            found.iter().any(|f| f.starts_with(wrong)),
            "{text:?}: {found:?}"
        );
    }
}

const ARTICLE: &str = "Shelling near Qoltaq\n\n\
    The Gray Hoods shelled Qoltaq and Tripoli on 3 May 2020, a spokesman said. Nice fell quiet.\n";

#[test]
fn the_index_keeps_the_tables_and_search_needs_no_option() {
    let sandbox = Sandbox::with(&[("lebanon/1.txt", ARTICLE), ("2.txt", ARTICLE)]);
    let mine = |name: &str, text: &str| std::fs::write(sandbox.path().join(name), text).unwrap();
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    assert_eq!(
        sandbox
            .belli(&["search", "--place", "Azerbaijan", "--json"])
            .status,
        1
    );
    mine("places.tsv", SHEET);
    mine("actors.tsv", ACTORS);
    mine(
        "overrides.tsv",
        "Tripoli\tlebanon\tgeonames:266826\nTripoli\t2.txt\tgeonames:2210247\nNice\t*\tnone\n",
    );
    // A bad row: nothing is touched.
    mine("bad.tsv", "name\tlat\tlon\nA\t1\t1\nB\t99\t1\n");
    let bad = sandbox.belli(&["index", "articles", "--gazetteer", "bad.tsv"]);
    assert_eq!(bad.status, 2);
    assert!(bad.err.contains("bad.tsv:3: lat `99`"), "{}", bad.err);
    let all = [
        "index",
        "articles",
        "--gazetteer",
        "places.tsv",
        "--actors",
        "actors.tsv",
        "--overrides",
        "overrides.tsv",
    ];
    let run = sandbox.belli(&all);
    assert!(
        run.status == 0 && run.err.contains("2 files indexed"),
        "{}",
        run.err
    );
    for name in ["places.tsv", "actors.tsv", "overrides.tsv"] {
        std::fs::remove_file(sandbox.path().join(name)).unwrap();
    }
    let paths = |args: &[&str]| {
        let all: Vec<&str> = ["search", "--json"].iter().chain(args).copied().collect();
        let run = sandbox.belli(&all);
        let mut paths: Vec<String> = run
            .json()
            .iter()
            .map(|h| h["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    };
    assert_eq!(
        paths(&["--place", "Azerbaijan"]),
        ["2.txt", "lebanon/1.txt"]
    );
    assert_eq!(paths(&["--actor", "own:qdc"]).len(), 2);
    assert_eq!(
        paths(&["--actor", "Armenia"]).len(),
        2,
        "it belonged to Armenia in 2020"
    );
    assert_eq!(paths(&["--place", "Lebanon"]), ["lebanon/1.txt"]);
    assert_eq!(paths(&["--place", "Libya"]), ["2.txt"]);
    assert_eq!(paths(&["--place", "Nice"]), Vec::<String>::new());
    let run = sandbox.belli(&["search", "--place", "Azerbaijan", "--json"]);
    let village = &run.json()[0]["places"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["name"] == "Qoltaq")
        .unwrap()
        .clone();
    assert_eq!(
        (
            village["kind"].as_str(),
            village["lat"].as_f64().map(|l| (l * 100.0).round())
        ),
        (Some("town"), Some(4001.0))
    );
    let own = sandbox.belli(&["status", "--json"]).json()[0]["own"].clone();
    let told = |n: usize| (own[n]["what"].as_str(), own[n]["file"].as_str());
    assert_eq!(own.as_array().map(Vec::len), Some(3), "{own}");
    assert_eq!(told(0), (Some("places"), Some("places.tsv")));
    assert_eq!(told(1), (Some("actors"), Some("actors.tsv")));
    assert_eq!(told(2), (Some("overrides"), Some("overrides.tsv")));
    assert_eq!(own[2]["lines"], 3);
    let status = sandbox.belli(&["status"]).out;
    assert!(
        status.contains("own       overrides.tsv (overrides, 3 lines)\n"),
        "{status}"
    );
    // Without options the index goes on with what it keeps; `none` takes it out.
    let again = sandbox.belli(&["index", "articles"]);
    assert!(again.err.contains("2 unchanged"), "{}", again.err);
    let none = sandbox.belli(&["index", "articles", "--gazetteer", "none"]);
    assert!(none.err.contains("2 files indexed"), "{}", none.err);
    assert!(paths(&["--place", "Azerbaijan"]).is_empty());
    assert!(!sandbox.belli(&["status"]).out.contains("own  "));
    let left = std::fs::read_dir(sandbox.index_path()).unwrap().flatten();
    assert!(
        left.into_iter()
            .all(|f| !f.file_name().to_string_lossy().starts_with("own-"))
    );
}

#[test]
fn actors_are_merged_when_a_query_runs() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nThe Gray Hoods, an armed group, left the valley. The Gray Hoods spoke of peace.\n",
        ),
        ("2.txt", "Two\n\nTaliban fighters entered the town.\n"),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    std::fs::write(
        sandbox.path().join("same.tsv"),
        "name\tid\tkind\tmerges\nMovement of the Hoods\thoods\tarmed-group\ttext:gray hoods|Taliban\n",
    )
    .unwrap();
    assert_eq!(
        sandbox
            .belli(&["search", "--actor", "Movement of the Hoods"])
            .status,
        1
    );
    let run = sandbox.belli(&[
        "search",
        "--actor",
        "Movement of the Hoods",
        "--actors",
        "same.tsv",
        "--json",
    ]);
    assert_eq!(run.json().len(), 2, "{}", run.err);
    let named: Vec<_> = run
        .json()
        .iter()
        .map(|h| h["actors"][0]["id"].clone())
        .collect();
    assert_eq!(named, ["own:hoods", "own:hoods"]);
}
