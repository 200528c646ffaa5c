//! Analysis: text → words, folded forms, stems, sentences, language.
//!
//! One analyzer for the index, the query, the spans and the gazetteer's keys, so that what is
//! found is what is marked. It knows neither tantivy nor the gazetteer's data.

mod affixes;
pub mod fold;
pub mod inflection;
pub mod language;
pub mod sentences;
pub mod sound;
pub mod stem;
pub mod stop;
pub mod words;

pub use fold::{bare, fold, fold_into, fold_plain_into};
pub use inflection::nominatives;
pub use sound::{alike, sounds};
pub use words::{Words, is_hebrew_stroke, words};

/// Returns the key under which a name is looked up: its folded words, one space between them.
///
/// `"Al-Shabaab"` and `"al Shabaab"` have the same key, `"al shabaab"`.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in words(name) {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        let from = out.len();
        fold_into(&name[word], &mut out);
        if out.len() == from {
            out.truncate(before);
        }
    }
    out
}
