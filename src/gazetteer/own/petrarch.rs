//! Actor dictionaries in the format of PETRARCH, which TABARI's descendants share.
//!
//! A name in capitals with `_` for spaces, `[CODE]`s behind it or on the lines below, `+` before
//! further names of the same actor, comments after `;` and `#`. A code begins with a country and
//! goes on with a role, both of three letters; dates restrict it: `[GOV 980101-080502]`, `>080409`.
//! What a code says beyond country, kind and years is left out.

use super::draft::Draft;
use crate::gazetteer::format::LinkKind;
use crate::gazetteer::pack::Link;
use crate::gazetteer::{Kind, name_key};

/// Whether a text is a dictionary rather than a sheet.
pub(super) fn is_dictionary(text: &str) -> bool {
    let mut said = text.lines().map(code_of).filter(|l| !l.trim().is_empty());
    let head = said.next().unwrap_or("");
    let bracket = |l: &str| l.contains('[') && l.contains(']');
    !head.contains("name")
        && (bracket(head)
            || said
                .next()
                .is_some_and(|l| bracket(l) || l.starts_with('+')))
}

/// A line without its comment.
fn code_of(line: &str) -> &str {
    let line = line.split([';', '#']).next().unwrap_or("");
    if line.trim_start().starts_with("<!--") {
        ""
    } else {
        line
    }
}

/// A role, and what an actor of it is.
const ROLES: &[(&str, &str)] = &[
    ("BUS", "company"),
    ("CRM", "criminal"),
    ("ETH", "ethnic-group"),
    ("IGO", "igo"),
    ("INS", "armed-group"),
    ("JUD", "court"),
    ("MED", "media"),
    ("MNC", "company"),
    ("NGM", "ngo"),
    ("NGO", "ngo"),
    ("OPP", "political-party"),
    ("PTY", "political-party"),
    ("REB", "armed-group"),
    ("REL", "religious-group"),
    ("SEP", "armed-group"),
    ("UAF", "armed-group"),
];

/// A role, and the organ of the state that it stands for; the state itself for the others.
const ORGANS: &[(&str, &str)] = &[
    ("COP", "police"),
    ("GOV", "government"),
    ("MIL", "military"),
    ("SPY", "intelligence"),
];

/// Reads a dictionary into the draft.
pub(super) fn read(draft: &mut Draft, file: &str, text: &str) {
    let mut current: Option<String> = None;
    for (n, line) in text.lines().enumerate() {
        let line = code_of(line.strip_prefix('\u{feff}').unwrap_or(line)).trim_end();
        if line.trim().is_empty() {
            continue;
        }
        let outcome = match line.trim_start().chars().next() {
            Some('+') => synonym(draft, current.as_deref(), line),
            Some('[') => codes(draft, current.as_deref(), line),
            _ => head(draft, line).map(|id| current = Some(id)),
        };
        if let Err(why) = outcome {
            draft.refuse(file, n + 1, why);
        }
    }
}

fn head(draft: &mut Draft, line: &str) -> Result<String, String> {
    let (written, rest) = line.split_at(line.find('[').unwrap_or(line.len()));
    let name = name_of(written)?;
    let id = draft
        .known_actor(&name)
        .unwrap_or_else(|| draft.new_id(&name));
    if !draft.knows(&id) {
        draft.row_or_new(&id, &name).kind = Some(Kind::Organisation);
    }
    codes(draft, Some(&id), rest)?;
    Ok(id)
}

fn synonym(draft: &mut Draft, id: Option<&str>, line: &str) -> Result<(), String> {
    let id = id.ok_or("a further name before any name")?;
    let written = line.trim_start().trim_start_matches('+');
    let name = name_of(written.split('[').next().unwrap_or(""))?;
    draft.row_or_new(id, "").name(name, 0);
    Ok(())
}

/// Takes the bracketed codes of a line for the actor of `id`.
fn codes(draft: &mut Draft, id: Option<&str>, line: &str) -> Result<(), String> {
    let mut rest = line.trim();
    while let Some(inner) = rest.strip_prefix('[') {
        let id = id.ok_or("a code before any name")?;
        let end = inner.find(']').ok_or("a code without `]`")?;
        code(draft, id, inner[..end].trim())?;
        rest = inner[end + 1..].trim_start();
    }
    match rest.is_empty() {
        true => Ok(()),
        false => Err(format!("`{rest}` where a code in brackets was expected")),
    }
}

fn code(draft: &mut Draft, id: &str, written: &str) -> Result<(), String> {
    let mut words = written.split_whitespace();
    let code = words.next().unwrap_or("");
    if code.len() < 3
        || !code
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    {
        return Err(format!(
            "`{written}` is no code; write one as [AZEGOV] or [GOV 030101-101231]"
        ));
    }
    let (mut from, mut until) = (0, 0);
    for word in words {
        let (a, b) = period(word)?;
        (from, until) = (from.max(a), until.max(b));
    }
    let dated = from + until > 0;
    let country = draft.country(&code[..3]).unwrap_or_default();
    let roles = if country.is_empty() { code } else { &code[3..] };
    let role = roles.get(..3).unwrap_or("");
    let kind = ROLES.iter().find(|r| r.0 == role).map(|r| r.1);
    let organ = ORGANS.iter().find(|r| r.0 == role).map(|r| r.1);
    let known = draft.below.entry(id).is_some();
    let row = draft.row_or_new(id, "");
    if !known {
        if row.country.is_empty() {
            row.country.clone_from(&country);
        }
        // Only persons hold offices for a time; a group may rebel for one.
        let office = organ.is_some() || matches!(role, "ELI" | "LEG" | "JUD");
        if dated && office && row.kind != Some(Kind::Person) {
            row.kind = Some(Kind::Person);
            row.population = 0;
            row.surname();
        } else if row.kind == Some(Kind::Organisation)
            && let Some(kind) = kind
            && let Some((kind, number)) = super::actors::kind(kind)
        {
            (row.kind, row.population) = (Some(kind), number);
        }
    }
    let person = row.kind == Some(Kind::Person);
    let official = organ.is_some() || role.is_empty() || matches!(role, "ELI" | "LEG" | "JUD");
    if !country.is_empty() && official && (dated || !known) {
        let state = format!("state:{country}");
        let organ = organ.map(|organ| format!("{state}/{organ}"));
        let to = organ.filter(|o| draft.knows(o)).unwrap_or(state);
        if draft.knows(&to) && to != id {
            draft.row_or_new(id, "").link_dated(Link {
                to,
                kind: if person {
                    LinkKind::Office
                } else {
                    LinkKind::PartOf
                },
                from,
                until,
            });
        }
    }
    Ok(())
}

/// `030101-101231`, `>030101`, `<101231` as two days `yyyymmdd`, 0 for open.
fn period(written: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("`{written}` is no period; write 030101-101231, >030101 or <101231");
    let day = |digits: &str| -> Result<u32, String> {
        let number: u32 = digits.parse().map_err(|_| wrong())?;
        match digits.len() {
            8 => Ok(number),
            6 => Ok(number
                + if number / 10000 >= 30 {
                    19_000_000
                } else {
                    20_000_000
                }),
            4 => Ok(number * 10000),
            _ => Err(wrong()),
        }
    };
    if let Some(from) = written.strip_prefix('>') {
        return Ok((day(from)?, 0));
    }
    if let Some(until) = written.strip_prefix('<') {
        return Ok((0, day(until)?));
    }
    let (from, until) = written.split_once('-').ok_or_else(wrong)?;
    Ok((day(from)?, day(until)?))
}

/// `AL_SHABAAB_` as it is written in texts: spaces, and capitals at the head of words.
fn name_of(written: &str) -> Result<String, String> {
    let words = written.trim().trim_end_matches(['_', '=']);
    let words = words.split(['_', ' ']).filter(|w| !w.is_empty());
    let small = ["OF", "THE", "AND", "FOR", "IN", "DE", "LA", "DU"];
    let mut name = String::new();
    for (n, word) in words.enumerate() {
        if n > 0 {
            name.push(' ');
        }
        if n > 0 && small.contains(&word) {
            name.push_str(&word.to_lowercase());
            continue;
        }
        let mut letters = word.chars();
        name.extend(letters.next());
        name.push_str(&letters.as_str().to_lowercase());
    }
    match name_key(&name).is_empty() {
        true => Err(format!("`{}` is no name", written.trim())),
        false => Ok(name),
    }
}
