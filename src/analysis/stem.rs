//! Stems: which words are forms of one word, by the language of a text.
//!
//! The index keeps words unstemmed; a query looks up the forms of each word it names. So stems
//! are never stored, and a better stemmer needs no new index. Not for names: those are folded only.

use crate::analysis::language::Language;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The rule of one language for which words belong together.
pub struct Stems {
    stemmer: Stemmer,
}

impl Stems {
    /// Returns the rule for `language`, or `None` where there is none.
    pub fn of(language: Language) -> Option<Stems> {
        let algorithm = match language.as_str() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "tr" => Algorithm::Turkish,
            _ => return None,
        };
        Some(Stems {
            stemmer: Stemmer::new(algorithm),
        })
    }

    /// Returns the stem of a folded word.
    pub fn stem<'a>(&self, folded: &'a str) -> Cow<'a, str> {
        self.stemmer.stem(folded)
    }

    /// Returns a prefix that every word of the class of `stem` has.
    ///
    /// Stemmers cut endings and sometimes put a letter in their place (`flies` → `fli`, `using` →
    /// `use`, `dying` → `die`): what may have been put there is left off.
    pub fn common_prefix(stem: &str) -> &str {
        let bare = stem
            .strip_suffix("ie")
            .or(stem.strip_suffix(['i', 'e']))
            .unwrap_or(stem);
        match bare.char_indices().next_back() {
            _ if bare.is_empty() => stem,
            Some((at, _)) if bare.len() == stem.len() && at >= 3 => &bare[..at],
            _ => bare,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem_and_its_prefix() {
        let stems = Stems::of(Language::new("en")).expect("English has a stemmer");
        for forms in [
            &["attack", "attacked", "attacking", "attacks"][..],
            &["hope", "hoping", "hopes"],
            &["army", "armies"],
            &["spy", "spies"],
            &["fly", "flies"],
            &["lie", "lying"],
            &["use", "using"],
        ] {
            let stem = stems.stem(forms[0]).into_owned();
            for form in forms {
                assert_eq!(stems.stem(form), stem);
                assert!(form.starts_with(Stems::common_prefix(&stem)), "{form}");
            }
        }
        assert_ne!(stems.stem("general"), stems.stem("generate"));
    }
}
