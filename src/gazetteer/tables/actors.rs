//! States with their organs, organisations, armed groups and persons.
//!
//! Titles and role nouns are not entries and not read here: they are grammar, `extract`'s.

use super::{Line, Table, alias};
use crate::gazetteer::format::{Candidate, LinkKind};
use crate::gazetteer::key::name_key;
use crate::gazetteer::kind::{ACTOR_KINDS, Kind};
use crate::gazetteer::pack::{Link, Row, Tables};
use std::collections::HashSet;

/// The organs that every state has in this gazetteer: id, and the words that name it.
const ORGANS: &[(&str, &str, &[&str])] = &[
    ("government", "Government of", &["government"]),
    ("military", "Armed forces of", &["military"]),
    ("police", "Police of", &["police"]),
    ("intelligence", "Intelligence of", &["intelligence"]),
    (
        "ministry-of-defence",
        "Ministry of Defence of",
        &[
            "defence",
            "defense",
            "defensa",
            "war ministry",
            "department of war",
            "pentagon",
            "mod",
            "минобороны",
            "оборони",
            "обороны",
        ],
    ),
    (
        "ministry-of-foreign-affairs",
        "Ministry of Foreign Affairs of",
        &[
            "foreign",
            "external affairs",
            "state department",
            "мид",
            "mfa",
        ],
    ),
    (
        "ministry-of-the-interior",
        "Ministry of the Interior of",
        &[
            "interior",
            "internal affairs",
            "home office",
            "home ministry",
            "homeland",
            "мвд",
            "home affairs",
        ],
    ),
];

/// Reads `states.tsv`: the state, its organs and its ministries.
pub fn states(table: &Table, out: &mut Tables) -> Result<(), String> {
    for line in table.lines() {
        let code = line.cell(&["alpha3"]);
        let state = format!("state:{code}");
        let name = line.cell(&["name"]);
        let mut row = Row {
            id: state.clone(),
            name: name.into(),
            kind: Some(Kind::State),
            country: code.into(),
            ..Row::default()
        };
        for (column, flag) in [
            ("names", 0),
            ("adjectives", Candidate::ADJECTIVE),
            ("people", Candidate::PEOPLE),
            ("capital", Candidate::METONYM),
            ("seats", Candidate::METONYM),
        ] {
            for (alias, flags) in line.list(&[column]).map(alias) {
                match row.aliases.iter_mut().find(|a| a.0 == alias) {
                    Some(known) => known.1 |= flag,
                    None => row.aliases.push((alias, flags | flag)),
                }
            }
        }
        out.rows.push(row);
        let mut organs: Vec<Row> = ORGANS
            .iter()
            .map(|(id, words, _)| organ(code, id, format!("{words} {name}")))
            .collect();
        for (at, (id, _, _)) in ORGANS.iter().take(4).enumerate() {
            organs[at].aliases.extend(line.list(&[id]).map(alias));
        }
        let mut last = String::new();
        for (written, flags) in line.list(&["ministries"]).map(alias) {
            let key = name_key(&written);
            let kind = ORGANS[4..].iter().find(|o| {
                o.2.iter()
                    .any(|w| key.split(' ').any(|k| k == *w) || w.contains(' ') && key.contains(w))
            });
            let id = match kind {
                Some(o) => o.0.to_string(),
                // An acronym follows the name that it stands for.
                None if flags & Candidate::EXACT != 0 && !last.is_empty() => last.clone(),
                None => without_state(&key, line.cell(&["adjectives"]), name).replace(' ', "-"),
            };
            last.clone_from(&id);
            let id = format!("{state}/{id}");
            match organs.iter_mut().find(|o| o.id == id) {
                Some(o) => o.aliases.push((written, flags)),
                None => {
                    // `Congress` alone is many a country's.
                    let name = if flags & Candidate::WEAK == 0 {
                        written.clone()
                    } else {
                        format!("{written} of {name}")
                    };
                    organs.push(Row {
                        name,
                        derived: vec![(written, flags)],
                        ..organ(code, &id[state.len() + 1..], String::new())
                    });
                }
            }
        }
        out.rows.extend(organs);
    }
    Ok(())
}

/// Leaves the state's name off an organ's: `US Congress` and `United States Congress` are one.
fn without_state(key: &str, adjectives: &str, name: &str) -> String {
    let own = adjectives.split('|').chain([name]).find_map(|word| {
        let word = name_key(word.trim_start_matches(['~', '=']));
        key.strip_prefix(word.as_str())?.strip_prefix(' ')
    });
    own.unwrap_or(key).to_string()
}

fn organ(code: &str, id: &str, name: String) -> Row {
    let to = format!("state:{code}");
    Row {
        id: format!("{to}/{id}"),
        name,
        kind: Some(Kind::Organ),
        country: code.into(),
        links: vec![Link {
            to,
            kind: LinkKind::PartOf,
            from: 0,
            until: 0,
        }],
        ..Row::default()
    }
}

/// Reads `organisations.tsv`, `groups.tsv` or `persons.tsv`.
pub fn actors(table: &Table, out: &mut Tables) -> Result<(), String> {
    let (prefix, kind) = match table.name {
        "persons.tsv" => ("person", Kind::Person),
        "groups.tsv" => ("group", Kind::Group),
        _ => ("org", Kind::Organisation),
    };
    for line in table.lines() {
        let id = line.cell(&["id"]);
        let countries: Vec<&str> = line.list(&["countries", "country"]).collect();
        let word = line.cell(&["kind"]);
        let sort = ACTOR_KINDS.iter().position(|k| *k == word);
        if sort.is_none() && kind != Kind::Person {
            out.problems.push(format!("{id}: no kind {word}"));
        }
        let mut row = Row {
            id: if id.contains(':') {
                id.into()
            } else {
                format!("{prefix}:{id}")
            },
            name: line.cell(&["name"]).into(),
            kind: Some(kind),
            population: sort.unwrap_or(0) as u32,
            country: if countries.len() == 1 {
                countries[0].into()
            } else {
                String::new()
            },
            aliases: line.list(&["aliases"]).map(alias).collect(),
            ..Row::default()
        };
        for (column, link) in [
            ("parents", LinkKind::PartOf),
            ("parent", LinkKind::PartOf),
            ("affiliations", LinkKind::Office),
            ("offices", LinkKind::Office),
        ] {
            row.links
                .extend(line.list(&[column]).map(|p| dated(p, link)));
        }
        // A surname finds the person; it is a name by itself only where the table says so.
        let alone = if line.cell(&["alone"]) == "yes" {
            0
        } else {
            Candidate::WEAK
        };
        row.aliases.extend(
            line.list(&["surname"])
                .map(|s| (s.to_string(), Candidate::DERIVED | alone)),
        );
        if let Some(period) = lifetime(&line) {
            row.links.push(Link {
                to: row.id.clone(),
                kind: LinkKind::PartOf,
                ..period
            });
        }
        out.rows.push(row);
    }
    Ok(())
}

/// A link with a period: `state:AZE@2004-2010:president`, `state:AZE@2004-`.
pub fn dated(written: &str, kind: LinkKind) -> Link {
    let (to, period) = written.split_once('@').unwrap_or((written, ""));
    let period = period.split_once(':').map_or(period, |p| p.0);
    let (from, until) = period
        .split_once("..")
        .or(period.split_once(['-', '–']))
        .unwrap_or((period, period));
    Link {
        to: to.to_string(),
        kind,
        from: day(from),
        until: day(until),
    }
}

fn lifetime(line: &Line) -> Option<Link> {
    let (from, until) = (day(line.cell(&["from"])), day(line.cell(&["to", "until"])));
    (from + until > 0).then(|| Link {
        to: String::new(),
        kind: LinkKind::PartOf,
        from,
        until,
    })
}

/// `2004`, `2004-05` or `2004-05-17` as a number; 0 for nothing.
fn day(written: &str) -> u32 {
    let mut parts = written
        .trim()
        .split('-')
        .map(|p| p.parse::<u32>().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    part() * 10000 + part() * 100 + part()
}

/// Drops links that lead nowhere, and notes them.
pub fn settle(tables: &mut Tables) {
    let ids: HashSet<String> = tables.rows.iter().map(|r| r.id.clone()).collect();
    let mut problems = Vec::new();
    for row in &mut tables.rows {
        row.links.retain(|l| {
            let known = ids.contains(&l.to);
            if !known {
                problems.push(format!("{}: no row {}", row.id, l.to));
            }
            known
        });
    }
    tables.problems.extend(problems);
}
