//! Suggestions: names near to one that no entry bears.
//!
//! Not for recognition: a text's spelling is taken at its word.

use super::{Candidates, Entry, Gazetteer, Kind, name_key};
use fst::automaton::{Automaton, Levenshtein};
use fst::raw::Fst;
use fst::{IntoStreamer, Streamer};

impl Gazetteer {
    /// Returns entries of the kinds that `is` takes whose names are within two letters of `name`, two
    /// exchanged letters counting as one, best first, `limit` at most.
    ///
    /// The first letter is taken to be right, which keeps the search a few milliseconds short.
    pub fn suggest(
        &self,
        name: &str,
        is: impl Fn(Kind) -> bool,
        limit: usize,
    ) -> Vec<(String, Entry<'_>)> {
        let key = name_key(name);
        let letters = key.chars().count();
        let distance = if letters < 4 { 1 } else { 2 };
        let mut found: Vec<(usize, std::cmp::Reverse<u32>, String, Entry<'_>)> = Vec::new();
        for distance in 1..=distance {
            for fst in self.layers().filter_map(|layer| layer.fst().ok()) {
                let Ok(near) = Levenshtein::new(&key, distance) else {
                    break;
                };
                collect(self, &fst, near, &key, &is, &mut found);
            }
            if distance == 1 {
                exchanged(self, &key, &is, &mut found);
            }
            if !found.is_empty() {
                break;
            }
        }
        found.sort_by(|a, b| (a.1, a.0, &a.2).cmp(&(b.1, b.0, &b.2)));
        let mut rows = Vec::new();
        found.retain(|f| {
            if rows.contains(&f.3.row()) {
                false
            } else {
                rows.push(f.3.row());
                true
            }
        });
        found.truncate(limit);
        found.into_iter().map(|f| (f.2, f.3)).collect()
    }
}

/// Names with two neighbouring letters the other way round.
fn exchanged<'g>(
    gazetteer: &'g Gazetteer,
    key: &str,
    is: &impl Fn(Kind) -> bool,
    found: &mut Vec<Near<'g>>,
) {
    let letters: Vec<char> = key.chars().collect();
    for at in 1..letters.len() {
        let mut other = letters.clone();
        other.swap(at - 1, at);
        let name: String = other.into_iter().collect();
        if name != key
            && let Some(entry) = best(gazetteer, gazetteer.names(&name), is)
        {
            let fame = entry.population() / 1000 + entry.alias_count();
            found.push((0, std::cmp::Reverse(fame), name, entry));
        }
    }
}

/// The most prominent bearer of the kinds asked for.
fn best<'g>(
    gazetteer: &'g Gazetteer,
    bearers: Candidates,
    is: &impl Fn(Kind) -> bool,
) -> Option<Entry<'g>> {
    let mut entries = bearers.iter().map(|c| gazetteer.row(c.row()));
    entries.find(|e| is(e.kind()))
}

type Near<'g> = (usize, std::cmp::Reverse<u32>, String, Entry<'g>);

fn collect<'g>(
    gazetteer: &'g Gazetteer,
    fst: &Fst<&[u8]>,
    near: Levenshtein,
    key: &str,
    is: &impl Fn(Kind) -> bool,
    found: &mut Vec<Near<'g>>,
) {
    let first: String = key.chars().take(1).collect();
    let starts = fst::automaton::Str::new(&first).starts_with();
    let mut stream = fst.search(near.intersection(starts)).into_stream();
    while let Some((bytes, value)) = stream.next() {
        let Ok(name) = std::str::from_utf8(bytes) else {
            continue;
        };
        let all = gazetteer.candidates(super::Key(value.value()));
        if let Some(entry) = best(gazetteer, all, is) {
            let fame = entry.population() / 1000 + entry.alias_count();
            found.push((
                key.len().abs_diff(name.len()),
                std::cmp::Reverse(fame),
                name.to_string(),
                entry,
            ));
        }
    }
}
