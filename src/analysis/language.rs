//! Language: which one a text is written in, judged on its first kilobytes.
//!
//! Not for scripts (words need no language to be cut) and not for translation.

mod codes;

pub use codes::code;

/// A language, by its ISO 639-1 code where it has one, else ISO 639-3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// Makes a language of a code of two or three letters; anything longer is cut.
    pub fn new(code: &str) -> Language {
        let mut letters = [0; 3];
        for (to, from) in letters
            .iter_mut()
            .zip(code.bytes().filter(u8::is_ascii_alphabetic))
        {
            *to = from.to_ascii_lowercase();
        }
        Language(letters)
    }

    /// Returns the code.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&b| b == 0).unwrap_or(3);
        std::str::from_utf8(&self.0[..len]).unwrap_or("")
    }
}

/// The language of a text and how sure the guess is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
    /// The language.
    pub language: Language,
    /// The share of the evidence that speaks for it.
    pub confidence: f64,
}

/// The language of an article, as its metadata state it or as its words tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoken {
    /// Its code.
    pub code: String,
    /// How sure the guess is, from 0 to 1 in hundredths; `None` where metadata state it.
    pub confidence: Option<f64>,
}

impl Spoken {
    /// The language that metadata state, else the one that the words of `text` tell.
    pub fn of(stated: Option<&str>, text: &str) -> Option<Spoken> {
        match stated {
            Some(code) => Some(Spoken {
                code: code.to_owned(),
                confidence: None,
            }),
            None => detect(text).map(|found| Spoken {
                code: found.language.as_str().to_owned(),
                confidence: Some((found.confidence * 100.0).round() / 100.0),
            }),
        }
    }
}

/// How much of a text is looked at, in bytes: enough for a sure guess.
const SAMPLE: usize = 2048;
/// The head that decides alone where it leaves no doubt: detection costs by the byte.
const HEAD: usize = 512;
/// So sure is a guess by the head.
const SURE: f64 = 0.95;

/// Detects the language of `text`; `None` where it has no words.
pub fn detect(text: &str) -> Option<Detected> {
    let head = begin(text, HEAD);
    if is_english(head) {
        return Some(Detected {
            language: Language::new("en"),
            confidence: 1.0,
        });
    }
    let sample = begin(text, SAMPLE);
    if let Some(code) = by_letters(sample) {
        return Some(Detected {
            language: Language::new(code),
            confidence: BY_LETTERS,
        });
    }
    let of_head = (head.len() < sample.len()).then(|| whatlang::detect(head));
    let info = match of_head.flatten() {
        Some(info) if info.confidence() >= SURE => info,
        _ => whatlang::detect(sample)?,
    };
    let code = match info.lang().code() {
        // Russian is reported in far more than Bulgarian: a guess between them goes to it.
        "bul" if info.confidence() < SURE => "ru",
        three => codes::shorter(three).unwrap_or(three),
    };
    Some(Detected {
        language: Language::new(code),
        confidence: info.confidence(),
    })
}

/// How sure a language is that shows by its letters.
const BY_LETTERS: f64 = 0.95;

/// The language that shows by letters which its neighbours do not have, even in a short text.
fn by_letters(text: &str) -> Option<&'static str> {
    let (mut letters, mut cyrillic, mut arabic) = (0usize, 0usize, 0usize);
    let mut seen = 0u32;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        cyrillic += usize::from(matches!(c, 'Ѐ'..='ӿ'));
        arabic += usize::from(matches!(c, '\u{600}'..='\u{6ff}'));
        let marks = MARKS.iter().enumerate();
        seen |= marks
            .filter(|(_, (_, marks))| c > '\u{7f}' && marks.contains(c))
            .map(|(at, _)| 1 << at)
            .sum::<u32>();
    }
    let has = |name: &str| {
        MARKS
            .iter()
            .zip(0..)
            .any(|(m, at)| m.0 == name && seen >> at & 1 == 1)
    };
    let most = |count: usize| count * 2 > letters;
    if most(cyrillic) {
        return match () {
            _ if has("other Cyrillic") => None,
            _ if has("be") => Some("be"),
            _ if has("uk") && !has("ru") => Some("uk"),
            _ if has("ru") && !has("uk") => Some("ru"),
            _ => None,
        };
    }
    if most(arabic) {
        return match () {
            _ if has("ckb") => Some("ckb"),
            _ if has("ps") => Some("ps"),
            _ if has("ur") => Some("ur"),
            _ if has("fa") => Some("fa"),
            _ if has("ar") => Some("ar"),
            _ => None,
        };
    }
    match () {
        _ if has("az") && has("tr") => Some("az"),
        _ if has("tr") && !has("other Latin") => Some("tr"),
        _ => None,
    }
}

/// Letters that tell neighbours apart. Belarusian has those of both Russian and Ukrainian.
const MARKS: &[(&str, &str)] = &[
    ("ru", "ыэЫЭ"),
    ("uk", "їєґЇЄҐ"),
    ("be", "ўЎ"),
    ("other Cyrillic", "әғқңөүұһҳҷӣӯјљњћђѓќѕӘҒҚҢӨҮЈЉЊЋЂ"),
    ("ckb", "ێۆڕڵ"),
    ("ps", "ټډړږښګۍ"),
    ("ur", "ٹڈڑےں"),
    ("fa", "پچژگکی"),
    ("ar", "ةيىكإأ"),
    ("az", "əƏ"),
    ("tr", "ığşİĞŞ"),
    ("other Latin", "Əəâșțąęćňŭăẽñ"),
];

/// The first bytes of a text, to the last whole character.
fn begin(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether a text is English beyond doubt: words of grammar that no other language has together
/// make an eighth of it. Counting them costs a hundredth of what comparing trigrams does.
fn is_english(text: &str) -> bool {
    const FEWEST: usize = 24;
    // A short text has to have the article besides.
    const SHORT: usize = 8;
    let (mut words, mut grammar, mut article) = (0, 0, false);
    for word in text.as_bytes().split(|b| !b.is_ascii_alphabetic()) {
        if word.is_empty() {
            continue;
        }
        words += 1;
        let mut lower = [0; 5];
        let Some(lower) = lower.get_mut(..word.len()) else {
            continue;
        };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        article |= *lower == *b"the";
        grammar += usize::from(matches!(
            &*lower,
            b"the"
                | b"and"
                | b"of"
                | b"to"
                | b"that"
                | b"with"
                | b"said"
                | b"from"
                | b"by"
                | b"his"
                | b"has"
                | b"were"
                | b"their"
                | b"which"
                | b"they"
                | b"have"
                | b"been"
                | b"who"
                | b"this"
                | b"after"
                | b"but"
                | b"would"
                | b"are"
        ));
    }
    (words >= FEWEST || (words >= SHORT && article && grammar > 1)) && grammar * 8 >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_the_languages_of_reporting() {
        for (code, text) in [
            (
                "en",
                "The truce was broken within minutes of its coming into effect, the ministry said on Saturday.",
            ),
            (
                "ru",
                "Министерство обороны заявило, что перемирие было нарушено через несколько минут.",
            ),
            ("uk", "Їхній конвой зупинили."),
            ("ru", "Колонну обстреляли на въезде."),
            ("fa", "کاروان متوقف شد."),
            ("ar", "توقفت القافلة."),
            ("tr", "Konvoy sınırda durdu."),
            ("az", "Danışıqlar kəsildi."),
            ("en", "The convoy was stopped by soldiers at the bridge."),
            (
                "fr",
                "Le ministère de la Défense a déclaré que la trêve avait été rompue quelques minutes plus tard.",
            ),
        ] {
            assert_eq!(
                detect(text)
                    .map(|d| d.language.as_str().to_owned())
                    .as_deref(),
                Some(code)
            );
        }
        assert_eq!(detect("1234"), None);
    }
}
