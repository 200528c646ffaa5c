//! Searching: what matches, in which order, and what it says of itself.

use crate::sandbox::{Sandbox, filler, ids, sources};
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{DateField, Filters, Request, Scope, search};
use std::sync::atomic::Ordering;

fn request(query: &str) -> Request {
    Request::new(Query::parse(query).unwrap())
}

fn long(first: &str, second: &str) -> String {
    format!(
        "Report from the valley\n\n{first} {}\n\n{second} {}\n",
        filler(100),
        filler(100)
    )
}

#[test]
fn words_are_any_plus_demands_and_minus_forbids() {
    let sandbox = Sandbox::with(&[
        ("1.txt", "One\n\nThe truce was broken by shelling.\n"),
        ("2.txt", "Two\n\nThe truce held all day.\n"),
        ("3.txt", "Three\n\nShelling was heard at night.\n"),
    ]);
    sandbox.index();
    let sorted = |query: &str| {
        let mut found = sandbox.found(query);
        found.sort();
        found
    };
    assert_eq!(sorted("truce shelling"), ["1.txt#0", "2.txt#0", "3.txt#0"]);
    assert_eq!(sandbox.found("truce shelling")[0], "1.txt#0");
    assert_eq!(sorted("+truce shelling"), ["1.txt#0", "2.txt#0"]);
    assert_eq!(sorted("truce -shelling"), ["2.txt#0"]);
    assert_eq!(sorted("-truce"), ["3.txt#0"]);
    assert_eq!(sorted("+truce +shelling"), ["1.txt#0"]);
    assert_eq!(sorted("\"was broken\""), ["1.txt#0"]);
    assert!(sorted("\"broken was\"").is_empty());
    assert_eq!(sorted("violins"), Vec::<String>::new());
}

#[test]
fn forms_of_a_word_match_and_are_marked() {
    let sandbox = Sandbox::with(&[(
        "1.txt",
        "One\n\nMilitants attacked the convoy; the attacks lasted an hour.\n",
    )]);
    sandbox.index();
    let results = sandbox.search("attacking");
    let hit = &results.hits[0];
    let marked: Vec<_> = hit.spans.iter().map(|s| &hit.text[s.clone()]).collect();
    assert_eq!(marked, ["attacked", "attacks"]);
}

#[test]
fn small_words_have_no_other_forms() {
    let sandbox = Sandbox::with(&[("1.txt", "One\n\nThey owned a mill and wills.\n")]);
    sandbox.index();
    for query in ["own", "will", "\"own a mill\""] {
        assert!(sandbox.found(query).is_empty(), "{query}");
    }
    assert_eq!(sandbox.found("\"owning a mill\""), ["1.txt#0"]);
}

#[test]
fn spelling_variants_match() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nFighting in Sana’a went on, Al-Shabaab was not involved, the U.N. said.\n",
        ),
        (
            "2.txt",
            "Two\n\nБои в Бахмуте продолжались, сообщил штаб.\n",
        ),
        ("3.txt", "Three\n\nوصلت القوات إلى الحُدَيْدَة أمس.\n"),
        ("4.txt", "Four\n\n缅甸军方空袭了村庄。\n"),
    ]);
    sandbox.index();
    for (query, found) in [
        ("sanaa", "1.txt#0"),
        ("\"al shabaab\"", "1.txt#0"),
        ("UN", "1.txt#0"),
        ("бахмуте", "2.txt#0"),
        ("الحديدة", "3.txt#0"),
        ("空袭", "4.txt#0"),
    ] {
        assert_eq!(sandbox.found(query), [found], "{query}");
    }
}

#[test]
fn words_hold_in_a_passage_and_scope_article_widens_them() {
    let sandbox = Sandbox::with(&[(
        "1.txt",
        &long("Kerosene was short.", "Dentists left the town."),
    )]);
    sandbox.index();
    assert_eq!(sandbox.search("kerosene").hits[0].ordinal, 0);
    assert!(sandbox.found("+kerosene +dentists").is_empty());
    let wide = Request {
        scope: Scope::Article,
        ..request("+kerosene +dentists")
    };
    let mut found = ids(&sandbox.request(wide));
    found.sort();
    assert_eq!(found, ["1.txt#0", "1.txt#1"]);
    let not = Request {
        scope: Scope::Article,
        ..request("kerosene -dentists")
    };
    assert!(sandbox.request(not).hits.is_empty());
}

#[test]
fn the_headline_counts_with_the_first_passage_and_lifts_the_others() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            &long("Kerosene was short.", "Kerosene came late.")
                .replace("Report from the valley", "Blockade tightens"),
        ),
        ("2.txt", &long("Kerosene was short.", "Kerosene came late.")),
    ]);
    sandbox.index();
    assert_eq!(sandbox.found("blockade"), ["1.txt#0"]);
    let both = sandbox.search("kerosene blockade");
    let rank = |id: &str| ids(&both).iter().position(|i| i == id).unwrap();
    assert!(rank("1.txt#1") < rank("2.txt#1"));
    assert_eq!(both.hits[0].title_spans.first(), Some(&(0..8)));
}

#[test]
fn hits_can_be_capped_for_each_article_and_in_all() {
    let sandbox = Sandbox::with(&[
        ("1.txt", &long("Kerosene was short.", "Kerosene came late.")),
        ("2.txt", &long("Kerosene was short.", "Kerosene came late.")),
    ]);
    sandbox.index();
    let all = sandbox.search("kerosene");
    assert_eq!((all.hits.len(), all.passages, all.articles), (4, 4, 2));
    let one = sandbox.request(Request {
        per_article: Some(1),
        ..request("kerosene")
    });
    assert_eq!((one.hits.len(), one.passages), (2, 4));
    let three = sandbox.request(Request {
        limit: 3,
        ..request("kerosene")
    });
    assert_eq!(ids(&three), ids(&all)[..3]);
}

#[test]
fn equal_scores_are_ordered_by_day_path_and_place_in_the_article() {
    let text = "Same words\n\nThe same words in every article, to the letter.\n";
    let sandbox = Sandbox::with(&[
        ("b.txt", text),
        ("a.txt", text),
        ("2019-05-01 c.txt", text),
        ("2018-05-01 d.txt", text),
    ]);
    sandbox.index();
    assert_eq!(
        sandbox.found("letter"),
        [
            "2018-05-01 d.txt#0",
            "2019-05-01 c.txt#0",
            "a.txt#0",
            "b.txt#0"
        ]
    );
}

#[test]
fn answers_do_not_depend_on_threads_updates_or_deletions() {
    let text = |n: usize| {
        let words = ["truce", "shelling", "convoy", "river", "ministry", "troops"];
        let sentence: Vec<_> = (0..40)
            .map(|i| words[(n * 7 + i * (n % 5 + 1)) % 6])
            .collect();
        format!("Article {n}\n\n{}.\n\n{}\n", sentence.join(" "), filler(80))
    };
    let fresh = Sandbox::new();
    for n in 0..60 {
        fresh.write(&format!("{n:02}.txt"), text(n));
    }
    fresh.index_with(&sources(), 1).unwrap();

    let grown = Sandbox::new();
    for round in 0..6 {
        for n in (0..60).rev().filter(|n| n % 6 == round) {
            grown.write(&format!("{n:02}.txt"), text(n));
            grown.write(&format!("gone{n}.txt"), text(n + 3));
        }
        grown.index_with(&sources(), 4).unwrap();
    }
    for n in 0..60 {
        grown.remove(&format!("gone{n}.txt"));
    }
    grown.index_with(&sources(), 4).unwrap();

    for query in [
        "truce",
        "truce shelling river",
        "\"convoy river\" ministry",
        "+troops -truce",
        "-convoy",
    ] {
        let answer = |s: &Sandbox| {
            let results = s.request(Request {
                limit: 200,
                ..request(query)
            });
            let hits: Vec<_> = results
                .hits
                .iter()
                .map(|h| (h.score, h.article.path.clone(), h.ordinal))
                .collect();
            (hits, results.passages, results.articles)
        };
        assert_eq!(answer(&fresh), answer(&grown), "{query}");
    }
}

fn by_actor(name: &str) -> Request {
    Request {
        filters: Filters {
            actors: vec![name.to_owned()],
            ..Filters::default()
        },
        ..request("")
    }
}

fn by_place(name: &str) -> Request {
    Request {
        filters: Filters {
            places: vec![name.to_owned()],
            ..Filters::default()
        },
        ..request("")
    }
}

#[test]
fn an_actor_includes_what_belongs_to_it() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nAzeri forces shelled a settlement before dawn.\n",
        ),
        ("2.txt", "Two\n\nBaku accused its neighbour of bad faith.\n"),
        (
            "3.txt",
            "Three\n\nPresident Ilham Aliyev rejected the accusation.\n",
        ),
        (
            "4.txt",
            "Four\n\nForeign Minister Tofiq Zzyzxov of Azerbaijan left the talks.\n",
        ),
        (
            "5.txt",
            "Five\n\nThe Armenian defence ministry denied firing first.\n",
        ),
    ]);
    sandbox.index();
    let mut found = ids(&sandbox.request(by_actor("Azerbaijan")));
    found.sort();
    assert_eq!(found, ["1.txt#0", "2.txt#0", "3.txt#0", "4.txt#0"]);
    assert_eq!(ids(&sandbox.request(by_actor("armenia"))), ["5.txt#0"]);
    // A name that no list has is found under that name, whole or by its last word.
    assert_eq!(
        ids(&sandbox.request(by_actor("Tofiq Zzyzxov"))),
        ["4.txt#0"]
    );
    assert_eq!(ids(&sandbox.request(by_actor("zzyzxov"))), ["4.txt#0"]);
    assert!(sandbox.request(by_actor("France")).hits.is_empty());
}

#[test]
fn a_place_includes_what_lies_in_it_under_any_of_its_names() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nSirens sounded in Stepanakert on Saturday.\n",
        ),
        ("2.txt", "Two\n\nExplosions were heard in Kyiv overnight.\n"),
        ("3.txt", "Three\n\nThe Minsk Group met without result.\n"),
    ]);
    sandbox.index();
    for name in ["Stepanakert", "Karabakh", "Artsakh", "Azerbaijan"] {
        assert_eq!(ids(&sandbox.request(by_place(name))), ["1.txt#0"], "{name}");
    }
    for name in ["Kiev", "Київ", "kyiv", "Ukraine"] {
        assert_eq!(ids(&sandbox.request(by_place(name))), ["2.txt#0"], "{name}");
    }
    assert!(sandbox.request(by_place("Minsk")).hits.is_empty());
    assert_eq!(ids(&sandbox.request(by_actor("Minsk Group"))), ["3.txt#0"]);
}

#[test]
fn filters_speak_for_the_article_and_passages_that_carry_them_come_first() {
    let sandbox = Sandbox::with(&[(
        "1.txt",
        &long(
            "Kerosene was short again.",
            "Kerosene reached Stepanakert at last.",
        ),
    )]);
    sandbox.index();
    let near = Request {
        query: Query::parse("kerosene").unwrap(),
        ..by_place("Stepanakert")
    };
    assert_eq!(ids(&sandbox.request(near.clone())), ["1.txt#1", "1.txt#0"]);
    assert_eq!(
        ids(&sandbox.request(Request {
            within_passage: true,
            ..near
        })),
        ["1.txt#1"]
    );
}

#[test]
fn dates_are_those_of_the_text_or_of_publication() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nThe bridge fell on 10 October 2020, villagers said.\n",
        ),
        (
            "2020-10-12.txt",
            "Two\n\nThe bridge is down and trucks wait.\n",
        ),
        ("3.txt", "Three\n\nThe bridge was built in 1974.\n"),
    ]);
    sandbox.index();
    let on = |start: (i16, i8, i8), end: (i16, i8, i8)| {
        let day = |d: (i16, i8, i8)| jiff::civil::date(d.0, d.1, d.2);
        let dates = Some(belli::extract::date::Interval {
            start: day(start),
            end: day(end),
        });
        let mut found = ids(&sandbox.request(Request {
            filters: Filters {
                dates,
                ..Filters::default()
            },
            ..request("bridge")
        }));
        found.sort();
        found
    };
    assert_eq!(on((2020, 10, 10), (2020, 10, 10)), ["1.txt#0"]);
    assert_eq!(
        on((2020, 10, 1), (2020, 10, 31)),
        ["1.txt#0", "2020-10-12.txt#0"]
    );
    assert_eq!(on((1974, 6, 1), (1974, 6, 1)), ["3.txt#0"]);
    assert!(on((2019, 1, 1), (2019, 12, 31)).is_empty());
}

fn dated(query: &str, from: (i16, i8, i8), to: (i16, i8, i8), date_field: DateField) -> Request {
    let day = |d: (i16, i8, i8)| jiff::civil::date(d.0, d.1, d.2);
    let dates = Some(belli::extract::date::Interval {
        start: day(from),
        end: day(to),
    });
    Request {
        filters: Filters {
            dates,
            date_field,
            ..Filters::default()
        },
        ..request(query)
    }
}

#[test]
fn passages_rank_by_how_exactly_they_carry_a_date() {
    let paragraph = |first: &str| format!("{first} The bridge carries trucks. {}\n\n", filler(100));
    let text = [
        "The bridge opened in 1974.",
        "In 2020 the bridge was mined.",
        "The bridge fell on 10 October 2020.",
        "Nobody crosses the bridge.",
    ];
    let text: String = text.iter().map(|first| paragraph(first)).collect();
    let sandbox = Sandbox::with(&[("1.txt", &format!("Report\n\n{text}"))]);
    sandbox.index();
    let october = dated("bridge", (2020, 10, 1), (2020, 10, 31), DateField::Any);
    // Said exactly; said of the year; not dated; another time.
    assert_eq!(
        ids(&sandbox.request(october.clone())),
        ["1.txt#2", "1.txt#1", "1.txt#3", "1.txt#0"]
    );
    let strict = Request {
        within_passage: true,
        ..october
    };
    assert_eq!(ids(&sandbox.request(strict)), ["1.txt#2", "1.txt#1"]);
}

#[test]
fn a_filter_by_date_counts_what_it_leaves_out_for_want_of_one() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nThe bridge fell on 10 October 2020, villagers said.\n",
        ),
        ("2.txt", "Two\n\nThe bridge is down and trucks wait.\n"),
        ("3.txt", "Three\n\nThe bridge was built in 1974.\n"),
        ("4.txt", "Four\n\nThe convoy waits at the river.\n"),
    ]);
    sandbox.index();
    let results = sandbox.request(dated(
        "bridge",
        (2020, 10, 1),
        (2020, 10, 31),
        DateField::Any,
    ));
    assert_eq!(
        (ids(&results), results.undated),
        (vec!["1.txt#0".to_owned()], 1)
    );
    assert_eq!(sandbox.search("bridge").undated, 0);
    let run = sandbox.belli(&["search", "bridge", "--on", "2020-10"]);
    assert!(
        run.err
            .contains("1 passages were left out because their articles have no date"),
        "{}",
        run.err
    );
}

#[test]
fn event_dates_and_publication_dates_can_be_told_apart() {
    let sandbox = Sandbox::with(&[
        (
            "2020-11-20 a.txt",
            "One\n\nThe bridge fell on 10 October 2020, villagers said.\n",
        ),
        ("2020-10-12 b.txt", "Two\n\nThe bridge was built in 1974.\n"),
    ]);
    sandbox.index();
    let found =
        |field| ids(&sandbox.request(dated("bridge", (2020, 10, 1), (2020, 10, 31), field)));
    assert_eq!(found(DateField::Event), ["2020-11-20 a.txt#0"]);
    assert_eq!(found(DateField::Published), ["2020-10-12 b.txt#0"]);
    assert_eq!(found(DateField::Any).len(), 2);
    let published = sandbox
        .belli(&["search", "bridge", "--published-from", "2020-11", "--json"])
        .json();
    assert_eq!(published.len(), 1);
    assert_eq!(published[0]["path"], "2020-11-20 a.txt");
}

#[test]
fn days_are_asked_for_as_people_write_them() {
    let sandbox = Sandbox::with(&[(
        "1.txt",
        "One\n\nThe bridge fell on 10 December 2025, villagers said.\n",
    )]);
    sandbox.index();
    // The sandbox's today is 2026-01-01.
    let these = [
        "2025",
        "2025-12",
        "2025-12-10",
        "10 December 2025",
        "Dec 2025",
        "2025-12..2026-02",
        "last month",
    ];
    for on in these.into_iter().chain(["..2025-12-31"]) {
        assert_eq!(
            sandbox.belli(&["search", "bridge", "--on", on]).status,
            0,
            "{on}"
        );
    }
    for on in ["2024", "2026-01", "yesterday"] {
        assert_eq!(
            sandbox.belli(&["search", "bridge", "--on", on]).status,
            1,
            "{on}"
        );
    }
}

#[test]
fn places_can_be_narrowed_by_container_spelling_distance_and_box() {
    let sandbox = Sandbox::with(&[
        (
            "1.txt",
            "One\n\nMilitias clashed in Tripoli, Libya, overnight.\n",
        ),
        (
            "2.txt",
            "Two\n\nSoldiers deployed in Tripoli, Lebanon, on Monday.\n",
        ),
        ("3.txt", "Three\n\nPower failed in Kiev on Monday.\n"),
        ("4.txt", "Four\n\nPower failed in Kyiv on Monday.\n"),
    ]);
    sandbox.index();
    let both = sandbox.request(by_place("Tripoli"));
    assert_eq!(both.hits.len(), 2);
    let said = |n: &String| n.contains("every sense") && n.contains("geonames:2210247");
    assert!(both.notes.iter().any(said), "{:?}", both.notes);
    assert_eq!(
        ids(&sandbox.request(by_place("Tripoli, Libya"))),
        ["1.txt#0"]
    );
    assert_eq!(
        ids(&sandbox.request(by_place("geonames:2210247"))),
        ["1.txt#0"]
    );
    assert_eq!(ids(&sandbox.request(by_place("=Kiev"))), ["3.txt#0"]);
    assert_eq!(sandbox.request(by_place("Kiev")).hits.len(), 2);
    let near = |options: &[&str]| {
        let mut args = vec!["search", "--json"];
        args.extend(options);
        let hits = sandbox.belli(&args).json();
        let mut paths: Vec<_> = hits
            .iter()
            .map(|h| h["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    };
    assert_eq!(near(&["--near", "Beirut,100km"]), ["2.txt"]);
    assert_eq!(near(&["--near", "50.4,30.5,25km"]), ["3.txt", "4.txt"]);
    assert_eq!(near(&["--bbox", "32,12,34,14"]), ["1.txt"]);
    assert_eq!(sandbox.belli(&["search", "--near", "Beirut"]).status, 2);
    let unknown = sandbox.belli(&["search", "--place", "Stepanakirt"]);
    assert_eq!(unknown.status, 1);
    let said = unknown.err.to_lowercase();
    assert!(
        said.contains("did you mean") && said.contains("stepanakert"),
        "{said}"
    );
}

#[test]
fn a_search_that_was_stopped_looks_no_word_up() {
    let sandbox = Sandbox::with(&[("1.txt", "One\n\nThe truce was broken by shelling.\n")]);
    sandbox.index();
    let index = Index::open(&sandbox.index_path()).unwrap();
    // No article has such words, so only the walk through the dictionary can notice.
    for query in ["*qq*zz*", "qqqqqqq~2", "/.*qq[aeiou]zz/"] {
        let request = request(query);
        let found = search(&index, Gazetteer::builtin(), &request).unwrap();
        assert_eq!(found.passages, 0, "{query}");
        request.stop.store(true, Ordering::Relaxed);
        let stopped = search(&index, Gazetteer::builtin(), &request).unwrap_err();
        assert!(stopped.is_stopped(), "{query}: {stopped}");
    }
}
