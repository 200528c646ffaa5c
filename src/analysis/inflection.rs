//! Inflection: what a name in another case than the nominative may be called.
//!
//! Names of Russian and Ukrainian only, whose cases stand on every name of a text: `Азербайджана`,
//! `Зеленским`, `в Донецке`. It proposes; whether there is such a name, the caller finds out. Not for
//! stemming, which `stem` does.

/// Endings of the other cases, and what stands for them in the nominative, the likelier first.
#[rustfmt::skip]
const ENDINGS: &[(&str, &[&str])] = &[
    ("ией", &["ия"]), ("ого", &["ий", "ый", "ое"]), ("ому", &["ий", "ый", "ое"]), ("его", &["ий"]),
    ("ему", &["ий"]), ("ової", &["ова"]), ("ої", &["а"]), ("ій", &["а", "ий"]), ("ові", &[""]),
    ("ии", &["ия", "ий"]), ("ию", &["ия"]), ("ією", &["ія"]), ("ії", &["ія"]), ("ію", &["ія"]),
    ("ым", &["", "ый"]), ("им", &["ий", ""]), ("ом", &["", "ый", "ий", "ое"]), ("ем", &["й", "ь", ""]), ("єм", &["й"]),
    ("ой", &["а", "ая"]), ("ою", &["а"]), ("ую", &["ая"]), ("ей", &["я", "ь"]), ("ах", &["ы", "и", "а"]),
    ("а", &[""]), ("я", &["й", "ь"]), ("у", &["", "а"]), ("ю", &["й", "ь", "я"]),
    ("е", &["", "а", "ь", "я", "й"]), ("и", &["а", "ь", "я"]), ("ы", &["а"]), ("і", &["", "а", "ь"]),
];

/// Returns the forms of which a folded Cyrillic word may be an inflection, the likelier first.
///
/// ```
/// let of = |word| belli::analysis::nominatives(word).collect::<Vec<_>>();
/// assert!(of("зеленским").contains(&"зеленский".to_owned()));
/// assert!(of("армении").contains(&"армения".to_owned()));
/// assert!(of("armenia").is_empty());
/// ```
pub fn nominatives(word: &str) -> impl Iterator<Item = String> + '_ {
    let cyrillic = word.chars().all(|c| matches!(c, '\u{400}'..='\u{4ff}'));
    let forms = move |(ending, whole): &'static (&str, &[&str])| {
        let stem = word.strip_suffix(ending).filter(|s| s.chars().count() > 2);
        let whole = if cyrillic && stem.is_some() {
            *whole
        } else {
            &[]
        };
        whole
            .iter()
            .map(move |end| format!("{}{end}", stem.unwrap_or_default()))
    };
    ENDINGS.iter().flat_map(forms)
}
