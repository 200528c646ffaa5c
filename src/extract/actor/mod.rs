//! Actors: who acts in a text, each under one id, whatever the text calls it.
//!
//! One pass over the words tries the rules at every word that may begin a name: states with their
//! organs (`roles`), titles with names (`persons`), organisations by shape (`shapes`) and names of
//! the gazetteer (`known`). What needs the whole article is decided afterwards: acronyms that it
//! defines, names that it does not explain (`unknown`), countries that act (`agency`) and short
//! forms (`short`). Each rule family has its file. Not for places, and not for who did what to whom.

mod acronyms;
mod agency;
mod cast;
mod known;
pub(super) mod lexicon;
mod naming;
mod persons;
mod roles;
mod scan;
mod shapes;
mod short;
mod unknown;
mod vocabulary;

pub use cast::Hold;

use super::Named;
use super::hash::{Map, Set};
use super::reading::Reading;
use crate::gazetteer::{Kind, Tokens};
use cast::Cast;
use jiff::civil::Date;

use scan::Scan;
use std::ops::Range;

/// Whether a folded word names a people or a faith: `arab`, `sunni`.
pub(super) fn is_people(folded: &str) -> bool {
    lexicon::Lexicon::get().word(folded).flags & lexicon::PEOPLE != 0
}

/// Whether the name of a people at a word says where: `in Amhara`, `fled Rakhine for`, but `in Amhara areas`.
pub(super) fn stands_for_land(tokens: &Tokens, i: usize) -> bool {
    let flags = |i| lexicon::Lexicon::get().word(tokens.folded(i)).flags;
    let Some(before) = i.checked_sub(1).filter(|_| tokens.joins(i)) else {
        return false;
    };
    let whither = flags(before) & lexicon::LOCATIVE != 0 || tokens.folded(before) == "fled";
    let alone = !tokens.joins(i + 1)
        || flags(i + 1) & (lexicon::FUNCTION | lexicon::LOCATIVE | lexicon::AUXILIARY) != 0;
    whither && alone && !tokens.list()[i].possessive
}

/// What a text says of actors.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    /// The actors, by first mention.
    pub named: Vec<Named>,
    /// Words that are spoken for, as ranges of tokens in order: a toponym inside is none, or one
    /// that acts.
    pub claims: Vec<(Range<usize>, Hold)>,
}

/// Finds the actors that `text` names.
///
/// `published` decides between bearers of a name that held office at different times.
pub fn actors(reading: &Reading, published: Option<Date>) -> Actors {
    let mut reader = Reader::new(reading, published);
    let mut i = 0;
    while i < reader.scan.len() {
        i = match reader.scan.is_idle(i) {
            true => i + 1,
            false => reader.step(i).max(i + 1),
        };
    }
    reader.settle_acronyms();
    reader.settle_pending();
    reader.settle_doubtful();
    reader.settle_states();
    reader.settle_namesakes();
    reader.settle_surnames();
    reader.settle_unknown();
    reader.settle_short();
    reader.finish()
}

/// A name with several bearers, or one that counts only with further evidence.
struct Pending {
    span: Range<usize>,
    rows: Vec<u32>,
    weak: bool,
}

/// A country, capital or seat that may act or be a place.
struct StateMention {
    span: Range<usize>,
    row: u32,
    score: i32,
}

struct Reader<'a> {
    scan: Scan<'a>,
    cast: Cast<'a>,
    published: Option<Date>,
    pending: Vec<Pending>,
    /// Ordinary words at the head of sentences that are names of actors too.
    doubtful: Vec<usize>,
    states: Vec<StateMention>,
    /// Names that no rule explains, by key.
    unknown: Map<String, unknown::Votes>,
    /// Acronyms that the article defines, with their members.
    acronyms: Map<String, usize>,
    longer: known::Longer<'a>,
    /// Persons by the last word of their names.
    surnames: Map<String, Vec<usize>>,
}

impl<'a> Reader<'a> {
    fn new(reading: &'a Reading, published: Option<Date>) -> Self {
        Reader {
            scan: Scan::new(reading),
            cast: Cast::new(reading.tokens.len(), reading.gazetteer),
            published,
            pending: Vec::new(),
            doubtful: Vec::new(),
            states: Vec::new(),
            unknown: Map::default(),
            acronyms: Map::default(),
            longer: known::Longer::default(),
            surnames: Map::default(),
        }
    }

    /// Tries the rules at a word; returns where to go on.
    fn step(&mut self, i: usize) -> usize {
        let scan = &self.scan;
        let capital = scan.is_capital(i);
        let flags = scan.flags(i);
        let hits = scan.hits(i);
        let known = hits.actor.is_some() || hits.state.is_some();
        let numbered = scan.ordinal(i) && scan.is_capital(i + 1) && scan.runs_on(i + 1);
        if !capital && !known && !numbered && !scan.begins_phrase(i) {
            return i + 1;
        }
        if flags & lexicon::CALENDAR != 0 && hits.actor.is_none_or(|a| a.0 < 3) {
            return i + 1;
        }
        if let Some(end) = self.acronym(i).or_else(|| self.byline(i)) {
            return end;
        }
        // `Hamas leader` may be a title, but names the group as well.
        if let Some((n, _)) = hits.actor
            && self.scan.title(i).is_some_and(|t| t.0 > n)
            && let Some(end) = self.known(i)
        {
            return end;
        }
        if let Some(end) = self.organ_of(i) {
            return end;
        }
        if hits.state.is_some()
            && let Some(end) = self.state(i)
        {
            return end;
        }
        if flags & lexicon::PEOPLE != 0
            && capital
            && let Some(end) = self.people(i)
        {
            return end;
        }
        // `Sri Lankan troops`, `General Electric`: no title, but the beginning of a longer name.
        let longer = hits.actor.is_some_and(|(n, key)| {
            self.scan.title(i).is_some_and(|t| n > t.0)
                && self.scan.candidates(key).iter().any(|c| {
                    let kind = self.scan.entry(c.row()).kind();
                    kind != Kind::Person && !kind.is_place() && self.scan.valid(c, i..i + n)
                })
        });
        if !longer && let Some(end) = self.titled(i, i, &[]) {
            return end;
        }
        let shape = match (capital, numbered) {
            (true, _) => self.shape(i),
            (_, true) => self.shape(i).filter(|form| self.is_unit(form)),
            _ => None,
        };
        let hit = hits.actor.map_or(0, |a| a.0);
        if let Some(shape) = shape
            && shape.end - i > hit
            && !(hit > 1 && matches!(self.scan.word(i + hit), "of"))
        {
            return self.take_shape(shape);
        }
        if hit > 0
            && let Some(end) = self.known(i)
        {
            return end;
        }
        if capital && flags & lexicon::FUNCTION == 0 {
            if let Some(end) = self.person(i) {
                return end;
            }
            return self.unexplained(i);
        }
        i + 1
    }

    fn finish(mut self) -> Actors {
        let tokens = self.scan.tokens;
        let mut named = Vec::new();
        for m in &mut self.cast.members {
            if m.mentions.is_empty() {
                continue;
            }
            m.mentions.sort_by_key(|s| s.start);
            for span in &m.mentions {
                self.cast.claims.push((span.clone(), Hold::Name));
            }
            named.push(Named {
                id: std::mem::take(&mut m.id),
                name: std::mem::take(&mut m.name),
                kind: m.kind.to_string(),
                country: m.country.take(),
                point: None,
                parents: std::mem::take(&mut m.parents),
                mentions: m.mentions.iter().map(|s| tokens.bytes(s.clone())).collect(),
            });
        }
        named.sort_by_key(|n| n.mentions[0].start);
        let acting: Set<Range<usize>> = self
            .cast
            .claims
            .iter()
            .filter(|c| c.1 == Hold::Acting)
            .map(|c| c.0.clone())
            .collect();
        let mut claims = self.cast.claims;
        claims.retain(|c| c.1 == Hold::Acting || !acting.contains(&c.0));
        claims.sort_by_key(|c| (c.0.start, c.0.end));
        claims.dedup();
        Actors { named, claims }
    }
}
