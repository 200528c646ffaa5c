//! A wordbook: what is known of a word whatever the text, remembered from text to text.
//!
//! Reporting repeats its words: nine in ten have been met before, and are found here with one
//! look-up instead of one in every table. Filled as words come, and emptied when it grows large. It
//! remembers, it judges nothing.

use super::actor::lexicon::{Lexicon, Word};
use super::hash::Map;
use crate::gazetteer::own::overrides::Override;
use crate::gazetteer::{Gazetteer, Head, Key};

/// Words kept at most: some megabytes, and more than a year of news has often.
const KEPT: usize = 1 << 17;

/// What is known of a word.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// What the gazetteer has under it, once somebody has asked: most words begin no name.
    pub head: Option<Head>,
    /// What it is in the grammar of actors.
    pub class: Word,
}

impl Known {
    /// What the gazetteer says of the word alone, once somebody has asked.
    pub fn key(&self) -> Option<Key> {
        self.head.and_then(|h| h.key)
    }
}

/// What is known of the words met so far; one for each thread that extracts.
pub struct Wordbook<'g> {
    gazetteer: &'g Gazetteer,
    lexicon: &'static Lexicon,
    overrides: Vec<Override>,
    known: Map<Box<str>, Known>,
}

impl<'g> Wordbook<'g> {
    /// Begins an empty one.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Wordbook {
            gazetteer,
            lexicon: Lexicon::get(),
            overrides: gazetteer.overrides(),
            known: Map::default(),
        }
    }

    /// Returns the gazetteer that names are looked up in.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// Returns what the user says that names mean.
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// What is known of a folded word as the beginning of names.
    pub(super) fn beginning(&mut self, folded: &str) -> Known {
        let gazetteer = self.gazetteer;
        if let Some(known) = self.known.get_mut(folded) {
            known.head.get_or_insert_with(|| gazetteer.head(folded));
            return *known;
        }
        self.learn(folded, Some(gazetteer.head(folded)))
    }

    /// What is known of a folded word.
    pub(super) fn word(&mut self, folded: &str) -> Known {
        match self.known.get(folded) {
            Some(known) => *known,
            None => self.learn(folded, None),
        }
    }

    fn learn(&mut self, folded: &str, head: Option<Head>) -> Known {
        let known = Known {
            head,
            class: self.lexicon.word(folded),
        };
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert(folded.into(), known);
        known
    }
}
