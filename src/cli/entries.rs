//! `belli actors` and `belli places`: entries, and how often the index names them.

use super::args::EntriesArgs;
use super::{Outcome, own};
use anyhow::Result;
use belli::index::Index;
use belli::render::entries;
use belli::search::{Which, called, counted};
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(which: Which, args: EntriesArgs, quiet: bool) -> Result<Outcome> {
    let index = Index::open(&args.index.index)?;
    let gazetteer = own::of_search(&index, &args.actors)?;
    let name = args.name.join(" ");
    let mut notes = Vec::new();
    let found = match name.trim() {
        "" => counted(&index, &gazetteer, which)?,
        name => called(&index, &gazetteer, which, name, &mut notes)?,
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for entry in found.iter().take(args.limit) {
        match (args.json, name.is_empty()) {
            (true, _) => entries::json(&mut out, &gazetteer, entry)?,
            (false, true) => entries::brief(&mut out, &gazetteer, entry)?,
            (false, false) => entries::text(&mut out, &gazetteer, entry)?,
        }
    }
    out.flush()?;
    if !quiet {
        notes.iter().for_each(|note| say!("{note}"));
        if found.len() > args.limit {
            say!("{} more; --limit shows them", found.len() - args.limit);
        }
    }
    Ok(match found.is_empty() {
        true => Outcome::Nothing,
        false => Outcome::Found,
    })
}
