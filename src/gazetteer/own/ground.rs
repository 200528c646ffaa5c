//! A gazetteer as the ground that a user's pack lies on.
//!
//! Not for anything that is asked when a text is read.

use crate::gazetteer::format::{Candidate, Key, Section};
use crate::gazetteer::pack::{Ground, Weight};
use crate::gazetteer::{Gazetteer, name_key};

/// The flags of a key that do not come from its bearers.
const MARKS: u64 = 3 << 2 | Key::GIVEN | Key::TITLE | Key::ROLE | Key::SURNAME;

impl Ground for Gazetteer {
    fn rows(&self) -> u32 {
        self.len()
    }

    fn hash(&self) -> u64 {
        Gazetteer::hash(self)
    }

    fn lists(&self) -> u32 {
        let words = self.layers().map(|l| l.section(Section::Lists).len() / 4);
        words.sum::<usize>() as u32
    }

    fn row(&self, id: &str) -> Option<u32> {
        self.entry(id).map(|e| e.row())
    }

    fn country(&self, alpha3: &str) -> Option<u32> {
        self.country_at(alpha3).map(|at| at as u32 + 1)
    }

    fn bearers(&self, key: &str) -> Option<(u64, Vec<(u32, u32)>)> {
        let key = self.lookup(key)?;
        let bearer = |c: Candidate| (Gazetteer::row(self, c.row()).row(), c.flags());
        let all = self.candidates(key).iter().map(bearer).collect();
        Some((key.0 & MARKS, all))
    }

    fn weight(&self, row: u32) -> Weight {
        let entry = Gazetteer::row(self, row);
        Weight {
            kind: entry.kind(),
            population: entry.population(),
            aliases: entry.alias_count(),
        }
    }

    fn keys(&self, row: u32) -> Vec<String> {
        let entry = Gazetteer::row(self, row);
        let names = std::iter::once(entry.name()).chain(entry.aliases());
        names.map(name_key).filter(|k| !k.is_empty()).collect()
    }
}
