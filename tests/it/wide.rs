//! Wide segments: thousands of passages, gone through many at a time, against looking at each.

use crate::sandbox::Sandbox;
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{Hit, Request, Results, each, search};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::ControlFlow;

/// Numbers that look random and are the same every time.
struct Below(u64);

impl Below {
    fn next(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

/// An article of so many paragraphs, each of which becomes a passage. Words of low numbers are common; a digit
/// keeps each from having other forms.
fn article(random: &mut Below, paragraphs: u64) -> String {
    let mut text = "Report from the field\n".to_owned();
    for _ in 0..paragraphs {
        text.push('\n');
        for _ in 0..9 {
            text.push_str("There was");
            for _ in 0..2 + random.next(12) {
                let rare = 1 + random.next(40);
                let word = random.next(rare * rare);
                write!(text, " kor{word}n").unwrap();
            }
            text.push_str(". ");
        }
        text.push('\n');
    }
    text
}

fn folder() -> Sandbox {
    let (sandbox, mut random) = (Sandbox::new(), Below(7));
    // One article is longer than what is gone through at a time.
    sandbox.write("long.txt", article(&mut random, 4300));
    for (file, articles) in [("a", 1500), ("b", 1200)] {
        let mut lines = String::new();
        for _ in 0..articles {
            let paragraphs = 1 + random.next(4);
            let text = article(&mut random, paragraphs);
            writeln!(lines, "{}", serde_json::json!({ "text": text })).unwrap();
        }
        sandbox.write(&format!("{file}.jsonl"), lines);
    }
    sandbox
}

/// Every passage that matches.
fn all(index: &Index, query: &str) -> Vec<Hit> {
    let (mut hits, request) = (Vec::new(), Request::new(Query::parse(query).unwrap()));
    let found = each(index, Gazetteer::builtin(), &request, |hit| {
        hits.push(hit);
        ControlFlow::Continue(())
    });
    assert_eq!(found.unwrap().passages, hits.len() as u64, "{query}");
    hits
}

type Place = (String, Option<usize>, usize);

fn place(hit: &Hit) -> Place {
    let article = &hit.article;
    (article.path.clone(), article.record, hit.ordinal)
}

fn articles<'a>(places: impl Iterator<Item = &'a Place>) -> u64 {
    let articles: BTreeSet<_> = places.map(|(path, record, _)| (path, record)).collect();
    articles.len() as u64
}

/// A query, and whether a passage with these words matches it.
type Case<'a> = (String, &'a dyn Fn(&[&str]) -> bool);

fn check(index: &Index) {
    let whole = all(index, "NOT absent");
    let texts: BTreeMap<Place, Vec<&str>> = whole
        .iter()
        .map(|hit| {
            let words = hit.text.split(|c: char| !c.is_alphanumeric());
            (place(hit), words.filter(|w| !w.is_empty()).collect())
        })
        .collect();
    assert_eq!(texts.len(), whole.len());
    let has = |words: &[&str], n: u64| words.contains(&format!("kor{n}n").as_str());
    let mut random = Below(11);
    for round in 0..16 {
        let common = [1, 3, 9, 40][round % 4];
        let (a, b) = (random.next(4 * common), random.next(9 * common));
        let (x, y) = (format!("kor{a}n"), format!("kor{b}n"));
        let queries: [Case; 6] = [
            (x.clone(), &|words| has(words, a)),
            (format!("NOT {x}"), &|words| !has(words, a)),
            (format!("+{x} +{y}"), &|words| {
                has(words, a) && has(words, b)
            }),
            (format!("+{x} -{y}"), &|words| {
                has(words, a) && !has(words, b)
            }),
            (format!("{x} OR {y}"), &|words| {
                has(words, a) || has(words, b)
            }),
            (format!("\"{x} {y}\""), &|words| {
                words
                    .windows(2)
                    .any(|pair| has(&pair[..1], a) && has(&pair[1..], b))
            }),
        ];
        for (query, matches) in queries {
            let expected: Vec<&Place> = texts
                .iter()
                .filter(|(_, words)| matches(words))
                .map(|(place, _)| place)
                .collect();
            let request = Request::new(Query::parse(&query).unwrap());
            let Results {
                hits,
                passages,
                articles: of,
                ..
            } = search(index, Gazetteer::builtin(), &request).unwrap();
            assert_eq!(passages, expected.len() as u64, "{query}");
            assert_eq!(of, articles(expected.iter().copied()), "{query}");
            let shown: BTreeSet<Place> = hits.iter().map(place).collect();
            assert_eq!(shown.len(), expected.len().min(10), "{query}");
            assert!(shown.iter().all(|place| matches(&texts[place])), "{query}");
            // Of several words the best are looked at again, for how near they stand.
            if query == x || query.starts_with('"') {
                let mut scores: Vec<f64> = all(index, &query).iter().map(|hit| hit.score).collect();
                scores.sort_by(|a, b| b.total_cmp(a));
                scores.truncate(10);
                let best: Vec<f64> = hits.iter().map(|hit| hit.score).collect();
                assert_eq!(best, scores, "{query}");
            }
        }
    }
}

#[test]
fn totals_and_the_best_are_those_of_looking_at_every_passage() {
    let sandbox = folder();
    let belli = |args: &[&str]| assert_eq!(sandbox.belli(args).status, 0);
    belli(&["index", "--threads", "1", "articles"]);
    check(&Index::open(&sandbox.index_path()).unwrap());
    // What is deleted is passed over where it lies.
    sandbox.remove("a.jsonl");
    belli(&["index", "--threads", "1", "articles"]);
    check(&Index::open(&sandbox.index_path()).unwrap());
}
