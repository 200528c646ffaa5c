//! The gazetteer's data and what is read off it: sorted, licensed, parents that exist, containment.

use belli::gazetteer::format::LinkKind;
use belli::gazetteer::{Gazetteer, Kind, Tokens, name_key};
use std::collections::HashSet;
use std::path::Path;

fn table(name: &str) -> String {
    std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/gazetteer")
            .join(name),
    )
    .expect("the table is there")
}

const TABLES: &[&str] = &[
    "places.tsv",
    "admins.tsv",
    "countries.tsv",
    "common.tsv",
    "people.tsv",
    "nature.tsv",
    "regions.tsv",
    "states.tsv",
    "organisations.tsv",
    "groups.tsv",
    "persons.tsv",
    "titles.tsv",
    "roles.tsv",
    "given_names.tsv",
];

#[test]
fn tables_are_licensed_and_sorted() {
    for name in TABLES {
        let text = table(name);
        for field in ["# source: ", "# licence: ", "# columns: "] {
            assert!(
                text.lines()
                    .take_while(|l| l.starts_with('#'))
                    .any(|l| l.starts_with(field)),
                "{name} lacks {field}"
            );
        }
        let ids: Vec<&str> = text
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split('\t').next().unwrap_or(""))
            .collect();
        if ids.iter().all(|i| i.parse::<u32>().is_ok()) {
            assert!(
                ids.is_sorted_by_key(|i| i.parse::<u32>().unwrap_or(0)),
                "{name} is not sorted by number"
            );
        } else {
            assert!(
                ids.is_sorted(),
                "{name} is not sorted: {:?}",
                ids.windows(2).find(|w| w[0] > w[1])
            );
        }
        assert_eq!(
            ids.len(),
            ids.iter().collect::<HashSet<_>>().len(),
            "{name} has an id twice"
        );
        assert!(
            text.lines().all(|l| l == l.trim_end_matches([' ', '\r'])),
            "{name} has trailing space"
        );
    }
}

#[test]
fn links_lead_somewhere() {
    let problems = include_str!(concat!(env!("OUT_DIR"), "/gazetteer.problems"));
    assert_eq!(problems, "", "see the packer's notes");
}

#[test]
fn ids_find_their_entries() {
    let g = Gazetteer::builtin();
    for e in g.entries() {
        assert_eq!(g.entry(&e.id()), Some(e));
    }
    for id in [
        "",
        "geonames:",
        "geonames:0",
        "geonames:4294967295",
        "state:",
        "state:XXX",
        "text:baku",
    ] {
        assert_eq!(g.entry(id), None);
    }
    for e in g.entries().step_by(997) {
        assert!(!e.name().is_empty());
        assert!(
            g.names(&name_key(e.name()))
                .iter()
                .any(|c| c.row() == e.row()),
            "{e:?} is not found by its name"
        );
    }
    assert_eq!(
        g.entry("geonames:616052")
            .map(|e| (e.name(), e.kind(), e.country())),
        Some(("Yerevan", Kind::Capital, Some("ARM")))
    );
    for id in [
        "country:AZE",
        "state:AZE",
        "state:AZE/military",
        "state:AZE/ministry-of-defence",
        "region:nagorno-karabakh",
    ] {
        assert!(g.entry(id).is_some(), "{id}");
    }
    assert!(g.entry("geonames:1").is_none() && g.entry("region:atlantis").is_none());
}

#[test]
fn places_lie_in_all_their_parents() {
    let g = Gazetteer::builtin();
    let stepanakert = "geonames:146970";
    for outer in ["country:AZE", "region:nagorno-karabakh", stepanakert] {
        assert!(
            g.is_within(stepanakert, outer),
            "{outer}: {:?}",
            g.ancestors(stepanakert)
        );
    }
    // Gao lies in the Sahel, and the Sahel in no country.
    let gao = g
        .names("gao")
        .iter()
        .map(|c| g.row(c.row()))
        .find(|e| e.country() == Some("MLI") && e.kind().is_town())
        .expect("Gao is known");
    assert!(
        gao.ancestors().iter().any(|e| e.id() == "country:MLI")
            && !gao.ancestors().iter().any(|e| e.id() == "country:NER")
    );
    assert!(!g.is_within("country:AZE", stepanakert));
    let donetsk = g.ancestors("geonames:709717");
    assert!(
        donetsk.contains(&"geonames:709716".to_string())
            && donetsk.contains(&"country:UKR".to_string()),
        "{donetsk:?}"
    );
}

#[test]
fn organs_belong_to_their_states() {
    let g = Gazetteer::builtin();
    assert!(
        g.affiliations("state:AZE/military")
            .iter()
            .any(|a| a.id == "state:AZE")
    );
    let offices = g
        .entries()
        .filter(|e| {
            e.links()
                .any(|l| l.kind == LinkKind::Office && l.from.is_some())
        })
        .count();
    assert!(offices > 100, "{offices} persons with dated offices");
}

#[test]
fn names_are_found_in_all_scripts() {
    let g = Gazetteer::builtin();
    for (name, country) in [
        ("Київ", "UKR"),
        ("Kiev", "UKR"),
        ("حلب", "SYR"),
        ("曼德勒", "MMR"),
        ("El-Fasher", "SDN"),
        ("Hudaydah", "YEM"),
        ("Sana'a", "YEM"),
        ("Sanaa", "YEM"),
    ] {
        let found = g
            .names(&name_key(name))
            .iter()
            .any(|c| g.row(c.row()).country() == Some(country));
        assert!(found, "{name}");
    }
}

#[test]
fn the_longest_name_wins() {
    let g = Gazetteer::builtin();
    let t = Tokens::new("in New York City today");
    assert_eq!(g.longest(&t, 1).map(|f| f.words), Some(3));
    assert!(
        g.longest(&t, 4)
            .is_none_or(|f| g.candidates(f.key).is_empty())
    );
}

#[test]
fn misspelt_names_are_suggested() {
    let g = Gazetteer::builtin();
    assert!(
        g.suggest("Yerevn", |_| true, 5)
            .iter()
            .any(|s| s.0 == "yerevan")
    );
    // Two letters exchanged are one mistake.
    assert!(g.suggest("FMNL", |_| true, 5).iter().any(|s| s.0 == "fmln"));
}
