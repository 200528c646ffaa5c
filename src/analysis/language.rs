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

/// How much of a text is looked at, in bytes: enough for a sure guess, little enough to be free.
const SAMPLE: usize = 2048;

/// Detects the language of `text`; `None` where it has no words.
pub fn detect(text: &str) -> Option<Detected> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
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
