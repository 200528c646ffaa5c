//! Overrides: what a written name means in a part of a corpus, whatever the text around it says.
//!
//! Three cells a line: the name as it is written; the scope, which is `*` for everywhere, a folder,
//! a pattern of paths (`sudan/**/*.txt`) or an alpha-3 code for articles that name something in that
//! country; and the id that is meant, or `none` where nothing is. Not for finding the name in a text.

use super::draft::Draft;
use super::sheet::lines;
use crate::gazetteer::{Gazetteer, name_key};
use globset::{GlobBuilder, GlobMatcher};

/// What a written name means, and where.
#[derive(Debug, Clone)]
pub struct Override {
    /// The name.
    pub name: String,
    /// What it means; nothing where it is no name of an actor or a place.
    pub id: Option<String>,
    scope: Scope,
}

#[derive(Debug, Clone)]
enum Scope {
    Everywhere,
    Country(String),
    Folder(String),
    Pattern(GlobMatcher),
}

impl Override {
    fn read(line: &str) -> Result<Override, String> {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [name, scope, id] = cells[..] else {
            let found = cells.len();
            return Err(format!(
                "{found} cells; write a name, a scope and an id, between tabs"
            ));
        };
        if name_key(name).is_empty() {
            return Err(format!("`{name}` is no name"));
        }
        let country = scope.len() == 3 && scope.bytes().all(|b| b.is_ascii_uppercase());
        let scope = if scope == "*" {
            Scope::Everywhere
        } else if scope.is_empty() {
            return Err(
                "no scope; write *, a folder, a pattern of paths or a country's code".into(),
            );
        } else if country {
            Scope::Country(scope.to_owned())
        } else if scope.contains(['*', '?', '[', '{']) {
            let glob = GlobBuilder::new(scope).literal_separator(true).build();
            let glob = glob.map_err(|e| format!("`{scope}` is no pattern of paths: {e}"))?;
            Scope::Pattern(glob.compile_matcher())
        } else {
            Scope::Folder(scope.trim_matches('/').to_owned())
        };
        Ok(Override {
            name: name.to_owned(),
            id: (id != "none").then(|| id.to_owned()),
            scope,
        })
    }

    /// Reports whether it holds for an article: by the path of its file, and by whether it names
    /// something in a country.
    pub fn holds(&self, path: &str, names_country: impl Fn(&str) -> bool) -> bool {
        match &self.scope {
            Scope::Everywhere => true,
            Scope::Country(code) => names_country(code),
            Scope::Folder(folder) => path
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Scope::Pattern(glob) => glob.is_match(path),
        }
    }
}

/// Checks a file of overrides and takes it into the draft.
pub(super) fn read(draft: &mut Draft, file: &str, text: &str) {
    for (n, line) in lines(text).enumerate() {
        if n == 0 && line.cells() == ["name", "scope", "id"] {
            continue;
        }
        let written = line.cells().join("\t");
        match Override::read(&written) {
            Err(why) => draft.refuse(file, line.line, why),
            Ok(Override { id: Some(id), .. }) if !draft.knows(&id) => {
                let why = format!(
                    "no entry has the id `{id}`; `belli places` and `belli actors` show ids, and none means nothing"
                );
                draft.refuse(file, line.line, why);
            }
            Ok(Override {
                scope: Scope::Country(code),
                ..
            }) if draft.country(&code).is_err() => {
                draft.refuse(file, line.line, format!("no country has the code `{code}`"));
            }
            Ok(_) => {
                draft.tables.overrides.push_str(&written);
                draft.tables.overrides.push('\n');
            }
        }
    }
}

impl Gazetteer {
    /// Returns what the user says that written names mean, in the order of the tables.
    pub fn overrides(&self) -> Vec<Override> {
        let lines = self.override_lines();
        lines.filter_map(|line| Override::read(line).ok()).collect()
    }
}
