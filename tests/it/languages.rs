//! Languages: one analyzer for index, query and spans, tried on a table of queries and texts.

use crate::sandbox::Sandbox;
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{Filters, Request, search};
use std::collections::BTreeSet;

struct Row<'a> {
    number: usize,
    language: &'a str,
    found: bool,
    query: &'a str,
    text: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let table = include_str!("data/languages.tsv");
    let rows = table
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.starts_with('#'));
    rows.map(|(number, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[language, found, query, text] = cells.as_slice() else {
            panic!("line {}: four columns", number + 1)
        };
        assert!(matches!(found, "yes" | "no"), "line {}", number + 1);
        Row {
            number,
            language,
            found: found == "yes",
            query,
            text,
        }
    })
    .collect()
}

fn path(row: &Row) -> String {
    format!("{:03}-{}.txt", row.number, row.language)
}

/// The paths of the articles that a query finds; each hit has to show where.
fn found(index: &Index, query: &str) -> BTreeSet<String> {
    let query = Query::parse(query).unwrap_or_else(|e| panic!("{e}"));
    let request = Request {
        limit: 10_000,
        ..Request::new(query)
    };
    let results = search(index, Gazetteer::builtin(), &request).unwrap();
    for hit in &results.hits {
        assert!(
            !hit.spans.is_empty() || !hit.title_spans.is_empty(),
            "{}: no span",
            hit.article.path
        );
    }
    results
        .hits
        .into_iter()
        .map(|h| h.article.path.clone())
        .collect()
}

#[test]
fn every_language_finds_its_words_in_an_index_of_all() {
    let rows = rows();
    let languages: BTreeSet<&str> = rows.iter().map(|r| r.language).collect();
    assert!(rows.len() >= 150 && languages.len() >= 30);
    let sandbox = Sandbox::new();
    for row in &rows {
        sandbox.write(&path(row), format!("{}\n", row.text));
    }
    sandbox.index();
    let index = Index::open(&sandbox.index_path()).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        if found(&index, row.query).contains(&path(row)) != row.found {
            let expected = if row.found { "finds" } else { "does not find" };
            wrong.push(format!(
                "{}: {} {expected} {}",
                row.language, row.query, row.text
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_small_share_of_a_language_is_stemmed_and_the_rest_is_left_alone() {
    let sandbox = Sandbox::new();
    for n in 0..60 {
        let text = "The reporter said on Sunday that the soldiers had left the village before the rain came, and that nobody was hurt in the streets around the old market.";
        sandbox.write(&format!("en-{n}.txt"), text);
    }
    sandbox.write("fr.txt", "Les soldats ont attaqué le village avant la pluie, et le journaliste veut reporter son voyage, selon les habitants du quartier qui sont restés chez eux.");
    sandbox.write("ru.txt", "Солдаты покинули деревню до дождя, сообщили жители, которые остались дома и видели обстрелы на другом берегу реки.");
    sandbox.index();
    let index = Index::open(&sandbox.index_path()).unwrap();
    let only = |path: &str| BTreeSet::from([path.to_owned()]);
    assert_eq!(found(&index, "attaquer"), only("fr.txt"));
    assert_eq!(found(&index, "обстрел"), only("ru.txt"));
    // `marketa` is a form of `market` by the rules of French, but the articles that say it are English.
    assert_eq!(found(&index, "marketa"), BTreeSet::new());
    assert_eq!(found(&index, "markets").len(), 60);
}

#[test]
fn names_are_found_where_a_language_writes_something_to_them() {
    let sandbox = Sandbox::with(&[
        (
            "tr.txt",
            "Heyet dün Ankara'ya döndü, görüşmeler İstanbul'da sürecek, dedi bakanlık sözcüsü.\n",
        ),
        (
            "fr.txt",
            "Les habitants d’Alep ont fui les bombardements pendant toute la nuit, selon l’armée.\n",
        ),
        (
            "zh.txt",
            "当地居民说,军政府的战机在实皆省轰炸了一所学校。\n",
        ),
        ("he.txt", "הלחימה בירושלים נמשכה גם אתמול למרות המאמצים.\n"),
    ]);
    sandbox.index();
    let index = Index::open(&sandbox.index_path()).unwrap();
    for (place, path) in [
        ("Istanbul", "tr.txt"),
        ("Ankara", "tr.txt"),
        ("Aleppo", "fr.txt"),
        ("Sagaing", "zh.txt"),
    ] {
        let filters = Filters {
            places: vec![place.to_owned()],
            ..Filters::default()
        };
        let request = Request {
            filters,
            ..Request::new(Query::default())
        };
        let results = search(&index, Gazetteer::builtin(), &request).unwrap();
        let paths: Vec<_> = results
            .hits
            .iter()
            .map(|h| h.article.path.as_str())
            .collect();
        assert_eq!(paths, [path], "{place}");
    }
}

#[test]
fn the_language_is_kept_with_its_confidence() {
    let sandbox = Sandbox::with(&[
        (
            "de.txt",
            "Die Straße nach Norden ist seit dem Wochenende gesperrt, teilte die Polizei am Montag mit.\n",
        ),
        ("stated.md", "---\nlang: fr\n---\n\nLe convoi est arrivé.\n"),
    ]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let hit = &sandbox.belli(&["search", "Strasse", "--json"]).json()[0];
    assert_eq!(hit["lang"], "de");
    assert!(
        hit["lang_confidence"]
            .as_f64()
            .is_some_and(|c| c > 0.9 && c <= 1.0)
    );
    let hit = &sandbox.belli(&["search", "convoi", "--json"]).json()[0];
    assert_eq!(
        (hit["lang"].as_str(), hit["lang_confidence"].is_null()),
        (Some("fr"), true)
    );
    let article = &sandbox
        .belli(&["extract", "--json", "articles/de.txt"])
        .json()[0];
    assert!(article["lang_confidence"].as_f64().is_some_and(|c| c > 0.9));
}
