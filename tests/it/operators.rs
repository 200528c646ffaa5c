//! Operators of the query language: which passages each of them matches, and what is marked.

use crate::sandbox::{Sandbox, filler, ids};
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{Request, Scope, each};
use std::ops::ControlFlow;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "Convoy shelled\n\nWagner fighters shelled a convoy near Gao. The Malian army said nothing.\n\nVillagers buried the dead. US officials asked us for maps.\n",
        ),
        (
            "2.txt",
            "Wagner thanked\n\nThe army of Mali thanked the Wagner group. A firebomb hit the market; carbombs were found.\n",
        ),
        (
            "3.txt",
            "Markets\n\nBombing stopped. The bombers left, the market opened, the market closed, the market burned.\n",
        ),
    ]);
    sandbox.index();
    sandbox
}

fn found(sandbox: &Sandbox, query: &str) -> Vec<String> {
    let mut found = sandbox.found(query);
    found.sort();
    found.iter().map(|id| id.replace(".txt#0", "")).collect()
}

#[test]
fn operators_match_what_they_say() {
    let sandbox = sandbox();
    for (query, paths) in [
        ("convoy market", vec!["1", "2", "3"]),
        ("army AND wagner", vec!["1", "2"]),
        ("army NOT convoy", vec!["2"]),
        ("NOT wagner", vec!["3"]),
        ("convoy OR bombers", vec!["1", "3"]),
        ("convoy AND army OR bombing", vec!["1", "3"]),
        ("convoy AND (army OR bombing)", vec!["1"]),
        ("\"wagner group\"", vec!["2"]),
        ("\"group wagner\"", vec![]),
        ("\"army wagner\"~4", vec!["2"]),
        ("\"army wagner\"~3", vec![]),
        ("wagner NEAR/5 army", vec!["2"]),
        ("wagner NEAR/4 army", vec![]),
        ("wagner ADJ/5 army", vec![]),
        ("army ADJ/5 wagner", vec!["2"]),
        ("wagner /s gao", vec!["1"]),
        ("wagner /s malian", vec![]),
        ("wagner /p malian", vec!["1"]),
        ("wagner /p dead", vec![]),
        ("(wagner NEAR/2 shelled) /p malian", vec!["1"]),
        ("atleast3(market)", vec!["3"]),
        ("atleast4(market)", vec!["3"]),
        ("atleast5(market)", vec![]),
        ("lead(wagner)", vec!["1", "2"]),
        ("lead(dead)", vec![]),
        ("lead(convoy AND malian)", vec!["1"]),
        ("title:wagner", vec!["2"]),
        ("title:(convoy OR markets)", vec!["1", "3"]),
        ("shell*", vec!["1"]),
        ("*bomb*", vec!["2", "3"]),
        ("*bomb", vec!["2"]),
        ("m?rket", vec!["2", "3"]),
        ("convvoy~1", vec!["1"]),
        ("cnvoy~1 ", vec!["1"]),
        ("/bomb(ing|er)s?/", vec!["3"]),
        ("/bomb/", vec![]),
        ("=us", vec!["1"]),
        ("=US", vec!["1"]),
        ("=Us", vec![]),
        ("=Bombing", vec!["3"]),
        ("=bombing", vec![]),
        ("=\"Wagner group\"", vec!["2"]),
        ("=\"Wagner Group\"", vec![]),
        ("place:Gao AND convoy", vec!["1"]),
        ("place:Gao OR bombers", vec!["1", "3"]),
        ("-place:Gao", vec!["2", "3"]),
        ("market NOT (place:Gao OR actor:Mali)", vec!["3"]),
        ("actor:none", vec!["3"]),
        ("path:2.txt", vec!["2"]),
        ("-path:*2*", vec!["1", "3"]),
        ("lang:en AND convoy", vec!["1"]),
        ("date:none", vec!["1", "2", "3"]),
    ] {
        assert_eq!(found(&sandbox, query), paths, "{query}");
    }
}

#[test]
fn what_matched_is_marked_with_its_clause() {
    let sandbox = sandbox();
    let marked = |query: &str| {
        let results = sandbox.search(query);
        let hit = &results.hits[0];
        hit.matches
            .iter()
            .map(|m| (hit.text[m.range.clone()].to_owned(), m.clause.clone()))
            .collect::<Vec<_>>()
    };
    let of = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(a, b)| (a.to_string(), b.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        marked("\"wagner fighters\" AND =US"),
        of(&[("Wagner fighters", "\"wagner fighters\""), ("US", "=US")])
    );
    assert_eq!(
        marked("wagner NEAR/2 (shelled OR fighters)"),
        of(&[
            ("Wagner", "wagner NEAR/2 (shelled OR fighters)"),
            ("fighters", "wagner NEAR/2 (shelled OR fighters)"),
            ("shelled", "wagner NEAR/2 (shelled OR fighters)"),
        ])
    );
    // What is not part of the match is not marked: no army in a passage without the market.
    assert_eq!(
        marked("convoy OR (army AND market)"),
        of(&[("convoy", "convoy")])
    );
}

#[test]
fn a_paragraph_is_seen_across_passages() {
    let long = format!(
        "Report\n\nKerosene was short. {}Dentists left the town.\n\nPilots slept.\n",
        filler(300)
    );
    let sandbox = Sandbox::with(&[("1.txt", &long)]);
    sandbox.index();
    let last = sandbox.search("dentists").hits[0].ordinal;
    assert!(last > 0);
    assert!(sandbox.found("kerosene AND dentists").is_empty());
    let mut both = sandbox.found("kerosene /p dentists");
    both.sort();
    assert_eq!(both, ["1.txt#0", &format!("1.txt#{last}")]);
    assert!(sandbox.found("kerosene /p pilots").is_empty());
    assert!(
        sandbox
            .found("lead(dentists)")
            .contains(&format!("1.txt#{last}"))
    );
    let wide = |query: &str| {
        sandbox.request(Request {
            scope: Scope::Article,
            ..Request::new(Query::parse(query).unwrap())
        })
    };
    assert_eq!(ids(&wide("kerosene AND dentists")).len(), 2);
    assert_eq!(ids(&wide("atleast2(kerosene OR dentists)")).len(), 2);
    assert!(wide("kerosene NOT pilots").hits.is_empty());
}

#[test]
fn near_reaches_into_the_next_passage_in_a_wide_scope() {
    let text = format!(
        "Report\n\n{}Kerosene ended.\n\nDentists left. {}\n",
        filler(90),
        filler(90)
    );
    let sandbox = Sandbox::with(&[("1.txt", &text)]);
    sandbox.index();
    let near = |query: &str, scope| {
        let request = Request {
            scope,
            ..Request::new(Query::parse(query).unwrap())
        };
        sandbox.request(request).hits.len()
    };
    for query in ["kerosene NEAR/2 dentists", "\"kerosene ended dentists\""] {
        assert_eq!(near(query, Scope::Usual), 0);
        assert_eq!(near(query, Scope::Article), 2);
    }
    assert_eq!(near("kerosene NEAR/1 dentists", Scope::Article), 0);
}

#[test]
fn every_match_can_be_gone_through_in_the_order_of_articles() {
    let sandbox = Sandbox::new();
    for n in 0..30 {
        let text = format!(
            "Report\n\nA truce. {}\n\nMore truce. {}\n",
            filler(90),
            filler(90)
        );
        sandbox.write(&format!("{n:02}.txt"), text);
    }
    sandbox.index();
    let index = Index::open(&sandbox.index_path()).unwrap();
    let request = Request::new(Query::parse("\"a truce\" OR more").unwrap());
    let mut seen = Vec::new();
    let all = each(&index, Gazetteer::builtin(), &request, |hit| {
        assert!(!hit.matches.is_empty());
        seen.push((hit.article.path.clone(), hit.ordinal));
        ControlFlow::Continue(())
    })
    .unwrap();
    let mut sorted = seen.clone();
    sorted.sort();
    assert_eq!(seen, sorted);
    assert_eq!((all.passages, all.articles), (60, 30));
    assert_eq!(seen.len(), 60);
    let mut first = 0;
    let _ = each(&index, Gazetteer::builtin(), &request, |_| {
        first += 1;
        ControlFlow::Break(())
    });
    assert_eq!(first, 1);
}

#[test]
fn what_does_not_show_is_not_asked_for() {
    let sandbox = Sandbox::with(&[("a.txt", "Note\n\nThe Cease\u{ad}fire of Goma held.\n")]);
    sandbox.index();
    for query in ["=Ceasefire", "ceasefire", "=\"Ceasefire of\""] {
        assert_eq!(sandbox.found(query), ["a.txt#0"], "{query}");
    }
    assert!(sandbox.found("=ceasefire").is_empty());
}

#[test]
fn a_pattern_for_too_many_words_is_refused() {
    let sandbox = Sandbox::new();
    let words: Vec<String> = (0..3000).map(|n| format!("x{n:04}")).collect();
    sandbox.write("1.txt", format!("Report\n\n{}.\n", words.join(" ")));
    sandbox.index();
    let run = sandbox.belli(&["search", "x*"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("x* stands for more than 2048 words"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.belli(&["search", "x00*"]).status, 0);
}

/// Runs every row of the table as a command on the bundled corpus.
#[test]
fn the_table_of_operators_holds_on_the_bundled_corpus() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.belli(&["index", corpus]).status, 0);
    let table = include_str!("data/operators.tsv");
    let mut wrong = Vec::new();
    let rows: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).collect();
    assert!(rows.len() >= 60);
    for row in rows {
        let [query, options, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {row}")
        };
        let none = |cell: &str| cell == "-";
        let mut args = vec!["search", "--json", "--limit", "1000"];
        args.extend(options.split(' ').filter(|o| !none(o)));
        args.extend(["--", query]);
        let run = sandbox.belli(&args);
        let mut found: Vec<String> = run
            .json()
            .iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect();
        let mut expected: Vec<&str> = expected.split(' ').filter(|e| !none(e)).collect();
        found.sort();
        expected.sort_unstable();
        if found != expected || run.status != i32::from(expected.is_empty()) {
            wrong.push(format!(
                "{query} {options}: {found:?} instead of {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
