//! Stems: which words are forms of one word, by the language of a text.
//!
//! The index keeps words folded and unstemmed; a query looks up the forms of each word it names, and
//! a form counts in the articles of its language. So stems are never stored, and nothing typed
//! is lost. Stemmers are written for words with their accents: what folding takes from them is made
//! good here. Not for names: those are folded only.

use super::language::{Language, Spoken};
use super::{affixes, fold};
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The languages that have a rule, by code. The order is stored in the index: add at the end.
const RULES: &[(&str, Rule)] = &[
    ("en", Rule::Stemmer(Algorithm::English)),
    ("ar", Rule::Own(affixes::arabic)),
    ("az", Rule::Own(affixes::turkic)),
    ("ca", Rule::Stemmer(Algorithm::Catalan)),
    ("da", Rule::Stemmer(Algorithm::Danish)),
    ("de", Rule::Stemmer(Algorithm::German)),
    ("el", Rule::Stemmer(Algorithm::Greek)),
    ("es", Rule::Stemmer(Algorithm::Spanish)),
    ("fa", Rule::Stemmer(Algorithm::Persian)),
    ("fi", Rule::Stemmer(Algorithm::Finnish)),
    ("fr", Rule::Stemmer(Algorithm::French)),
    ("he", Rule::Own(whole)),
    ("hi", Rule::Stemmer(Algorithm::Hindi)),
    ("hr", Rule::Stemmer(Algorithm::Serbian)),
    ("hu", Rule::Stemmer(Algorithm::Hungarian)),
    ("hy", Rule::Stemmer(Algorithm::Armenian)),
    ("it", Rule::Stemmer(Algorithm::Italian)),
    ("nl", Rule::Stemmer(Algorithm::Dutch)),
    ("no", Rule::Stemmer(Algorithm::Norwegian)),
    ("pl", Rule::Stemmer(Algorithm::Polish)),
    ("pt", Rule::Stemmer(Algorithm::Portuguese)),
    ("ro", Rule::Stemmer(Algorithm::Romanian)),
    ("ru", Rule::Stemmer(Algorithm::Russian)),
    ("sr", Rule::Stemmer(Algorithm::Serbian)),
    ("sv", Rule::Stemmer(Algorithm::Swedish)),
    ("tr", Rule::Own(affixes::turkic)),
    ("uk", Rule::Stemmer(Algorithm::Ukrainian)),
    ("am", Rule::Own(whole)),
    ("cs", Rule::Stemmer(Algorithm::Czech)),
    ("id", Rule::Stemmer(Algorithm::Indonesian)),
];

#[derive(Clone, Copy)]
enum Rule {
    Stemmer(Algorithm),
    Own(fn(&str) -> &str),
}

/// Languages of which only what is written before a word is looked at: see [`Class::has`].
fn whole(word: &str) -> &str {
    word
}

/// Which rule the words of an article follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tongue(u8);

impl Tongue {
    /// The language is not known for sure: the rules of all languages apply.
    pub const UNSURE: Tongue = Tongue(0);
    /// The language has no rule: words have one form.
    pub const NONE: Tongue = Tongue(63);

    /// The rule for an article; a doubtful guess of its language decides nothing.
    pub fn of(spoken: Option<&Spoken>) -> Tongue {
        spoken
            .filter(|s| s.confidence.is_none_or(|c| c >= SURE))
            .map_or(Tongue::UNSURE, |s| Tongue::stated(Language::new(&s.code)))
    }

    /// The rule for a language.
    pub fn stated(language: Language) -> Tongue {
        let at = RULES
            .iter()
            .position(|(code, _)| *code == language.as_str());
        at.map_or(Tongue::NONE, |at| Tongue(at as u8 + 1))
    }

    /// The number that the index stores.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The rule that the index stores as `number`.
    pub fn of_number(number: u64) -> Tongue {
        Tongue(u8::try_from(number).unwrap_or(63).min(63))
    }
}

/// From this confidence on a detected language decides how words are stemmed.
const SURE: f64 = 0.9;

/// A set of rules: in which articles a form counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tongues(u64);

impl Tongues {
    /// Every article, whatever its language: a word as typed.
    pub const ALL: Tongues = Tongues(u64::MAX);

    /// The articles of one language, and those whose language is not sure.
    pub fn one(tongue: Tongue) -> Tongues {
        Tongues(1 << tongue.0 | 1)
    }

    /// Both sets.
    pub fn with(self, other: Tongues) -> Tongues {
        Tongues(self.0 | other.0)
    }

    /// Whether articles of this rule are in the set.
    pub fn has(self, tongue: Tongue) -> bool {
        self.0 >> tongue.0 & 1 == 1
    }
}

/// The rule of one language for which words belong together.
pub struct Stems {
    tongue: Tongue,
    code: &'static str,
    rule: Apply,
}

enum Apply {
    Stemmer(Stemmer),
    Own(fn(&str) -> &str),
}

impl Stems {
    /// Returns the rule for `language`, or `None` where there is none.
    pub fn of(language: Language) -> Option<Stems> {
        let tongue = Tongue::stated(language);
        let (code, rule) = RULES.get(usize::from(tongue.0).checked_sub(1)?)?;
        Some(Stems {
            tongue,
            code,
            rule: match rule {
                Rule::Stemmer(algorithm) => Apply::Stemmer(Stemmer::new(*algorithm)),
                Rule::Own(own) => Apply::Own(*own),
            },
        })
    }

    /// In which articles the rule's forms count.
    pub fn tongues(&self) -> Tongues {
        Tongues::one(self.tongue)
    }

    /// Returns the stem of a folded word.
    pub fn stem<'a>(&self, folded: &'a str) -> Cow<'a, str> {
        match &self.rule {
            Apply::Own(own) => Cow::Borrowed(own(folded)),
            Apply::Stemmer(stemmer) => match self.unfolded(folded) {
                Cow::Borrowed(word) => stemmer.stem(word),
                Cow::Owned(word) => Cow::Owned(stemmer.stem(&word).into_owned()),
            },
        }
    }

    /// A folded word as the stemmer knows its ending: accents that it needs are gone, and what they
    /// tell is brought to one form.
    fn unfolded<'a>(&self, folded: &'a str) -> Cow<'a, str> {
        let put = |ending: &str, instead: &str| {
            folded
                .strip_suffix(ending)
                .filter(|rest| rest.len() > 2)
                .map(|rest| Cow::<str>::Owned(format!("{rest}{instead}")))
        };
        let mended = match self.code {
            // attaquée(s), attaqué(s)
            "fr" => put("ees", "e").or_else(|| put("ee", "e")),
            // população, populações; alemão, alemães
            "pt" => put("oes", "ao").or_else(|| put("aes", "ao")),
            _ => None,
        };
        mended.unwrap_or(Cow::Borrowed(folded))
    }

    /// The class of words that are forms of the same word as `folded`.
    pub fn class<'a>(&'a self, folded: &'a str) -> Class<'a> {
        Class {
            stems: self,
            word: folded,
            stem: self.stem(folded),
        }
    }

    /// The languages that are not written in Latin letters, by code.
    pub fn beyond_latin() -> impl Iterator<Item = &'static str> {
        RULES
            .iter()
            .map(|(code, _)| *code)
            .filter(|c| OTHER.contains(c))
    }

    /// Whether words of the script of `folded` belong to the language.
    pub fn reads(&self, folded: &str) -> bool {
        let latin = folded.chars().next().is_some_and(|c| c < '\u{250}');
        self.code == "sr" || latin != OTHER.contains(&self.code)
    }
}

/// Languages that are not written in Latin letters.
const OTHER: &[&str] = &["am", "ar", "el", "fa", "he", "hi", "hy", "ru", "uk"];

/// The words that are forms of one word.
pub struct Class<'a> {
    stems: &'a Stems,
    word: &'a str,
    stem: Cow<'a, str>,
}

impl Class<'_> {
    /// Whether a folded word belongs to the class.
    pub fn has(&self, folded: &str) -> bool {
        // Nothing in a Hebrew or Amharic word shows whether its first letter is its own: what is asked
        // for may have something before it, but nothing is taken from it.
        match affixes::written_before(self.stems.code) {
            Some(list) => folded
                .strip_suffix(self.word)
                .is_some_and(|before| before.is_empty() || list.contains(&before)),
            None => self.stems.stem(folded) == self.stem,
        }
    }

    /// What the words of the class may begin with: where to look for them in a sorted list.
    ///
    /// Stemmers cut endings, sometimes put letters in their place (`flies` → `fli`, `using` → `use`,
    /// Ukrainian `києва`, `київ` → `києв`), and some languages write articles and prepositions in front.
    pub fn beginnings(&self) -> Vec<String> {
        let stem = fold(&self.stem);
        let after = |list: &[&str], word: &str| {
            let before = list.iter().chain([&""]);
            before.map(|before| format!("{before}{word}")).collect()
        };
        if let Some(list) = affixes::written_before(self.stems.code) {
            return after(list, self.word);
        }
        match self.stems.code {
            "ar" => return after(affixes::BEFORE_ARABIC, &stem),
            "id" => return affixes::before_indonesian(&stem),
            _ => {}
        }
        let certain = common_prefix(&stem);
        let mut shared: String = self
            .word
            .chars()
            .zip(certain.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a)
            .collect();
        if self.stems.code == "uk" && shared.chars().count() > 2 {
            shared.pop();
        }
        if shared.is_empty() {
            // A stem in another script, as Serbian has it, or in another first letter.
            shared.extend(self.word.chars().take(1));
        }
        match self.stems.code {
            "de" => with_digraphs(&shared),
            _ => vec![shared],
        }
    }
}

/// A prefix of a stem that every word of its class has: what a stemmer may have put in the place of an
/// ending is left off.
fn common_prefix(stem: &str) -> &str {
    let bare = stem
        .strip_suffix("ie")
        .or(stem.strip_suffix(['i', 'e']))
        .unwrap_or(stem);
    match bare.char_indices().next_back() {
        _ if bare.is_empty() => stem,
        Some((at, _)) if bare.len() == stem.len() && bare.chars().count() > 3 => &bare[..at],
        _ => bare,
    }
}

/// `prasid`, and what it is where an umlaut is written with an e: `praesid`; and the other way round.
fn with_digraphs(core: &str) -> Vec<String> {
    let mut all = vec![core.to_owned()];
    for (at, vowel) in core
        .char_indices()
        .filter(|(_, c)| matches!(c, 'a' | 'o' | 'u'))
    {
        let after = at + vowel.len_utf8();
        if let Some(rest) = core[after..].strip_prefix('e') {
            all.push(format!("{}{rest}", &core[..after]));
        } else {
            all.push(format!("{}e{}", &core[..after], &core[after..]));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(code: &str) -> Stems {
        Stems::of(Language::new(code)).expect("a language with a rule")
    }

    #[test]
    fn forms_of_a_word_are_one_class_and_lie_where_they_are_looked_for() {
        for (code, forms) in [
            ("en", &["attack", "attacked", "attacking", "attacks"][..]),
            ("en", &["hope", "hoping", "hopes"]),
            ("en", &["army", "armies"]),
            ("en", &["spy", "spies"]),
            ("en", &["fly", "flies"]),
            ("en", &["lie", "lying"]),
            ("en", &["use", "using"]),
            ("fr", &["attaquer", "attaque", "attaquees", "attaques"]),
            ("fr", &["journal", "journaux"]),
            ("pt", &["populacao", "populacoes"]),
            ("de", &["prasident", "praesidenten", "prasidenten"]),
            ("ru", &["обстрел", "обстрелах", "обстрелами"]),
            ("uk", &["київ", "києва"]),
            ("sr", &["напад", "нападима"]),
            (
                "tr",
                &["saldiri", "saldirilar", "saldirilarda", "saldirida"],
            ),
            ("tr", &["istanbul", "istanbulda", "istanbulun"]),
            ("az", &["rayon", "rayonlarinda"]),
            ("ar", &["حكومه", "الحكومه", "والحكومه", "للحكومه", "حكومات"]),
            ("ar", &["وزاره", "والوزاره", "ووزاره"]),
            ("fa", &["نيرو", "نيروهاي", "نيروها"]),
            ("id", &["serang", "menyerang", "serangan", "diserang"]),
            ("cs", &["utok", "utoky"]),
        ] {
            let stems = stems(code);
            for word in forms {
                let class = stems.class(word);
                let beginnings = class.beginnings();
                for form in forms {
                    assert!(class.has(form), "{code}: {word}, {form}");
                    assert!(
                        beginnings.iter().any(|b| form.starts_with(b)),
                        "{code}: {form} does not begin with one of {beginnings:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn other_words_are_other_classes() {
        for (code, word, other) in [
            ("en", "general", "generate"),
            ("tr", "kara", "karar"),
            ("ar", "سلام", "اسلام"),
            ("ar", "زير", "وزير"),
            ("he", "הצבא", "צבא"),
            ("ru", "война", "войско"),
        ] {
            assert!(
                !stems(code).class(word).has(other),
                "{code}: {word}, {other}"
            );
        }
        assert!(stems("he").class("צבא").has("הצבא"));
        assert!(stems("am").class("አለም").has("የአለም"));
    }

    #[test]
    fn a_form_counts_in_the_articles_of_its_language() {
        let french = stems("fr").tongues();
        let of = |code: &str| Tongue::stated(Language::new(code));
        assert!(french.has(of("fr")) && french.has(Tongue::UNSURE));
        assert!(!french.has(of("en")) && !french.has(of("zh")));
        assert!(Tongues::ALL.has(of("zh")) && Tongues::ALL.has(of("en")));
    }
}
