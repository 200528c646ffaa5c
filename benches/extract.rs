//! How fast articles are read for actors, places and dates: megabytes a second on one thread.
//!
//! `cargo bench --bench extract -- FOLDER` (default: the bundled corpus). Each stage alone, the
//! best of several rounds over the same texts; not a comparison with other programs.

use belli::extract::date::{DateOrder, dates};
use belli::extract::{actor, extract, place};
use belli::gazetteer::{Gazetteer, Tokens};
use belli::ingest::{Sources, each_article};
use jiff::civil::{Date, date};
use std::path::Path;
use std::time::Instant;

/// Rounds over the texts; the best one counts, since others only add noise.
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder = folder.unwrap_or_else(|| format!("{}/corpus", env!("CARGO_MANIFEST_DIR")));
    let texts = texts(Path::new(&folder));
    let bytes: usize = texts.iter().map(|(text, _)| text.len()).sum();
    let gazetteer = Gazetteer::builtin();
    let cut: Vec<Tokens> = texts.iter().map(|(text, _)| Tokens::new(text)).collect();
    println!("{} articles, {:.2} MB", texts.len(), bytes as f64 / 1e6);

    let each = || {
        texts
            .iter()
            .zip(&cut)
            .map(|((text, day), tokens)| (text.as_str(), *day, tokens))
    };
    let stages: [(&str, &dyn Fn() -> usize); 5] = [
        ("words", &|| {
            each().map(|(text, _, _)| Tokens::new(text).len()).sum()
        }),
        ("dates", &|| {
            each()
                .map(|(text, day, _)| dates(text, day, DateOrder::Auto).len())
                .sum()
        }),
        ("actors", &|| {
            each()
                .map(|(text, day, tokens)| actor::actors(text, day, gazetteer, tokens).named.len())
                .sum()
        }),
        ("places", &|| {
            each()
                .map(|(text, _, tokens)| place::places_of(text, tokens, gazetteer).len())
                .sum()
        }),
        ("all of it", &|| {
            each()
                .map(|(text, day, _)| extract(text, day, DateOrder::Auto, gazetteer).places.len())
                .sum()
        }),
    ];
    for (name, stage) in stages {
        let mut best = f64::MAX;
        let mut found = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            found = stage();
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!(
            "{name:10} {:7.1} MB/s  ({found} found)",
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
