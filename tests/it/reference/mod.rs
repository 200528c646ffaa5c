//! A slow and simple evaluation of the query language, written from its definitions, and the program
//! checked against it; and against queries that nobody would type.
//!
//! It scans every word of every passage for every part of a query and knows nothing of the index.
//! `BELLI_REFERENCE=FOLDER cargo test --release reference -- --nocapture` runs it on another folder.

mod article;
mod generate;
mod scan;

use crate::sandbox::{Sandbox, sources};
use article::{Corpus, corpus};
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::ingest;
use belli::query::{Node, Query};
use belli::search::{Hit, Parts, Request, Scope, each, search};
use generate::Random;
use scan::{Meanings, Scan};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64};

/// How many queries are made up.
const QUERIES: usize = 2_000;
/// How many texts are thrown at the search that need not be queries.
const THROWN: usize = 10_000;

struct Tested {
    _sandbox: Sandbox,
    index: Index,
    folder: PathBuf,
    corpus: Corpus,
}

fn tested() -> Tested {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = std::env::var_os("BELLI_REFERENCE").map_or(bundled, PathBuf::from);
    let sandbox = Sandbox::new();
    let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let sources = sources();
    let options = ingest::Options {
        sources: &sources,
        threads: 2,
        stop: &stop,
        done: &done,
    };
    let gazetteer = Gazetteer::builtin();
    ingest::index(&folder, &sandbox.index_path(), gazetteer, &options).unwrap();
    Tested {
        index: Index::open(&sandbox.index_path()).unwrap(),
        corpus: corpus(&folder, &sources),
        folder,
        _sandbox: sandbox,
    }
}

/// What the program finds: passages by article id and number.
fn found(tested: &Tested, request: &Request) -> (BTreeSet<(String, usize)>, Vec<Hit>) {
    let (mut set, mut hits) = (BTreeSet::new(), Vec::new());
    each(&tested.index, Gazetteer::builtin(), request, |hit| {
        let new = set.insert((belli::index::writer::article_id(&hit.article), hit.ordinal));
        assert!(new, "the same passage twice");
        hits.push(hit);
        ControlFlow::Continue(())
    })
    .unwrap();
    (set, hits)
}

#[test]
fn the_program_finds_what_a_scan_of_every_passage_finds() {
    let tested = tested();
    let articles = &tested.corpus.articles;
    let meanings = Meanings::new(&tested.corpus);
    let mut random = Random::new(20201010);
    let (mut with_hits, mut passages) = (0, 0);
    for n in 0..QUERIES {
        let typed = random.query(articles);
        let query = Query::parse(&typed).unwrap_or_else(|e| panic!("{typed}: {e}"));
        let scope = match n % 4 {
            0 => Scope::Article,
            _ => Scope::Usual,
        };
        let request = Request {
            scope,
            ..Request::new(query.clone())
        };
        let (set, hits) = found(&tested, &request);
        let scans: BTreeMap<&str, Scan> = articles
            .iter()
            .map(|a| (a.id.as_str(), Scan::new(a, &meanings, scope)))
            .collect();
        let mut scanned = BTreeSet::new();
        for (id, scan) in &scans {
            for passage in scan.passages(&query.root) {
                scanned.insert(((*id).to_owned(), passage));
            }
        }
        let missed: Vec<_> = scanned.difference(&set).collect();
        let wrong: Vec<_> = set.difference(&scanned).collect();
        assert!(
            missed.is_empty() && wrong.is_empty(),
            "{typed} ({scope:?}), read as {query}: missed {missed:?}, wrong {wrong:?}"
        );
        with_hits += usize::from(!set.is_empty());
        passages += set.len();
        let clauses: BTreeSet<&str> = hits
            .iter()
            .flat_map(|h| h.matches.iter().map(|m| m.clause.as_str()))
            .collect();
        let clauses: BTreeMap<&str, Node> = clauses
            .into_iter()
            .map(|clause| (clause, Query::parse(clause).unwrap().root))
            .collect();
        for hit in &hits {
            let id = belli::index::writer::article_id(&hit.article);
            check_spans(&tested.folder, &scans[id.as_str()], &clauses, hit, &typed);
        }
        // The ranked search counts the same, whatever it shows.
        let ranked = search(&tested.index, Gazetteer::builtin(), &request).unwrap();
        assert_eq!(ranked.passages, set.len() as u64, "{typed}");
        for hit in &ranked.hits {
            let same = hits
                .iter()
                .find(|h| {
                    h.article.path == hit.article.path
                        && h.article.record == hit.article.record
                        && h.ordinal == hit.ordinal
                })
                .unwrap();
            // Nearness counts for the best alone, so enumeration goes without.
            let parts = Parts {
                near: 0.0,
                ..hit.parts
            };
            assert_eq!(
                (&same.matches, same.parts),
                (&hit.matches, parts),
                "{typed}"
            );
        }
    }
    println!("{QUERIES} queries, {with_hits} with hits, {passages} passages: equal sets");
    assert!(
        with_hits > QUERIES / 2,
        "only {with_hits} queries find anything"
    );
}

/// Every span that is reported satisfies its clause, and stands where it says in the file.
fn check_spans(folder: &Path, scan: &Scan, clauses: &BTreeMap<&str, Node>, hit: &Hit, typed: &str) {
    let path = &hit.article.path;
    let plain = path.ends_with(".txt") || path.ends_with(".md");
    let file = match plain && !hit.matches.is_empty() {
        true => String::from_utf8(std::fs::read(folder.join(path)).unwrap()).ok(),
        false => None,
    };
    for span in &hit.matches {
        let marked = &hit.text[span.range.clone()];
        assert!(
            scan.marks(&clauses[span.clause.as_str()], hit.ordinal, &span.range),
            "{typed}: {marked:?} in {path}#{} does not satisfy {}",
            hit.ordinal,
            span.clause
        );
        if let (Some((start, end)), Some(file)) = (span.bytes, &file) {
            assert_eq!(&file[start..end], marked);
        }
    }
}

#[test]
fn nothing_that_can_be_typed_makes_the_search_panic() {
    let tested = tested();
    let mut random = Random::new(7);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..THROWN {
        let typed = random.thrown(&tested.corpus.articles);
        let query = match random.below(20) {
            0 => Query::literal(&typed),
            _ => match Query::parse(&typed) {
                Ok(query) => query,
                Err(error) => {
                    assert!(!error.message.is_empty());
                    refused += 1;
                    continue;
                }
            },
        };
        let request = Request {
            limit: 3,
            scope: if random.below(4) == 0 {
                Scope::Article
            } else {
                Scope::Usual
            },
            within_passage: random.below(4) == 0,
            ..Request::new(query)
        };
        match search(&tested.index, Gazetteer::builtin(), &request) {
            Ok(results) => assert!(results.hits.len() as u64 <= results.passages),
            // A damaged index is what a panic inside would be reported as.
            Err(error) => assert!(error.is_too_broad(), "{typed}: {error}"),
        }
        read += 1;
    }
    println!("{read} searched, {refused} refused with a reason");
    assert!(read > THROWN / 4 && refused > THROWN / 20);
}
