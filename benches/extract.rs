//! How fast articles are read for actors, places and dates: megabytes a second on one thread.
//!
//! `cargo bench --bench extract -- FOLDER` (default: the bundled corpus). Each stage alone, the
//! best of several rounds over the same texts, by CPU time; not a comparison with other programs.

use belli::analysis::language::detect;
use belli::extract::date::{DateOrder, dates};
use belli::extract::reading::Reading;
use belli::extract::wordbook::Wordbook;
use belli::extract::{actor, extract_with, place};
use belli::gazetteer::{Gazetteer, Tokens};
use belli::ingest::{Sources, each_article};
use jiff::civil::{Date, date};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

/// Rounds over the texts; the best one counts, since others only add noise.
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder = folder.unwrap_or_else(|| format!("{}/corpus", env!("CARGO_MANIFEST_DIR")));
    let texts = texts(Path::new(&folder));
    let bytes: usize = texts.iter().map(|(text, _)| text.len()).sum();
    let mut book = Wordbook::new(Gazetteer::builtin());
    let readings: Vec<Reading> = texts
        .iter()
        .map(|t| Reading::with(&t.0, &mut book))
        .collect();
    println!("{} articles, {:.2} MB", texts.len(), bytes as f64 / 1e6);

    let each = || texts.iter().map(|(text, day)| (text.as_str(), *day));
    let read = || readings.iter().zip(&texts).map(|(r, t)| (r, t.1));
    let mut stages: [(&str, &mut dyn FnMut() -> usize); 8] = [
        ("language", &mut || {
            each().filter(|(text, _)| detect(text).is_some()).count()
        }),
        ("words", &mut || {
            each().map(|(text, _)| Tokens::new(text).len()).sum()
        }),
        ("names", &mut || {
            let mut book = Wordbook::new(Gazetteer::builtin());
            each()
                .map(|(text, _)| Reading::with(text, &mut book).tokens.len())
                .sum()
        }),
        ("dates", &mut || {
            each()
                .map(|(text, day)| dates(text, day, DateOrder::Auto).len())
                .sum()
        }),
        ("actors", &mut || {
            read()
                .map(|(reading, day)| actor::actors(reading, day).named.len())
                .sum()
        }),
        ("places", &mut || {
            read()
                .map(|(reading, _)| place::places_of(reading).len())
                .sum()
        }),
        ("names and places", &mut || {
            let mut book = Wordbook::new(Gazetteer::builtin());
            each()
                .map(|(text, _)| place::places_of(&Reading::with(text, &mut book)).len())
                .sum()
        }),
        ("all of it", &mut || {
            let mut book = Wordbook::new(Gazetteer::builtin());
            each()
                .map(|(text, day)| {
                    let found = extract_with(text, day, DateOrder::Auto, &mut book);
                    found.places.len() + usize::from(detect(text).is_some())
                })
                .sum()
        }),
    ];
    for (name, stage) in &mut stages {
        let mut best = f64::MAX;
        let mut found = 0;
        for _ in 0..ROUNDS {
            let start = cpu();
            found = stage();
            best = best.min(cpu() - start);
        }
        println!(
            "{name:16} {:7.1} MB/s  ({found} found)",
            bytes as f64 / 1e6 / best
        );
    }
}

/// The texts of a folder with their days of publication.
fn texts(folder: &Path) -> Vec<(String, Option<Date>)> {
    let mut texts = Vec::new();
    each_article(folder, &Sources::new(date(2100, 1, 1)), |_, article| {
        texts.extend(article.map(|a| (a.text, a.published.map(|p| p.interval.start))));
        true
    })
    .expect("the folder can be read");
    texts
}

/// Seconds that this thread has computed; where the system does not say, seconds that passed.
fn cpu() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n / 1e9)
}
