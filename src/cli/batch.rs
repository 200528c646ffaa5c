//! `belli search --batch`: many queries of a file, one stream of hits tagged by query.

use super::Outcome;
use super::args::SearchArgs;
use super::search::{Printer, read};
use anyhow::{Context, Result};
use belli::gazetteer::Gazetteer;
use belli::index::Index;
use belli::search::{Request, search};
use std::collections::HashSet;
use std::io::{Read, Write};
use std::path::Path;

/// Runs every query of `file`; a bad line is reported with its number and the others run.
pub fn run(
    file: &Path,
    args: &SearchArgs,
    index: &Index,
    request: Request,
    printer: &mut Printer<impl Write>,
) -> Result<Outcome> {
    let text = lines(file)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (mut found, mut failed) = (false, false);
    let mut ids = HashSet::new();
    for (n, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let query = match line.split_once('\t') {
            None => Err("no tab between id and query".to_owned()),
            Some((qid, _)) if qid.trim().is_empty() => Err("no id before the tab".to_owned()),
            Some((qid, _)) if !ids.insert(qid.to_owned()) => {
                Err(format!("the id {qid} is there twice"))
            }
            Some((qid, text)) => read(args, text)
                .map(|q| (qid, q))
                .map_err(|e| e.to_string()),
        };
        let query = query.and_then(|(qid, query)| {
            let nothing = query.is_empty() && request.filters.is_empty();
            if nothing {
                Err("neither words nor filters".to_owned())
            } else {
                Ok((qid, query))
            }
        });
        match query {
            Ok((qid, query)) => {
                let results = search(
                    index,
                    Gazetteer::builtin(),
                    &Request {
                        query,
                        ..request.clone()
                    },
                )?;
                results.notes.iter().for_each(|note| say!("{qid}: {note}"));
                found |= !results.hits.is_empty();
                printer.print(Some(qid), &results)?;
            }
            Err(why) => {
                failed = true;
                say!("belli: {}:{}: {why}", file.display(), n + 1);
            }
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
