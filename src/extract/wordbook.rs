//! A wordbook: what is known of a word whatever the text, remembered from text to text.
//!
//! Reporting repeats its words: nine in ten have been met before, and are found here with one
//! look-up instead of one in every table. Filled as words come, and emptied when it grows large. It
//! remembers, it judges nothing.

use super::actor::lexicon::{Lexicon, Word};
use super::date::words as calendar;
use super::hash::Map;
use crate::gazetteer::own::overrides::Override;
use crate::gazetteer::{Gazetteer, Head, Key};
use std::num::NonZeroU32;

/// Words kept at most: some megabytes, and more than a year of news has often.
const KEPT: usize = 1 << 17;

/// What is known of a word. Small, since one is looked up for every word of a text.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// What it is in the grammar of actors.
    pub class: Word,
    /// What it is to the rules of dates, if it is nothing but ASCII letters.
    pub calendar: calendar::Word,
    /// Where the book has what the gazetteer has under it, plus one, once somebody has asked: most
    /// words begin no name.
    head: Option<NonZeroU32>,
}

impl Known {
    /// Whether somebody has asked what the gazetteer has under it.
    pub fn is_looked_up(&self) -> bool {
        self.head.is_some()
    }
}

/// What is known of the words met so far; one for each thread that extracts.
pub struct Wordbook<'g> {
    gazetteer: &'g Gazetteer,
    lexicon: &'static Lexicon,
    overrides: Vec<Override>,
    /// Short words, which most are, by what they are made of; the others.
    short: Map<u128, Known>,
    long: Map<Box<str>, Known>,
    heads: Vec<Head>,
}

impl<'g> Wordbook<'g> {
    /// Begins an empty one.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Wordbook {
            gazetteer,
            lexicon: Lexicon::get(),
            overrides: gazetteer.overrides(),
            short: Map::default(),
            long: Map::default(),
            heads: Vec::new(),
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

    /// Forgets everything if that is much; to be called between texts.
    pub(super) fn make_room(&mut self) {
        if self.short.len() + self.long.len() >= KEPT {
            self.short.clear();
            self.long.clear();
            self.heads.clear();
        }
    }

    /// What is known of a folded word as the beginning of names.
    pub(super) fn beginning(&mut self, folded: &str) -> Known {
        let (number, gazetteer) = (self.heads.len() as u32 + 1, self.gazetteer);
        let known = self.find(folded);
        if known.head.is_some() {
            return *known;
        }
        known.head = NonZeroU32::new(number);
        let known = *known;
        self.heads.push(gazetteer.head(folded));
        known
    }

    /// What the gazetteer has under a word of this text that was asked for as a beginning.
    pub(super) fn head(&self, known: &Known) -> Option<&Head> {
        self.heads.get(known.head?.get() as usize - 1)
    }

    /// What the gazetteer says of such a word alone.
    pub(super) fn key(&self, known: &Known) -> Option<Key> {
        self.head(known)?.key
    }

    /// What is known of a folded word.
    pub(super) fn word(&mut self, folded: &str) -> Known {
        *self.find(folded)
    }

    fn find(&mut self, folded: &str) -> &mut Known {
        let lexicon = self.lexicon;
        let learn = || Known {
            class: lexicon.word(folded),
            calendar: calendar::lookup(folded.as_bytes()),
            head: None,
        };
        match packed(folded) {
            Some(short) => self.short.entry(short).or_insert_with(learn),
            None => {
                if !self.long.contains_key(folded) {
                    self.long.insert(folded.into(), learn());
                }
                self.long.get_mut(folded).expect("it was put in")
            }
        }
    }
}

/// A word of up to fifteen bytes as a number: its bytes, and how many.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes[..15]
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    bytes[15] = word.len() as u8;
    Some(u128::from_le_bytes(bytes))
}
