//! What is in an index: as text, and as a JSON line.

use super::json::object;
use super::text::one_line;
use crate::gazetteer::own::Source;
use crate::index::stored::{StoredFile, StoredRoot};
use serde::Serialize;
use std::io::{self, Write};

/// What is known of an index.
pub struct Status<'a> {
    /// The folder it lies in.
    pub index: String,
    /// Its format version.
    pub format: u32,
    /// Its size on disk in bytes.
    pub bytes: u64,
    /// Passages it holds.
    pub passages: u64,
    /// Its roots.
    pub roots: Vec<StoredRoot>,
    /// Its files.
    pub files: Vec<StoredFile>,
    /// What could not be read when it was last tried, while the index keeps what it has of it.
    pub unread: Vec<StoredFile>,
    /// The user's own tables that it keeps.
    pub own: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct StatusLine<'a> {
    index: &'a str,
    format: u32,
    bytes: u64,
    articles: usize,
    passages: u64,
    undated: usize,
    unusable: usize,
    files: usize,
    failed: Vec<FileLine<'a>>,
    notes: Vec<NoteLine<'a>>,
    roots: Vec<RootLine<'a>>,
    own: Vec<OwnLine<'a>>,
}

#[derive(Serialize)]
struct FileLine<'a> {
    path: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct NoteLine<'a> {
    path: &'a str,
    note: &'a str,
}

#[derive(Serialize)]
struct RootLine<'a> {
    root: &'a str,
    settings: &'a [String],
}

#[derive(Serialize)]
struct OwnLine<'a> {
    what: &'a str,
    file: &'a str,
    lines: usize,
}

impl Status<'_> {
    fn articles(&self) -> usize {
        self.files.iter().map(|f| f.articles).sum()
    }

    fn undated(&self) -> usize {
        self.files.iter().map(|f| f.undated).sum()
    }

    fn unusable(&self) -> usize {
        self.files.iter().map(|f| f.unusable).sum()
    }

    fn notes(&self) -> impl Iterator<Item = NoteLine<'_>> {
        self.files.iter().flat_map(|f| {
            f.notes.iter().map(|note| NoteLine {
                path: &f.path,
                note,
            })
        })
    }

    fn failed(&self) -> impl Iterator<Item = FileLine<'_>> {
        self.files.iter().chain(&self.unread).filter_map(|f| {
            Some(FileLine {
                path: &f.path,
                reason: f.failure.as_deref()?,
            })
        })
    }
}

/// Writes the status as a JSON line.
pub fn json(out: &mut impl Write, status: &Status) -> io::Result<()> {
    object(
        out,
        &StatusLine {
            index: &status.index,
            format: status.format,
            bytes: status.bytes,
            articles: status.articles(),
            passages: status.passages,
            undated: status.undated(),
            unusable: status.unusable(),
            files: status.files.len(),
            failed: status.failed().collect(),
            notes: status.notes().collect(),
            roots: status
                .roots
                .iter()
                .map(|r| RootLine {
                    root: &r.root,
                    settings: &r.settings,
                })
                .collect(),
            own: status
                .own
                .iter()
                .map(|s| OwnLine {
                    what: s.what,
                    file: s.name,
                    lines: s.lines,
                })
                .collect(),
        },
    )
}

/// Writes the status for people.
pub fn text(out: &mut impl Write, status: &Status) -> io::Result<()> {
    writeln!(
        out,
        "index     {} (format {}, {:.1} MB)",
        status.index,
        status.format,
        status.bytes as f64 / 1e6
    )?;
    for root in &status.roots {
        writeln!(
            out,
            "root      {} ({})",
            root.root,
            root.settings.join(", ")
        )?;
    }
    for Source { what, name, lines } in &status.own {
        let plural = if *lines == 1 { "" } else { "s" };
        writeln!(out, "own       {name} ({what}, {lines} line{plural})")?;
    }
    writeln!(out, "files     {}", status.files.len())?;
    writeln!(
        out,
        "articles  {}, {} without a publication date ({} state none, {} one that cannot be used)",
        status.articles(),
        status.undated(),
        status.undated() - status.unusable(),
        status.unusable()
    )?;
    writeln!(out, "passages  {}", status.passages)?;
    let failed: Vec<_> = status.failed().collect();
    writeln!(out, "failed    {}", failed.len())?;
    for file in failed {
        let line = one_line(&format!("{}: {}", file.path, file.reason));
        writeln!(out, "          {line}")?;
    }
    let notes: Vec<_> = status.notes().collect();
    writeln!(out, "notes     {}", notes.len())?;
    for NoteLine { path, note } in notes.iter().take(20) {
        writeln!(out, "          {}", one_line(&format!("{path}: {note}")))?;
    }
    if notes.len() > 20 {
        let more = notes.len() - 20;
        writeln!(out, "          … and {more} more, in `belli status --json`")?;
    }
    Ok(())
}
