//! Tables: the TSV files beside this room, read into rows for packing.
//!
//! Every table starts with `# source:`, `# licence:` and `# columns:` lines; columns are found by
//! name, so that a table may gain one. One file for each family of tables. Not for the layout of
//! the packed form (`pack`).

pub mod actors;
pub mod derive;
pub mod places;
pub mod regions;

use crate::gazetteer::format::{Candidate, Key};
use crate::gazetteer::key::name_key;
use crate::gazetteer::pack::Tables;
use std::path::Path;

/// A table's lines, cut into cells on demand.
pub struct Table<'a> {
    name: &'a str,
    columns: Vec<&'a str>,
    text: &'a str,
}

/// One line of a table.
pub struct Line<'a> {
    columns: &'a [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Table<'a> {
    /// Reads the header of a table; `name` is used in errors.
    pub fn new(name: &'a str, text: &'a str) -> Result<Self, String> {
        let header = text
            .lines()
            .take_while(|l| l.starts_with('#'))
            .find_map(|l| l.strip_prefix("# columns:"));
        let columns = header.ok_or_else(|| format!("{name}: no `# columns:` line"))?;
        let columns = columns
            .split([' ', ',', '\t', '|'])
            .filter(|c| !c.is_empty())
            .collect();
        Ok(Table {
            name,
            columns,
            text,
        })
    }

    /// Returns the lines that hold data.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let data = self
            .text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        data.map(|l| Line {
            columns: &self.columns,
            cells: l.split('\t').map(str::trim).collect(),
        })
    }

    /// The header lines that state sources and licences.
    fn sources(&self) -> String {
        let head = self.text.lines().take_while(|l| l.starts_with('#'));
        let facts: Vec<&str> = head
            .filter_map(|l| l.strip_prefix("# source:").or(l.strip_prefix("# licence:")))
            .map(str::trim)
            .collect();
        format!("{}: {}\n", self.name, facts.join(" — "))
    }
}

impl<'a> Line<'a> {
    /// Returns the cell of the first of `names` that is a column, or nothing.
    pub fn cell(&self, names: &[&str]) -> &'a str {
        let at = names
            .iter()
            .find_map(|n| self.columns.iter().position(|c| c == n));
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("")
    }

    /// Returns the parts of a cell that holds a list.
    pub fn list(&self, names: &[&str]) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(names)
            .split(['|', ';'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
    }

    /// Returns a cell's number.
    pub fn number<N: std::str::FromStr>(&self, names: &[&str]) -> Option<N> {
        self.cell(names).parse().ok()
    }

    /// Returns the point of the cells `lat` and `lon`.
    pub fn point(&self) -> Option<(f64, f64)> {
        Some((self.number(&["lat"])?, self.number(&["lon"])?))
    }
}

/// Splits the marks off an alias: `=US` asks for its case, `~Congo` for further evidence.
pub fn alias(written: &str) -> (String, u32) {
    let mut flags = 0;
    let mut name = written.trim();
    loop {
        name = match name.chars().next() {
            Some('=') => {
                flags |= Candidate::EXACT;
                name[1..].trim_start()
            }
            Some('~') => {
                flags |= Candidate::WEAK;
                name[1..].trim_start()
            }
            _ => return (name.to_string(), flags),
        };
    }
}

/// Reads all tables of a folder; those that are not there are left out.
pub fn read(folder: &Path) -> Result<Tables, String> {
    let mut tables = Tables::default();
    let load = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let mut each = |name: &str, take: &mut dyn FnMut(&Table, &mut Tables) -> Result<(), String>| {
        let text = load(name);
        if text.is_empty() {
            return Ok(());
        }
        let table = Table::new(name, &text)?;
        tables.sources.push_str(&table.sources());
        take(&table, &mut tables)
    };
    each("countries.tsv", &mut places::countries)?;
    each("admins.tsv", &mut places::admins)?;
    each("places.tsv", &mut places::towns)?;
    each("regions.tsv", &mut regions::regions)?;
    each("nature.tsv", &mut regions::regions)?;
    each("states.tsv", &mut actors::states)?;
    for name in ["organisations.tsv", "groups.tsv", "persons.tsv"] {
        each(name, &mut actors::actors)?;
    }
    each("common.tsv", &mut |table, tables| {
        for line in table.lines() {
            tables.common.insert(
                name_key(line.cell(&["word"])),
                line.number(&["level"]).unwrap_or(1),
            );
        }
        Ok(())
    })?;
    for (name, flag) in [
        ("given_names.tsv", Key::GIVEN),
        ("titles.tsv", Key::TITLE),
        ("roles.tsv", Key::ROLE),
    ] {
        each(name, &mut |table, tables| {
            for line in table.lines() {
                let words = line
                    .cells
                    .iter()
                    .take(if flag == Key::ROLE { 2 } else { 1 });
                let keys = words
                    .map(|n| (name_key(&alias(n).0), flag as u32))
                    .filter(|k| !k.0.is_empty());
                tables.marked.extend(keys);
            }
            Ok(())
        })?;
    }
    each("people.tsv", &mut |table, tables| {
        for line in table.lines() {
            let flag = |kind| {
                if kind == "given" {
                    Key::GIVEN
                } else {
                    Key::SURNAME
                }
            };
            let flags = line.list(&["kinds"]).fold(0, |all, kind| all | flag(kind));
            tables
                .marked
                .push((name_key(line.cell(&["word"])), flags as u32));
        }
        Ok(())
    })?;
    actors::settle(&mut tables);
    derive::derive(&mut tables.rows);
    Ok(tables)
}
