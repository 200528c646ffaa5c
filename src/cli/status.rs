//! `belli status` and `belli about`: what is in the index, and what is in the program.

use super::args::StatusArgs;
use super::{Outcome, own};
use anyhow::Result;
use belli::index::{FORMAT, Index, records};
use belli::render::status::{Status, json, text};
use std::io::{BufWriter, Write};

/// Runs `status`.
pub fn run(args: StatusArgs) -> Result<Outcome> {
    let index = Index::open(&args.index.index)?;
    let gazetteer = own::of_search(&index, &[])?;
    let status = Status {
        index: index.path().display().to_string(),
        format: FORMAT,
        bytes: index.size(),
        passages: records::passages(&index)?,
        roots: records::roots(&index)?,
        files: records::files(&index)?,
        unread: records::unread(&index)?,
        own: gazetteer.own_sources().collect(),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        json(&mut out, &status)?
    } else {
        text(&mut out, &status)?
    }
    out.flush()?;
    Ok(Outcome::Found)
}

/// Runs `about`.
pub fn about() -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "belli {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "{}", include_str!("../../NOTICE").trim_end())?;
    Ok(Outcome::Found)
}
