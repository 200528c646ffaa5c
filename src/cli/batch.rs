//! `belli search --batch`: many queries of a file, one stream of hits tagged by query.

use super::Outcome;
use super::args::Asking;
use super::search::Printer;
use super::watch::Watch;
use anyhow::{Context, Result};
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::query::Query;
use belli::search::{Request, search};
use std::collections::HashSet;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// The queries of a file.
pub struct Batch {
    /// What could be read, in order: the number of the line, id and query.
    pub queries: Vec<(usize, String, Query)>,
    /// Ids of the others.
    pub unreadable: Vec<String>,
    /// How many lines have no id of their own.
    pub bad: usize,
}

/// Reads every query of `file`; a bad line is reported with its number.
pub fn read(file: &Path, asking: &Asking) -> Result<Batch> {
    let text = lines(file)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut batch = Batch {
        queries: Vec::new(),
        unreadable: Vec::new(),
        bad: 0,
    };
    let mut ids = HashSet::new();
    for (n, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let report = |why: &str| say!("belli: {}:{}: {why}", file.display(), n + 1);
        match line.split_once('\t') {
            None => {
                report("no tab between id and query");
                batch.bad += 1;
            }
            Some((qid, _)) if qid.trim().is_empty() => {
                report("no id before the tab");
                batch.bad += 1;
            }
            Some((qid, _)) if !ids.insert(qid.to_owned()) => {
                report(&format!("the id {qid} is there twice"));
                batch.bad += 1;
            }
            Some((qid, text)) => match super::search::read(asking, text) {
                Ok(query) => batch.queries.push((n + 1, qid.to_owned(), query)),
                Err(e) => {
                    report(&e.to_string());
                    batch.unreadable.push(qid.to_owned());
                }
            },
        }
    }
    Ok(batch)
}

/// Runs every query of `file`; a bad line is reported with its number and the others run.
pub fn run(
    file: &Path,
    asking: &Asking,
    index: &Index,
    gazetteer: &Gazetteer,
    request: Request,
    timeout: Option<f64>,
    printer: &mut Printer<impl Write>,
) -> Result<Outcome> {
    let batch = read(file, asking)?;
    let (mut found, mut failed) = (false, !batch.unreadable.is_empty() || batch.bad > 0);
    for (line, qid, query) in batch.queries {
        if query.is_empty() && request.filters.is_empty() {
            failed = true;
            say!(
                "belli: {}:{line}: neither words nor filters",
                file.display()
            );
            continue;
        }
        let watch = Watch::start(timeout);
        let request = Request {
            query,
            stop: Arc::clone(&watch.stop),
            ..request.clone()
        };
        match search(index, gazetteer, &request) {
            Ok(results) => {
                let notes = request.query.notes.iter().chain(&results.notes);
                notes.for_each(|note| say!("{qid}: {note}"));
                found |= !results.hits.is_empty();
                printer.print(Some(&qid), &results)?;
                printer.explain(Some(&qid), (index, gazetteer), &request, &results)?;
            }
            Err(e) if e.is_too_broad() || e.is_stopped() => {
                failed = true;
                say!("belli: {}:{line}: {e}", file.display());
            }
            Err(e) => return Err(e.into()),
        }
    }
    printer.out.flush()?;
    Ok(match (failed, found) {
        (true, _) => Outcome::Partly,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Nothing,
    })
}

fn lines(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(file)
            .with_context(|| format!("cannot read the batch file {}", file.display()))?;
    }
    String::from_utf8(bytes)
        .with_context(|| format!("{} is not UTF-8; convert it first", file.display()))
}
