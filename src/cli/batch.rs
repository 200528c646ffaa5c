//! Batches: many queries of a file, one after the other, each answer tagged by its query.

use super::Outcome;
use super::args::Asking;
use super::question::Question;
use anyhow::{Context, Result, bail};
use belli::query::Query;
use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

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
            Some((qid, text)) => match super::question::read(asking, text) {
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

/// Asks every query of `file`; a bad line is reported with its number and the others run. `answer`
/// says whether anything was found.
pub fn run(
    file: &Path,
    asking: &Asking,
    question: &mut Question,
    mut answer: impl FnMut(&str, &mut Question) -> Result<bool>,
) -> Result<Outcome> {
    let batch = read(file, asking)?;
    if batch.queries.is_empty() && batch.unreadable.is_empty() && batch.bad == 0 {
        bail!(
            "{} has no query: write an id, a tab and the query on each line",
            file.display()
        );
    }
    let (mut found, mut failed) = (false, !batch.unreadable.is_empty() || batch.bad > 0);
    for (line, qid, query) in batch.queries {
        if query.is_empty() && question.request.filters.is_empty() {
            failed = true;
            say!(
                "belli: {}:{line}: neither words nor filters",
                file.display()
            );
            continue;
        }
        question.ask(query);
        match answer(&qid, question) {
            Ok(any) => found |= any,
            Err(e) if is_of_query(&e) => {
                failed = true;
                say!("belli: {}:{line}: {e}", file.display());
            }
            Err(e) => return Err(e),
        }
    }
    Ok(match (failed, found) {
        (true, _) => Outcome::Partly,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Nothing,
    })
}

/// Whether other queries can be answered all the same.
fn is_of_query(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<belli::Error>()
        .is_some_and(|e| e.is_too_broad() || e.is_stopped())
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
