//! Overrides: what a user says that a written name means, in place of what the text seems to.
//!
//! Applied to what was found: every place where the name stands becomes a mention of the entry
//! that is meant, and is taken from others. A part of a longer name stays what it is. Not for
//! reading a user's tables (`gazetteer::own`).

use super::{Extraction, Named};
use crate::analysis::words;
use crate::gazetteer::own::overrides::Override;
use crate::gazetteer::{Gazetteer, Tokens, name_key};
use std::ops::Range;

/// Applies the overrides that hold for the article in the file at `path`.
pub fn apply(
    found: &mut Extraction,
    text: &str,
    path: &str,
    overrides: &[Override],
    gazetteer: &Gazetteer,
) {
    let names_country = |code: &str| {
        let mut all = found.places.iter().chain(&found.actors);
        all.any(|n| n.country.as_deref() == Some(code))
    };
    let holding: Vec<&Override> = overrides
        .iter()
        .filter(|o| o.holds(path, names_country))
        .collect();
    if holding.is_empty() {
        return;
    }
    let tokens = Tokens::new(text);
    // A longer name before a shorter one, and of one name what was said last.
    let mut order: Vec<(usize, &Override)> = holding.into_iter().enumerate().collect();
    order.sort_by_key(|(n, o)| {
        (
            std::cmp::Reverse(words(&o.name).count()),
            std::cmp::Reverse(*n),
        )
    });
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (_, meant) in order {
        let spans: Vec<Range<usize>> = standing(&tokens, text, &meant.name)
            .filter(|span| !taken.iter().any(|t| overlap(t, span)))
            .filter(|span| !is_part(found, span))
            .collect();
        if spans.is_empty() {
            continue;
        }
        for list in [&mut found.actors, &mut found.places] {
            for named in list.iter_mut() {
                named
                    .mentions
                    .retain(|m| !spans.iter().any(|span| overlap(m, span)));
            }
            list.retain(|named| !named.mentions.is_empty());
        }
        if let Some(id) = &meant.id {
            add(found, id, &spans, gazetteer);
        }
        taken.extend(spans);
    }
    found.actors.sort_by_key(|n| n.mentions[0].start);
    found.places.sort_by_key(|n| n.mentions[0].start);
}

/// Where a name stands in a text, written as it is: capitals are not given up.
fn standing<'a>(
    tokens: &'a Tokens,
    text: &'a str,
    name: &'a str,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let (key, count) = (name_key(name), words(name).count());
    let capital = name.starts_with(char::is_uppercase);
    let ends = tokens.len().saturating_sub(count.saturating_sub(1));
    (0..ends)
        .filter(move |&i| count > 0 && tokens.key(i..i + count) == key)
        .map(move |i| tokens.bytes(i..i + count))
        .filter(move |span| !capital || !text[span.clone()].starts_with(char::is_lowercase))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a span is a part of a longer name of the text.
fn is_part(found: &Extraction, span: &Range<usize>) -> bool {
    let mut mentions = found
        .actors
        .iter()
        .chain(&found.places)
        .flat_map(|n| &n.mentions);
    mentions.any(|m| m.start <= span.start && span.end <= m.end && m.len() > span.len())
}

fn add(found: &mut Extraction, id: &str, spans: &[Range<usize>], gazetteer: &Gazetteer) {
    let Some(entry) = gazetteer.entry(id) else {
        return;
    };
    let place = entry.kind().is_place();
    let list = match place {
        true => &mut found.places,
        false => &mut found.actors,
    };
    let id = entry.id();
    if !list.iter().any(|n| n.id == id) {
        list.push(Named {
            id: id.clone(),
            name: entry.name().to_owned(),
            kind: entry.kind_name().to_owned(),
            country: entry.country().map(str::to_owned),
            point: entry.point().filter(|_| place),
            parents: Vec::new(),
            mentions: Vec::new(),
        });
    }
    for named in list.iter_mut().filter(|n| n.id == id) {
        named.mentions.extend(spans.iter().cloned());
        named.mentions.sort_by_key(|m| m.start);
    }
}
