//! A user's own tables: read, checked, and packed to lie on the built-in ones.
//!
//! A pack is made once, when the tables are given; afterwards it is read where it lies, and the
//! tables are not needed. It holds whole entries: one for an id that is known already stands for the
//! known one, with its names and links. Not for reading files, and not for what texts mean.

mod actors;
mod draft;
mod ground;
pub mod overrides;
mod petrarch;
mod places;
mod sheet;

use super::pack::pack as packed;
use super::{Entry, Gazetteer, Kind};
use draft::Draft;
use std::fmt;

/// What a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Places.
    Places,
    /// Actors.
    Actors,
    /// What written names mean in parts of a corpus.
    Overrides,
}

/// A user's table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is for.
    pub sort: Sort,
    /// The name of its file, for errors.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A table as a pack remembers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// `places`, `actors` or `overrides`.
    pub what: &'a str,
    /// The name of its file.
    pub name: &'a str,
    /// Its lines that are not empty.
    pub lines: usize,
}

impl<'a> Source<'a> {
    fn read(line: &'a str) -> Option<Source<'a>> {
        let mut cells = line.splitn(3, '\t');
        let (what, lines, name) = (cells.next()?, cells.next()?, cells.next()?);
        let lines = lines.parse().ok()?;
        Some(Source { what, name, lines })
    }
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub why: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.why)
    }
}

impl std::error::Error for BadRow {}

impl Gazetteer {
    /// Returns the user's own tables, in the order in which they were read.
    pub fn own_sources(&self) -> impl Iterator<Item = Source<'_>> {
        self.own_source_lines().filter_map(Source::read)
    }

    /// Returns what an id `text:key`, of a name that no table had when the text was read, stands for
    /// now that the user's own tables have it.
    pub fn adopted(&self, id: &str, is: impl Fn(Kind) -> bool) -> Option<Entry<'_>> {
        self.own()?;
        let mut bearers = self.names(id.strip_prefix("text:")?).iter();
        let first = bearers.next()?;
        let entry = self.row(first.row());
        (bearers.next().is_none() && is(entry.kind())).then_some(entry)
    }
}

/// Packs tables, for [`Gazetteer::with`] of the same `below`.
///
/// # Errors
/// Every row that cannot be used.
pub fn pack(below: &Gazetteer, tables: &[Table]) -> Result<Vec<u8>, Vec<BadRow>> {
    let mut draft = Draft::new(below);
    // An override may mean an entry of any of the tables.
    let (last, first): (Vec<&Table>, Vec<&Table>) =
        tables.iter().partition(|t| t.sort == Sort::Overrides);
    for table in first.into_iter().chain(last) {
        let read = match table.sort {
            Sort::Places => places::read,
            Sort::Actors => actors::read,
            Sort::Overrides => overrides::read,
        };
        read(&mut draft, &table.name, &table.text);
        let rows = table.text.lines().filter(|l| !l.trim().is_empty()).count();
        let what = match table.sort {
            Sort::Places => "places",
            Sort::Actors => "actors",
            Sort::Overrides => "overrides",
        };
        // One a line, whatever the file is called.
        let name = table.name.replace(['\n', '\r'], " ");
        let source = format!("{what}\t{rows}\t{name}\n");
        draft.tables.sources.push_str(&source);
    }
    let tables = draft.finish()?;
    packed(tables, below).map_err(|why| {
        vec![BadRow {
            file: "own tables".to_owned(),
            line: 0,
            why,
        }]
    })
}
