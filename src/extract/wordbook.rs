//! A wordbook: what is known of a word whatever the text, and remembered from text to text.
//!
//! The words of grammar and calendar are a closed class that is laid out once; a few bits tell of nearly
//! every other word that it is none of them. What the gazetteer has under the words that begin names is
//! remembered as these come, since reporting repeats them, and forgotten when it grows large. It
//! remembers, it judges nothing.

use super::actor::lexicon::{Lexicon, Word};
use super::date::words as calendar;
use super::hash::Map;
use crate::gazetteer::own::overrides::Override;
use crate::gazetteer::{Gazetteer, Head, Key};
use std::num::NonZeroU32;
use std::sync::LazyLock;

/// Words kept at most: some megabytes, and more than a year of news has often.
const KEPT: usize = 1 << 17;

/// What is known of a word. Small, since there is one for every word of a text.
#[derive(Clone, Copy, Default)]
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
    overrides: Vec<Override>,
    /// Words that were asked for as beginnings: short ones, which most are, by their number; the others.
    short: Map<u128, Known>,
    long: Map<Box<str>, Known>,
    heads: Vec<Head>,
}

impl<'g> Wordbook<'g> {
    /// Begins an empty one.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Wordbook {
            gazetteer,
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

    /// What is known of a folded word, the first `length` bytes of `text`, as the beginning of names.
    pub(super) fn beginning(&mut self, (text, length): (&str, usize)) -> Known {
        let (short, folded) = (packed(text, length), &text[..length]);
        let met = match short {
            Some(short) => self.short.get(&short),
            None => self.long.get(folded),
        };
        if let Some(known) = met {
            return *known;
        }
        self.heads.push(self.gazetteer.head(folded));
        let known = Known {
            head: NonZeroU32::new(self.heads.len() as u32),
            ..word((text, length))
        };
        match short {
            Some(short) => drop(self.short.insert(short, known)),
            None => drop(self.long.insert(folded.into(), known)),
        }
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
}

/// What is known of a folded word, the first `length` bytes of `text`, whatever the gazetteer.
pub(super) fn word((text, length): (&str, usize)) -> Known {
    match packed(text, length) {
        Some(short) => CLOSED.word(short),
        None => looked_up(&text[..length]),
    }
}

fn looked_up(folded: &str) -> Known {
    Known {
        class: Lexicon::get().word(folded),
        calendar: calendar::lookup(folded.as_bytes()),
        head: None,
    }
}

/// The short words of grammar and calendar, by their numbers.
struct Closed {
    /// A bit for the place that each leads to: most words lead to one where there is none.
    places: Vec<u64>,
    words: Map<u128, Known>,
}

/// So many bits are a few for each word, and fit into the fastest memory.
const PLACES: usize = 1 << 16;

static CLOSED: LazyLock<Closed> = LazyLock::new(|| {
    let mut closed = Closed {
        places: vec![0; PLACES / 64],
        words: Map::default(),
    };
    for word in Lexicon::get().words().chain(calendar::vocabulary()) {
        if let Some(short) = packed(word, word.len()) {
            let place = place(short);
            closed.places[place / 64] |= 1 << (place % 64);
            closed.words.insert(short, looked_up(word));
        }
    }
    closed
});

impl Closed {
    fn word(&self, short: u128) -> Known {
        let place = place(short);
        if self.places[place / 64] >> (place % 64) & 1 == 0 {
            return Known::default();
        }
        self.words.get(&short).copied().unwrap_or_default()
    }
}

/// Where a short word has its bit.
fn place(short: u128) -> usize {
    let mixed = (short as u64 ^ (short >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 48) as usize % PLACES
}

/// The first `length` bytes of a text, up to fifteen, as a number: these bytes, and how many.
fn packed(text: &str, length: usize) -> Option<u128> {
    if length > 15 {
        return None;
    }
    // So many bytes as there happen to be take longer to copy than sixteen.
    let bytes = match text.as_bytes().first_chunk::<16>() {
        Some(bytes) => u128::from_le_bytes(*bytes) & ((1 << (8 * length)) - 1),
        None => {
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
            u128::from_le_bytes(bytes)
        }
    };
    Some(bytes | (length as u128) << 120)
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn what_stands_behind_a_word_is_no_part_of_its_number() {
        let text = "ceasefire in karabakh, broken";
        for length in 0..=15 {
            assert_eq!(packed(text, length), packed(&text[..length], length));
        }
        assert_eq!(packed(text, 16), None);
        assert_ne!(packed("a", 1), packed("a\0", 2));
    }
}
