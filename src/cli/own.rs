//! A user's own tables: files and what the index keeps of them → the gazetteer to work with.

use super::args::Reading;
use anyhow::{Context, Result, anyhow};
use belli::gazetteer::Gazetteer;
use belli::gazetteer::own::{Sort, Table, pack};
use belli::index::Index;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The word that stands for no file.
pub const NONE: &str = "none";

/// The gazetteer with the tables that the options name; `None` where they name none.
pub fn given(reading: &Reading) -> Result<Option<Gazetteer>> {
    let sorts = [
        (Sort::Places, &reading.gazetteer),
        (Sort::Actors, &reading.actors),
        (Sort::Overrides, &reading.overrides),
    ];
    if sorts.iter().all(|(_, files)| files.is_empty()) {
        return Ok(None);
    }
    let mut tables = Vec::new();
    for (sort, files) in sorts {
        tables.extend(read(sort, files)?);
    }
    Ok(Some(with(Gazetteer::builtin(), &tables)?))
}

/// The gazetteer that an index was made with; the built-in one where there is no index yet.
pub fn of_index(index: &Path) -> Result<Gazetteer> {
    match Index::open(index) {
        Ok(index) => of_search(&index, &[]),
        // What is in the way of an index is said by whoever writes it.
        Err(e) if e.is_no_index() || e.is_foreign() => Ok(Gazetteer::builtin().clone()),
        Err(e) => Err(e.into()),
    }
}

/// The gazetteer of an opened index, with actors that are for this search only.
pub fn of_search(index: &Index, actors: &[PathBuf]) -> Result<Gazetteer> {
    let builtin = Gazetteer::builtin();
    let kept = match index.own() {
        None => builtin.clone(),
        Some(own) => builtin.with(own).map_err(|why| {
            let index = index.path().display();
            anyhow!(
                "the tables of your own in {index} cannot be used ({why}); index again with them"
            )
        })?,
    };
    if actors.is_empty() {
        return Ok(kept);
    }
    with(&kept, &read(Sort::Actors, actors)?)
}

fn read(sort: Sort, files: &[PathBuf]) -> Result<Vec<Table>> {
    let files = files.iter().filter(|f| f.as_os_str() != NONE);
    let table = |file: &PathBuf| {
        let name = file.display().to_string();
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
        let text = String::from_utf8(bytes);
        let text = text.with_context(|| format!("{name} is not UTF-8; convert it first"))?;
        Ok(Table { sort, name, text })
    };
    files.map(table).collect()
}

fn with(below: &Gazetteer, tables: &[Table]) -> Result<Gazetteer> {
    if tables.is_empty() {
        return Ok(below.clone());
    }
    let packed = pack(below, tables).map_err(|bad| {
        const SHOWN: usize = 20;
        let mut lines: Vec<String> = bad.iter().take(SHOWN).map(ToString::to_string).collect();
        if bad.len() > SHOWN {
            lines.push(format!("and {} more rows", bad.len() - SHOWN));
        }
        anyhow!("{}", lines.join("\nbelli: "))
    })?;
    below.with(Arc::new(packed)).map_err(|e| anyhow!(e))
}
