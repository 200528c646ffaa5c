//! A user's actors: our sheet. The other shape, PETRARCH's dictionaries, is `petrarch`'s.
//!
//! | column | what it says |
//! |---|---|
//! | `name` | the canonical name; without an id, the actor that is called so alone |
//! | `id` | a known id adds to that entry; a new one is `own:` and what is written; none is made of the name |
//! | `kind` | `armed-group`, `person`, `military`, `ngo` … |
//! | `country` | alpha-3 or alpha-2 code |
//! | `aliases` | other names, between `\|`; `=US` counts in this case only, `~Unity` with further evidence only |
//! | `parents` | ids or names of what it belongs to, or where a person served, with years: `state:AZE@2004-2010` |
//! | `merges` | ids or names of entries that are the same |
//! | `splits` | names that mean this entry and no other |
//! | `without` | names that do not mean it |

use super::draft::Draft;
use super::sheet::{Row as Line, Sheet};
use crate::gazetteer::format::{Candidate, LinkKind};
use crate::gazetteer::kind::ACTOR_KINDS;
use crate::gazetteer::pack::{Link, Row};
use crate::gazetteer::tables::actors::dated;
use crate::gazetteer::tables::alias;
use crate::gazetteer::{Kind, name_key};

const COLUMNS: &[&str] = &[
    "name", "id", "kind", "country", "aliases", "parents", "merges", "splits", "without",
];

/// Kinds of a state's organs, as [`crate::gazetteer::Entry::kind_name`] reads them off an id.
const ORGANS: &[&str] = &[
    "government",
    "military",
    "police",
    "intelligence",
    "ministry",
];

/// Reads a file of actors into the draft.
pub(super) fn read(draft: &mut Draft, file: &str, text: &str) {
    if super::petrarch::is_dictionary(text) {
        return super::petrarch::read(draft, file, text);
    }
    let sheet = match Sheet::new(text, COLUMNS) {
        Ok(sheet) => sheet,
        Err((line, why)) => return draft.refuse(file, line, why),
    };
    let mut ids = Vec::new();
    for line in sheet.rows() {
        match actor(draft, &sheet, line) {
            Ok(id) => ids.push((line, id)),
            Err(why) => draft.refuse(file, line.line, why),
        }
    }
    // Others may stand further down.
    for (line, id) in &ids {
        for parent in sheet.list(line, "parents") {
            if let Err(why) = belongs(draft, id, parent) {
                draft.refuse(file, line.line, why);
            }
        }
        for other in sheet.list(line, "merges") {
            if let Err(why) = merge(draft, id, other) {
                draft.refuse(file, line.line, why);
            }
        }
    }
    // What is merged has its names no longer, and none can be taken from it.
    for (line, id) in &ids {
        for name in sheet.list(line, "splits") {
            draft.split(id, name);
        }
        for name in sheet.list(line, "without") {
            draft.part(id, &name_key(name));
        }
    }
}

fn actor(draft: &mut Draft, sheet: &Sheet, line: &Line) -> Result<String, String> {
    let name = sheet.cell(line, "name");
    if name_key(name).is_empty() {
        return Err("an actor needs a name".to_owned());
    }
    let country = draft.country(sheet.cell(line, "country"))?;
    let word = sheet.cell(line, "kind");
    let kind = match word {
        "" => None,
        word => Some(kind(word).ok_or_else(|| {
            format!(
                "no kind of actor is called `{word}`; write one of person {} {}",
                ORGANS.join(" "),
                ACTOR_KINDS.join(" ")
            )
        })?),
    };
    let id = match sheet.cell(line, "id") {
        "" => draft.known_actor(name).unwrap_or_else(|| {
            let organ = if ORGANS.contains(&word) { word } else { "" };
            draft.new_actor_id(name, organ)
        }),
        id if id.contains(':') => id.to_owned(),
        id => format!("own:{id}"),
    };
    let known = draft.knows(&id);
    let aliases: Vec<_> = sheet.list(line, "aliases").map(alias).collect();
    let row = draft.row_or_new(&id, name);
    if !known {
        row.kind = Some(Kind::Organisation);
    } else if row.kind.is_some_and(Kind::is_place) {
        return Err(format!("{id} is a place, and no actor"));
    }
    if let Some((kind, number)) = kind {
        (row.kind, row.population) = (Some(kind), number);
    }
    if !country.is_empty() {
        row.country = country;
    }
    row.call(name);
    aliases
        .into_iter()
        .for_each(|(name, flags)| row.name(name, flags));
    if !known && row.kind == Some(Kind::Person) {
        row.surname();
    }
    Ok(id)
}

/// The kind that a word names, and the number that says which of its sorts.
pub(super) fn kind(word: &str) -> Option<(Kind, u32)> {
    let number = ACTOR_KINDS.iter().position(|k| *k == word);
    Some(match (word, number) {
        ("person", _) => (Kind::Person, 0),
        ("armed-group" | "coalition" | "criminal" | "militia" | "pmc", Some(n)) => {
            (Kind::Group, n as u32)
        }
        (_, Some(n)) => (Kind::Organisation, n as u32),
        (organ, None) if ORGANS.contains(&organ) => (Kind::Organ, 0),
        _ => return None,
    })
}

fn belongs(draft: &mut Draft, id: &str, written: &str) -> Result<(), String> {
    let (name, period) = written.split_once('@').unwrap_or((written, ""));
    let bad = |c: char| !(c.is_ascii_digit() || matches!(c, '-' | '–' | '.'));
    let period = period.split_once(':').map_or(period, |p| p.0);
    if period.contains(bad) {
        return Err(format!(
            "`{period}` is no period; write years as in {name}@2004-2010"
        ));
    }
    let to = draft
        .find(name.trim(), "", |k| !k.is_place())
        .ok_or_else(|| format!("no actor is called `{name}`; write its id, or add it"))?;
    let Some(row) = draft.row(id).filter(|r| r.id != to) else {
        return Ok(());
    };
    let kind = match row.kind {
        Some(Kind::Person) => LinkKind::Office,
        _ => LinkKind::PartOf,
    };
    let link = dated(&format!("{to}@{period}"), kind);
    row.link_dated(Link { to, ..link });
    Ok(())
}

/// Makes another entry the same as the one of `id`.
fn merge(draft: &mut Draft, id: &str, other: &str) -> Result<(), String> {
    let Some(old) = draft.find(other, "", |k| !k.is_place()) else {
        // What only texts know has an id of its folded name: a name of the entry is enough.
        let name = other.strip_prefix("text:").unwrap_or(other).to_owned();
        draft.row_or_new(id, "").name(name, 0);
        return Ok(());
    };
    if old == id {
        return Ok(());
    }
    draft.merge(&old, id)
}

impl Row {
    /// The last word of a person's name finds the person, where there is further evidence.
    pub(super) fn surname(&mut self) {
        if let Some((_, last)) = self.name.rsplit_once(' ') {
            let last = last.to_owned();
            self.name(last, Candidate::DERIVED | Candidate::WEAK);
        }
    }

    /// Adds a link, unless it has it.
    pub(super) fn link_dated(&mut self, link: Link) {
        let same = |l: &Link| (&l.to, l.from, l.until) == (&link.to, link.from, link.until);
        if !self.links.iter().any(same) {
            self.links.push(link);
        }
    }
}
