//! Ranking: what plain words stand for, copies, parts of a score, and that nothing but files and query
//! decides.

use crate::sandbox::Sandbox;
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{Copies, Request, Synonyms, search};
use std::collections::BTreeMap;
use std::path::Path;

const CEASEFIRE: &str = "Guns fall silent\n\nA ceasefire in Nagorno-Karabakh took hold at noon on Saturday, officials in Baku said, after ten hours of talks.\n";
const MARKET: &str = "Prices\n\nThe market in Bamako was full again on Monday, and traders spoke of a good season for millet and rice.\n";

fn paths(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let mut all = vec!["search", "--json"];
    all.extend(args);
    let found = sandbox.belli(&all).json();
    let path = |hit: &serde_json::Value| hit["path"].as_str().unwrap().to_owned();
    found.iter().map(path).collect()
}

#[test]
fn plain_words_stand_for_other_names_and_synonyms() {
    let sandbox = Sandbox::with(&[("a.txt", CEASEFIRE), ("b.txt", MARKET)]);
    sandbox.index();
    assert_eq!(paths(&sandbox, &["Artsakh"]), ["a.txt"]);
    assert_eq!(paths(&sandbox, &["truce"]), ["a.txt"]);
    let run = sandbox.belli(&["search", "truce"]);
    assert!(run.out.contains("[ceasefire]"), "{}", run.out);
    assert!(
        run.err
            .contains("searched for as well: for truce ceasefire"),
        "{}",
        run.err
    );
    // What is marked, demanded or literal stands for itself.
    for query in ["+truce", "\"a truce\"", "truce AND noon", "=truce"] {
        assert_eq!(paths(&sandbox, &[query]), Vec::<String>::new(), "{query}");
    }
    assert!(paths(&sandbox, &["truce", "--no-synonyms"]).is_empty());
    // A wider scope finds no less.
    for query in ["Artsakh", "truce", "Artsakh millet"] {
        let wide = paths(&sandbox, &[query, "--scope", "article"]);
        assert_eq!(wide, paths(&sandbox, &[query]), "{query}");
    }
    // A compound is more than its part, but a name with a hyphen is whole, and so is a possessive.
    for query in ["truce-breaking", "post-truce", "Artsakh-backed", "truce_x"] {
        assert_eq!(paths(&sandbox, &[query]), Vec::<String>::new(), "{query}");
    }
    for query in [
        "Artsakh-Armenia",
        "Baku–Yerevan",
        "Artsakh/Armenia",
        "Mountainous-Karabakh",
        "truce's",
        "(truce)",
        "Artsakh's",
    ] {
        assert_eq!(paths(&sandbox, &[query]), ["a.txt"], "{query}");
    }
}

#[test]
fn a_wide_scope_shows_the_passages_that_carry_a_name() {
    let filler = crate::sandbox::filler(110);
    let text = format!(
        "Report\n\nThe river rose. {filler}\n\nTroops left Nagorno-Karabakh. {filler}\n\nKerosene was short. {filler}\n"
    );
    let sandbox = Sandbox::with(&[("a.txt", &text)]);
    sandbox.index();
    let ids = |query: &str| {
        let hits = sandbox
            .belli(&["search", query, "--scope", "article", "--json"])
            .json();
        let mut ids: Vec<String> = hits
            .iter()
            .map(|h| h["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids("Artsakh"), ["a.txt#1"]);
    assert_eq!(ids("Artsakh kerosene"), ["a.txt#1", "a.txt#2"]);
    assert_eq!(ids("+kerosene Artsakh"), ["a.txt#1", "a.txt#2"]);
}

#[test]
fn everyday_words_are_no_names_unless_a_capital_says_so() {
    let sandbox = Sandbox::with(&[
        ("a.txt", CEASEFIRE),
        (
            "b.txt",
            "Beijing\n\nFrance said that China's army, the PLAN included, had moved with UN monitors, TotalEnergies and the Wagner Group.\n",
        ),
        (
            "c.txt",
            "The plan\n\nThe total plan was French: it would set a car far from the end, and who would care for us was open.\n",
        ),
    ]);
    sandbox.index();
    let widened = |query: &str| {
        let run = sandbox.belli(&["search", query]);
        let line = |l: &&str| l.starts_with("searched for as well");
        run.err.lines().find(line).unwrap_or("").to_owned()
    };
    for query in [
        "plan",
        "Plan a market",
        "a car and a plan",
        "far from the end",
        "total care",
        "who would set it",
    ] {
        assert_eq!(widened(query), "", "{query}");
    }
    for (query, means) in [
        ("the PLAN moved", "for PLAN Armed forces of China"),
        ("UN monitors", "for UN United Nations"),
        ("artsakh", "for artsakh Nagorno-Karabakh"),
        ("wagner", "for wagner Wagner Group"),
    ] {
        let found = widened(query);
        assert!(found.contains(means), "{query}: {found:?}");
    }
    // A state's own name and adjective mean the state, however they are written.
    assert!(widened("french monitors").contains("for french France"));
}

#[test]
fn the_word_typed_comes_before_its_synonym() {
    let sandbox = Sandbox::with(&[
        ("a.txt", CEASEFIRE),
        ("b.txt", &CEASEFIRE.replace("ceasefire", "truce")),
        ("c.txt", MARKET),
    ]);
    sandbox.index();
    assert_eq!(paths(&sandbox, &["truce"]), ["b.txt", "a.txt"]);
    assert_eq!(paths(&sandbox, &["ceasefire"]), ["a.txt", "b.txt"]);
}

#[test]
fn a_users_synonyms_are_added_and_bad_ones_named() {
    let sandbox = Sandbox::with(&[("a.txt", CEASEFIRE), ("b.txt", MARKET)]);
    sandbox.index();
    let file = sandbox.path().join("own.tsv");
    std::fs::write(&file, "# ours\nsouk\tmarket\n").unwrap();
    assert_eq!(
        paths(&sandbox, &["souk", "--synonyms", "own.tsv"]),
        ["b.txt"]
    );
    assert_eq!(
        paths(&sandbox, &["truce", "--synonyms", "own.tsv"]),
        ["a.txt"]
    );
    std::fs::write(&file, "souk\tmarket\nalone\n").unwrap();
    let run = sandbox.belli(&["search", "souk", "--synonyms", "own.tsv"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("own.tsv:2: a group of one"), "{}", run.err);
}

#[test]
fn feedback_finds_what_the_first_passages_speak_of() {
    let sandbox = Sandbox::with(&[
        (
            "a.txt",
            "News\n\nThe dam at Kakhovka broke before dawn and the reservoir behind it emptied within days, engineers said.\n",
        ),
        (
            "b.txt",
            "News\n\nTwo towns below Kakhovka stood under water on Wednesday; nobody knew when the reservoir would have emptied.\n",
        ),
        (
            "c.txt",
            "News\n\nWater from the emptied reservoir reached the town within hours.\n",
        ),
        ("d.txt", MARKET),
    ]);
    sandbox.index();
    assert_eq!(paths(&sandbox, &["Kakhovka", "--no-synonyms"]).len(), 2);
    let found = paths(&sandbox, &["Kakhovka", "--no-synonyms", "--expand"]);
    assert!(found[..2] == ["a.txt", "b.txt"] || found[..2] == ["b.txt", "a.txt"]);
    assert_eq!(found[2..], ["c.txt"]);
    let run = sandbox.belli(&["search", "Kakhovka", "--expand"]);
    assert!(run.err.contains("for what was found"), "{}", run.err);
    // What was demanded is not loosened by what was found.
    for query in [
        "+Kakhovka",
        "\"at Kakhovka\" OR \"below Kakhovka\"",
        "Kakhovka -market",
    ] {
        assert_eq!(paths(&sandbox, &[query, "--expand"]).len(), 2, "{query}");
    }
}

#[test]
fn copies_are_kept_with_the_best_of_them() {
    let wire = "Convoy shelled near the bridge\n\nA relief convoy of eleven lorries was shelled on Tuesday as it waited at the bridge outside the town, and four drivers were killed, the agency said in a statement.\n";
    let sandbox = Sandbox::with(&[
        ("a.txt", wire),
        ("b.txt", &wire.replace("in a statement", "on Wednesday")),
        (
            "c.txt",
            "Convoy\n\nThe convoy came back the same evening without a scratch, said the mayor, who had waited for it.\n",
        ),
    ]);
    sandbox.index();
    assert_eq!(paths(&sandbox, &["convoy"]).len(), 3);
    let collapsed = sandbox
        .belli(&["search", "convoy", "--json", "--collapse"])
        .json();
    assert_eq!(collapsed.len(), 2);
    let with_copy = collapsed.iter().find(|hit| hit["path"] != "c.txt").unwrap();
    assert_eq!(with_copy["copies"].as_array().unwrap().len(), 1);
    let run = sandbox.belli(&["search", "convoy"]);
    assert!(run.out.contains("1 nearly the same: "), "{}", run.out);
}

#[test]
fn many_copies_leave_no_room_empty() {
    let wire = "Convoy shelled near the bridge\n\nA convoy of eleven lorries, the convoy that left on Monday, was shelled as it waited at the bridge outside the town, and four drivers were killed, said agency";
    let others = [
        "scratch, said the mayor",
        "word, said the driver",
        "stop, said the owner of a café",
    ];
    let mut files: Vec<(String, String)> = (10..50)
        .map(|n| (format!("wire{n}.txt"), format!("{wire} {n}.\n")))
        .collect();
    files.extend(others.iter().enumerate().map(|(n, other)| {
        let text = format!("Evening\n\nOne convoy came back the same evening without a {other}, who had waited for it at the gate of the market.\n");
        (format!("other{n}.txt"), text)
    }));
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (&p[..], &t[..])).collect();
    let sandbox = Sandbox::with(&files);
    sandbox.index();
    // Twice as many as are wanted are copies of the first.
    let arguments = ["search", "convoy", "--json", "--collapse", "--limit", "3"];
    let hits = sandbox.belli(&arguments).json();
    let copies = |hit: &serde_json::Value| hit["copies"].as_array().map_or(0, Vec::len);
    let found: Vec<usize> = hits.iter().map(copies).collect();
    assert_eq!(found, [39, 0, 0]);
}

#[test]
fn a_score_is_the_sum_of_its_parts() {
    let sandbox = Sandbox::with(&[("a.txt", CEASEFIRE), ("b.txt", MARKET)]);
    sandbox.index();
    let hits = sandbox
        .belli(&["search", "ceasefire hold talks", "--json"])
        .json();
    let parts = &hits[0]["parts"];
    let sum: f64 = ["own", "neighbours", "article", "headline", "near"]
        .iter()
        .map(|part| parts[part].as_f64().unwrap())
        .sum();
    assert!((hits[0]["score"].as_f64().unwrap() - sum).abs() < 1e-9);
    let run = sandbox.belli(&["search", "ceasefire", "--explain"]);
    assert!(run.out.contains("the sum of:"), "{}", run.out);
    let run = sandbox.belli(&["search", "--place", "Karabakh", "--json"]);
    assert!(run.out.contains("\"own\":0.0,"), "{}", run.out);
}

#[test]
fn a_grown_index_answers_as_a_fresh_one() {
    let sandbox = Sandbox::new();
    let write = |n: usize, text: &str| {
        let words = ["convoy", "truce", "Goma", "shelling", "Aleppo", "talks"];
        let body = format!(
            "Report {n}\n\nOn 3 May 2021 the {} reached {} while {} went on; {text}.\n",
            words[n % 6],
            words[(n / 2) % 6],
            words[(n / 3) % 6]
        );
        sandbox.write(&format!("{n:02}.txt"), body);
    };
    let index = |name: &str, threads: &str| {
        let run = sandbox.belli(&["index", "articles", "--index", name, "--threads", threads]);
        assert_eq!(run.status, 0, "{}", run.err);
    };
    // Grown: in four runs, with articles that change and others that go.
    for n in (0..24).rev() {
        write(n, "an earlier wording that nobody will see");
        if n % 6 == 0 {
            index("grown", "1");
        }
    }
    for n in 24..30 {
        write(n, "to be removed");
    }
    index("grown", "3");
    for n in 24..30 {
        sandbox.remove(&format!("{n:02}.txt"));
    }
    for n in 0..24 {
        write(n, "nothing more was known");
    }
    index("grown", "2");
    index("fresh", "4");
    for query in [
        "convoy truce",
        "who shelled Aleppo",
        "ceasefire",
        "\"went on\" Goma",
        "reached NEAR/5 convoy",
        "lorries OR shell*",
    ] {
        let ask = |name: &str| {
            let each = [&[][..], &["--expand"]].map(|more: &[&str]| {
                let args = ["search", query, "--json", "-n", "50", "--index", name];
                let run = sandbox.belli(&[&args[..], more].concat());
                assert_eq!(run.status, 0, "{query}: {}", run.err);
                (run.out, run.err)
            });
            assert_ne!(each[0], each[1], "{query}");
            each
        };
        assert_eq!(ask("grown"), ask("fresh"), "{query}");
    }
}

/// The judged passages of a query: path and words.
type Judged = BTreeMap<String, Vec<(String, String)>>;

fn rows(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/data")
        .join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    rows.map(|l| l.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn the_first_three_passages_answer_nine_of_ten_queries_over_the_corpus() {
    let sandbox = Sandbox::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let run = sandbox.belli(&["index", corpus.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.err);
    let mut judged = Judged::new();
    for row in rows("corpus_judgements.tsv") {
        let words = row[3].split_whitespace().collect::<Vec<_>>().join(" ");
        judged
            .entry(row[0].clone())
            .or_default()
            .push((row[1].clone(), words));
    }
    let index = Index::open(&sandbox.index_path()).unwrap();
    let queries = rows("corpus_queries.tsv");
    let mut failed = Vec::new();
    for row in &queries {
        let request = Request {
            limit: 3,
            widen: Some(Synonyms::builtin()),
            copies: Copies::Collapse,
            ..Request::new(Query::parse(&row[1]).unwrap())
        };
        let hits = search(&index, Gazetteer::builtin(), &request).unwrap().hits;
        let right = hits.iter().any(|hit| {
            let id = belli::index::writer::article_id(&hit.article);
            let text = hit.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let judged = judged.get(&row[0]).into_iter().flatten();
            judged
                .into_iter()
                .any(|(path, words)| *path == id && text.contains(words.as_str()))
        });
        if !right {
            failed.push(&row[1]);
        }
    }
    assert!(queries.len() >= 60);
    let success = 1.0 - failed.len() as f64 / queries.len() as f64;
    assert!(success >= 0.9, "success@3 {success:.3}: {failed:#?}");
}
