//! Language: which one a text is written in, judged on its first kilobytes.
//!
//! Not for scripts (words need no language to be cut) and not for translation.

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
    let of_head = (head.len() < sample.len()).then(|| whatlang::detect(head));
    let info = match of_head.flatten() {
        Some(info) if info.confidence() >= SURE => info,
        _ => whatlang::detect(sample)?,
    };
    let code = match info.lang().code() {
        "eng" => "en",
        "rus" => "ru",
        "ukr" => "uk",
        "ara" => "ar",
        "fra" => "fr",
        "spa" => "es",
        "por" => "pt",
        "deu" => "de",
        "tur" => "tr",
        "aze" => "az",
        "pes" => "fa",
        "cmn" => "zh",
        "mya" => "my",
        "heb" => "he",
        "hye" => "hy",
        "kat" => "ka",
        "ita" => "it",
        "nld" => "nl",
        "pol" => "pl",
        "ron" => "ro",
        "swe" => "sv",
        "dan" => "da",
        "fin" => "fi",
        "hun" => "hu",
        "ell" => "el",
        "hin" => "hi",
        "urd" => "ur",
        "ben" => "bn",
        "tha" => "th",
        "khm" => "km",
        "jpn" => "ja",
        "kor" => "ko",
        "vie" => "vi",
        "ind" => "id",
        "srp" => "sr",
        "hrv" => "hr",
        "bul" => "bg",
        "mkd" => "mk",
        "bel" => "be",
        "ces" => "cs",
        "slk" => "sk",
        "slv" => "sl",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "amh" => "am",
        "tam" => "ta",
        "sin" => "si",
        "nep" => "ne",
        "nob" => "no",
        "cat" => "ca",
        "epo" => "eo",
        other => other,
    };
    Some(Detected {
        language: Language::new(code),
        confidence: info.confidence(),
    })
}

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
    let (mut words, mut grammar) = (0, 0);
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
    words >= FEWEST && grammar * 8 >= words
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
