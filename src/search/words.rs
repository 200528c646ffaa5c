//! Words of a query → terms of the index: each word with the forms that a reader takes for the same.
//!
//! The index keeps words unstemmed, so the forms of a word are looked up here, by the stemmers of
//! the languages that the index holds. Not for scoring (`rank`) and not for names (`filter`).

use super::bits::Bits;
use super::carriers::named;
use super::echoes::Echo;
use super::expand::expand;
use super::filter::Test;
use super::kept;
use super::vocabulary::is_alive;
use crate::analysis::fold::is_apostrophe;
use crate::analysis::language::Language;
use crate::analysis::stem::{Stems, Tongues};
use crate::analysis::stop::is_stop;
use crate::analysis::{bare, fold};
use crate::error::Result;
use crate::index::Index;
use crate::query::{Phrase, Term};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use tantivy::Term as IndexTerm;
use tantivy::schema::Field;
use unicode_normalization::UnicodeNormalization;

/// A word or phrase with its words looked up: what is matched, scored and marked.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// One word, or the words of a phrase in order.
    pub words: Vec<Forms>,
    /// How many places they may be out of order.
    pub slop: u32,
    /// How much a match tells; 0 where the words occur nowhere.
    pub weight: f64,
    /// Whether it counts for the score: not under a negation.
    pub scored: bool,
    /// Whether it matters where it stands, beside in which passage.
    pub placed: bool,
    /// What passages carry in place of words.
    pub carries: Option<Test>,
    /// What it stands for, where nobody typed it.
    pub stands_for: Option<Echo>,
}

impl Leaf {
    /// Whether postings alone say where it stands: its words in order, however they are written.
    pub fn is_in_order(&self) -> bool {
        self.slop == 0 && self.words.iter().all(|w| w.exact.is_none())
    }
}

/// The forms of a word, folded.
#[derive(Debug, Clone)]
pub struct Forms {
    /// Every form that the index holds, and the one typed, with the articles in which it counts.
    pub forms: BTreeMap<String, Tongues>,
    /// How it has to be written in the text.
    pub exact: Option<String>,
    /// The form that was typed, if its other forms count less.
    pub typed: Option<String>,
}

impl Forms {
    /// Forms none of which was typed.
    pub fn any(forms: BTreeSet<String>) -> Forms {
        Forms {
            forms: forms.into_iter().map(|f| (f, Tongues::ALL)).collect(),
            exact: None,
            typed: None,
        }
    }
}

/// Looks words up in one index.
pub struct Lookup<'a> {
    index: &'a Index,
    languages: &'a [Stems],
    passages: u64,
    /// The exponent of a word's rarity.
    rarity: f64,
    /// Once it is set, looking up ends with an error.
    stop: &'a AtomicBool,
}

impl<'a> Lookup<'a> {
    /// Prepares for the languages that the index holds.
    pub fn new(index: &'a Index, rarity: f64, stop: &'a AtomicBool) -> Result<Lookup<'a>> {
        Ok(Lookup {
            index,
            languages: kept::languages(index, || languages(index))?,
            passages: kept::passages(index)?,
            rarity,
            stop,
        })
    }

    /// The words of a phrase with their forms.
    pub fn forms(&self, phrase: &Phrase) -> Result<Vec<Forms>> {
        let forms = |term| {
            Ok(match term {
                Term::Word(word) => {
                    let look = |word: &str| forms_of(self.index, self.languages, word);
                    kept::forms(self.index, fold(&word), look)?
                }
                Term::Exact(word) => Forms {
                    forms: BTreeMap::from([(fold(&word), Tongues::ALL)]),
                    exact: Some(as_written(&word)),
                    typed: None,
                },
                pattern => Forms::any(expand(self.index, &pattern, self.stop)?),
            })
        };
        phrase.terms().into_iter().map(forms).collect()
    }

    /// How much a match of these words tells.
    pub fn weight(&self, words: &[Forms]) -> Result<f64> {
        Ok(self.tells(&self.found(words)?))
    }

    /// How much a match tells of words that stand in so many passages: the sum of their inverse frequencies.
    pub fn tells(&self, found: &[u64]) -> f64 {
        found.iter().map(|&found| self.rarity(found)).sum()
    }

    /// In the texts of how many passages each of these words stands.
    pub fn found(&self, words: &[Forms]) -> Result<Vec<u64>> {
        let found = |word: &Forms| {
            let count = || frequency(self.index, self.index.fields().text, word.forms.keys());
            match &word.typed {
                // Its forms follow from the word.
                Some(typed) => kept::frequency(self.index, typed.clone(), count),
                None => count(),
            }
        };
        words.iter().map(found).collect()
    }

    /// Whether the index holds a word as it was typed: in another form or way of writing it may be another's.
    pub fn is_there(&self, word: &Forms) -> Result<bool> {
        let Some(typed) = &word.typed else {
            return Ok(word.exact.is_none() && !word.forms.is_empty());
        };
        for field in [self.index.fields().text, self.index.fields().title] {
            if kept::infos(self.index, field, typed)?
                .iter()
                .any(Option::is_some)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How much it tells that a passage carries this.
    pub fn weight_of(&self, test: &Test) -> Result<f64> {
        let mut found = 0;
        for number in 0..self.index.searcher().segment_readers().len() as u32 {
            let carriers = kept::carriers(self.index, number, test)?;
            found += living(self.index, number, carriers.own())?;
        }
        Ok(self.rarity(found))
    }

    fn rarity(&self, found: u64) -> f64 {
        inverse_frequency(found, self.passages).powf(self.rarity)
    }
}

/// A word as it is written, but for what nobody means to ask for: the kind of apostrophe, the
/// possessive and its like, how accents are encoded, and what does not show.
pub fn as_written(word: &str) -> String {
    let invisible = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}');
    let word: String = word
        .nfc()
        .filter(|c| !invisible(c))
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .collect();
    word[bare(&word)].to_owned()
}

/// The rules of the languages that articles of the index are written in, and of all languages with
/// a script of their own: a short text is easily taken for its neighbour's.
fn languages(index: &Index) -> Result<Vec<Stems>> {
    let field = index.fields().lang;
    let mut codes: BTreeSet<String> = Stems::beyond_latin().map(str::to_owned).collect();
    for segment in index.searcher().segment_readers() {
        let inverted = segment
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?;
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            if is_alive(index, segment, &inverted, terms.value())? {
                codes.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
    }
    let stems = |code: &String| Stems::of(Language::new(code));
    Ok(codes.iter().filter_map(stems).collect())
}

/// Every word of the index that is a form of `word` in one of the languages.
fn forms_of(index: &Index, languages: &[Stems], word: &str) -> Result<Forms> {
    let mut forms = BTreeMap::new();
    // Many words begin as a small one does, and none of them is a form of it.
    let has_forms = !is_stop(word) && word.chars().nth(1).is_some();
    if has_forms && !word.bytes().any(|b| b.is_ascii_digit()) {
        // Languages share beginnings, and segments and fields share words.
        let mut read: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for stems in languages.iter().filter(|l| l.reads(word)) {
            let class = stems.class(word);
            for beginning in class.beginnings() {
                let terms = match read.entry(beginning) {
                    Entry::Occupied(terms) => terms.into_mut(),
                    Entry::Vacant(new) => {
                        let terms = beginning_with(index, new.key())?;
                        new.insert(terms)
                    }
                };
                for term in terms.iter().filter(|term| class.has(term)) {
                    let known = forms.entry(term.clone()).or_insert(stems.tongues());
                    *known = known.with(stems.tongues());
                }
            }
        }
    }
    forms.insert(word.to_owned(), Tongues::ALL);
    Ok(Forms {
        forms,
        exact: None,
        typed: Some(word.to_owned()),
    })
}

/// The words of texts and titles that begin so, in order.
fn beginning_with(index: &Index, beginning: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut end = beginning.as_bytes().to_vec();
    end.push(0xff);
    for segment in index.searcher().segment_readers() {
        for field in [index.fields().text, index.fields().title] {
            let inverted = segment
                .inverted_index(field)
                .map_err(|e| index.damaged(e))?;
            let range = inverted.terms().range().ge(beginning).lt(&end);
            let mut terms = range.into_stream().map_err(|e| index.damaged(e))?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    found.push(term.to_owned());
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// In how many live passages any of the forms occurs: forms that stand together count once, and
/// neither segments nor deletions change it.
pub(super) fn frequency<'f>(
    index: &Index,
    field: Field,
    forms: impl ExactSizeIterator<Item = &'f String> + Clone,
) -> Result<u64> {
    let mut count = 0;
    for (number, segment) in (0..).zip(index.searcher().segment_readers()) {
        let alive = segment.alive_bitset();
        count += match forms.clone().next() {
            Some(only) if forms.len() == 1 && alive.is_none() => segment
                .inverted_index(field)
                .and_then(|i| Ok(i.doc_freq(&IndexTerm::from_field_text(field, only))?))
                .map(u64::from)
                .map_err(|e| index.damaged(e))?,
            _ => {
                let found = named(index, segment, field, forms.clone())?;
                living(index, number, &found)?
            }
        };
    }
    Ok(count)
}

/// How many of some passages of a segment are not deleted.
fn living(index: &Index, number: u32, passages: &Bits) -> Result<u64> {
    let living = kept::columns(index, number)?.articles.living();
    Ok(passages.common(living))
}

/// BM25's inverse document frequency: never negative.
fn inverse_frequency(frequency: u64, passages: u64) -> f64 {
    let (df, n) = (frequency.min(passages) as f64, passages as f64);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}
