//! A user's own tables: read, checked, and packed to lie on the built-in ones.
//!
//! A pack is made once, when the tables are given; afterwards it is read where it lies, and the
//! tables are not needed. It holds whole entries: one for an id that is known already stands for the
//! known one, with its names and links. Not for reading files, and not for what texts mean.

mod draft;
mod ground;
mod places;
mod sheet;

use super::Gazetteer;
use super::pack::pack as packed;
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

/// Packs tables, for [`Gazetteer::with`] of the same `below`.
///
/// # Errors
/// Every row that cannot be used.
pub fn pack(below: &Gazetteer, tables: &[Table]) -> Result<Vec<u8>, Vec<BadRow>> {
    let mut draft = Draft::new(below);
    for table in tables {
        match table.sort {
            Sort::Places => places::read(&mut draft, &table.name, &table.text),
            Sort::Actors | Sort::Overrides => {}
        }
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
