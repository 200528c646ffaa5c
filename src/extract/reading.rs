//! A reading: a text cut into words, with how it uses capitals and the names that begin at a word.
//!
//! Made once for a text and read by every extractor, so that no word is looked up twice. What is
//! known of a word whatever its text is kept in a [`Wordbook`], since texts repeat their words.
//! No rule about actors or places lives here.

use super::actor::lexicon::Word;
use super::date::words as calendar;
use super::wordbook::{self, Known, Wordbook};
use crate::analysis::nominatives;
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Found, Gazetteer, Key, Tokens};

/// How a text uses capitals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// As prose does.
    Mixed,
    /// Nothing but capitals.
    Upper,
    /// Nothing but small letters.
    Lower,
    /// A capital on nearly every word.
    Titled,
}

impl Case {
    /// Judges a text by its words.
    fn of(tokens: &Tokens) -> Case {
        let (mut lower, mut title, mut upper) = (0u32, 0u32, 0u32);
        for t in tokens.list() {
            match t.shape {
                Shape::Lower => lower += 1,
                Shape::Title => title += 1,
                Shape::Upper => upper += 1,
                _ => {}
            }
        }
        if upper > 4 && upper > 4 * lower {
            Case::Upper
        } else if lower > 4 && (title + upper) * 200 < lower {
            Case::Lower
        } else if title > 12 && title > 6 * lower {
            Case::Titled
        } else {
            Case::Mixed
        }
    }
}

/// A text's words and what the gazetteer has under them.
pub struct Reading<'a> {
    /// The text.
    pub text: &'a str,
    /// Where its names are looked up.
    pub gazetteer: &'a Gazetteer,
    /// Its words.
    pub tokens: Tokens,
    /// How it uses capitals.
    pub case: Case,
    words: Vec<Known>,
    /// The names that begin at the words, in one row, and where each word's end in it.
    names: Vec<Found>,
    ends: Vec<u32>,
}

/// Words that open Arabic and Hebrew names of places: gate, spring, hill, monastery, valley …
pub(super) const PLACE_ELEMENTS: &[&str] = &[
    "ain", "ayn", "bab", "beit", "bir", "birkat", "burj", "bustan", "dayr", "deir", "ein", "hosh",
    "jabal", "jebel", "jisr", "kafr", "kfar", "khan", "khirbet", "maarat", "maaret", "marj",
    "mazraat", "nahr", "qalaat", "qalat", "qasr", "ras", "rasm", "souk", "suq", "tal", "tall",
    "tel", "tell", "umm", "wadi",
];

impl<'a> Reading<'a> {
    /// Reads `text` with an empty book.
    pub fn new(text: &'a str, gazetteer: &'a Gazetteer) -> Self {
        Reading::with(text, &mut Wordbook::new(gazetteer))
    }

    /// Reads `text` with what the wordbook knows already.
    pub fn with<'g: 'a>(text: &'a str, book: &mut Wordbook<'g>) -> Self {
        let gazetteer = book.gazetteer();
        book.make_room();
        let mut tokens = Tokens::new(text);
        let mut words = Vec::with_capacity(tokens.len());
        let mut inflected: Vec<(usize, String)> = Vec::new();
        for i in 0..tokens.len() {
            if !is_capital(&tokens, i) {
                words.push(wordbook::word(tokens.folded_and_on(i)));
                continue;
            }
            // `Курской области`: what the name is bends with it.
            let unit = match tokens.get(i + 1).map(|t| t.shape) {
                Some(Shape::Lower) => unit(tokens.folded(i + 1)),
                _ => None,
            };
            let mut word = book.beginning(tokens.folded_and_on(i));
            if tokens.mend(text, i, book.key(&word), gazetteer) {
                word = book.beginning(tokens.folded_and_on(i));
            }
            if book.key(&word).is_none() {
                let before = match inflected.last() {
                    Some((at, form)) if at + 1 == i => form,
                    _ => i.checked_sub(1).map_or("", |b| tokens.folded(b)),
                };
                let form = match tokens.list()[i].shape {
                    Shape::Title => nominative(before, tokens.folded(i), unit, gazetteer),
                    Shape::Caseless => unprefixed(tokens.folded(i), gazetteer),
                    _ => None,
                };
                if let Some(form) = form {
                    word = book.beginning((&form, form.len()));
                    inflected.push((i, form));
                    inflected.extend(unit.map(|unit| (i + 1, unit.to_string())));
                }
            }
            words.push(word);
        }
        if !inflected.is_empty() {
            tokens.respell(&inflected);
        }
        let mut reading = Reading {
            text,
            gazetteer,
            case: Case::of(&tokens),
            names: Vec::with_capacity(tokens.len() / 4),
            ends: Vec::with_capacity(tokens.len()),
            tokens,
            words,
        };
        for i in 0..reading.tokens.len() {
            if reading.may_begin(i) {
                reading.look_up(i, book);
            }
            reading.ends.push(reading.names.len() as u32);
        }
        reading
    }

    /// Whether a name may begin at a word by its writing: a word with a capital, or one before a
    /// capital (`al-Shabaab`, `4th Division`, `new York`); any word where case says nothing.
    fn may_begin(&self, i: usize) -> bool {
        self.case != Case::Mixed || is_capital(&self.tokens, i) || is_capital(&self.tokens, i + 1)
    }

    fn look_up(&mut self, i: usize, book: &mut Wordbook) {
        if !self.words[i].is_looked_up() {
            self.words[i] = book.beginning(self.tokens.folded_and_on(i));
        }
        let names = &mut self.names;
        if let Some(head) = book.head(&self.words[i]) {
            self.gazetteer
                .each_name_after(head, &self.tokens, i, |found| names.push(found));
        }
    }

    /// The names that begin at the word, shortest first; none for a word whose writing lets none begin.
    pub fn names(&self, i: usize) -> &[Found] {
        let from = i.checked_sub(1).map_or(0, |b| self.ends[b]);
        &self.names[from as usize..self.ends[i] as usize]
    }

    /// What the gazetteer says of the word alone.
    pub fn key(&self, i: usize) -> Option<Key> {
        if !self.words.get(i)?.is_looked_up() {
            return self.gazetteer.lookup(self.tokens.folded(i));
        }
        let alone = self.names(i).first().filter(|found| found.words == 1);
        alone.map(|found| found.key)
    }

    /// What the word, of ASCII letters alone, is to the rules of dates.
    pub(super) fn calendar(&self, i: usize) -> calendar::Word {
        let known = self.words.get(i).map(|w| w.calendar);
        known.unwrap_or(calendar::Word::Other)
    }

    /// What the word is in the grammar of actors.
    pub(super) fn class(&self, i: usize) -> Word {
        self.words.get(i).map_or_else(Word::default, |w| w.class)
    }
}

/// The name of which a word is an inflection, if the gazetteer has one that is worth the guess.
fn nominative(
    before: &str,
    folded: &str,
    unit: Option<&str>,
    gazetteer: &Gazetteer,
) -> Option<String> {
    if folded
        .as_bytes()
        .first()
        .is_none_or(|b| !(0xd0..=0xd3).contains(b))
    {
        return None;
    }
    // `Донецька область` is no inflection of `Донецьк`.
    let of_unit =
        |form: &str| unit.is_some_and(|u| gazetteer.head(&format!("{form} {u}")).key.is_some());
    if of_unit(folded) {
        return None;
    }
    // `Владимиром Зеленским`: the second word is known behind the first.
    let second = |form: &str| gazetteer.head(&format!("{before} {form}")).key.is_some();
    nominatives(folded)
        .find(|form| of_unit(form))
        .or_else(|| nominatives(folded).find(|form| second(form) || begins_name(form, gazetteer)))
}

/// The nominative of what a unit is, which copy writes small.
fn unit(folded: &str) -> Option<&'static str> {
    match folded {
        "область" | "области" | "областью" | "області" | "областю" => {
            Some("область")
        }
        "край" | "края" | "крае" | "краю" => Some("край"),
        "район" | "района" | "районе" | "району" | "районі" => {
            Some("район")
        }
        "республика" | "республики" | "республике" | "республику" => {
            Some("республика")
        }
        _ => None,
    }
}

/// An Arabic name without the `and`, `so`, `in` or `to` that is written to it: `وحماس`, `بغزة`.
fn unprefixed(folded: &str, gazetteer: &Gazetteer) -> Option<String> {
    let name = folded.strip_prefix(['و', 'ف', 'ب', 'ل'])?;
    let known = gazetteer.head(&format!("{folded} ")).goes_on();
    (name.chars().count() > 2 && !known && begins_name(name, gazetteer)).then(|| name.to_string())
}

/// Whether a word is a name of some renown, or the first word of one.
fn begins_name(word: &str, gazetteer: &Gazetteer) -> bool {
    let alone = gazetteer.head(word).key;
    alone.is_some_and(|k| k.has(Key::ACTOR) || k.has(Key::MAJOR))
        || gazetteer.head(&format!("{word} ")).goes_on()
}

/// Whether a word is written as names are, so far as its script tells.
fn is_capital(tokens: &Tokens, i: usize) -> bool {
    let token = tokens.get(i);
    token.is_some_and(|t| matches!(t.shape, Shape::Title | Shape::Upper | Shape::Caseless))
}
