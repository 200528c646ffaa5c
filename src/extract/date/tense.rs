//! The tense of the sentence around an expression: did it happen, or is it to come?
//!
//! The nearest verb to the left decides, else the nearest to the right, read from a closed list of
//! auxiliaries and irregular verbs and from "-ed". No tagger: it only chooses between last Friday
//! and next Friday, and looks at most a few dozen words far, which keeps the whole linear.

/// The tense of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Something happened.
    Past,
    /// Something is to come.
    Future,
    /// No verb was recognised.
    Unknown,
}

/// How far to look on either side, in bytes.
const REACH: usize = 240;

/// The tense around a span of bytes.
pub(super) fn tense(text: &str, start: usize, end: usize) -> Tense {
    let left = sentence_before(text, start);
    let right = sentence_behind(text, end);
    // "until Friday", "by June" look ahead, "since Friday" back, whatever the verb.
    let towards = words_back(left).find(|word| {
        !matches!(
            *word,
            "early" | "late" | "mid" | "the" | "on" | "at" | "least"
        )
    });
    match towards {
        // "The election is Sunday."
        Some("until" | "till" | "by" | "Until" | "By" | "is" | "are") => return Tense::Future,
        Some("since" | "Since") => return Tense::Past,
        _ => {}
    }
    // "Friday's ruling" has mostly been given; only a plain "will" makes it to come.
    let possessive = right.starts_with("'s") || right.starts_with("’s");
    let mut left = words_back(left).peekable();
    let mut behind = "";
    while let Some(word) = left.next() {
        let before = left.peek().copied().unwrap_or_default();
        match verb(word) {
            // "agreed to meet Friday", "a summit set for April": to come, though the verb is past.
            Some(Tense::Past) if plans(word) && matches!(behind, "to" | "for") => {
                return Tense::Future;
            }
            // "to be held", "should be completed", "is heard": not yet.
            Some(Tense::Past) if before == "be" => return Tense::Future,
            Some(Tense::Past) if matches!(before, "is" | "are") => return Tense::Unknown,
            Some(Tense::Future) if possessive && word != "will" => {}
            Some(tense) => return tense,
            None => {}
        }
        behind = word;
    }
    words(right).find_map(verb).unwrap_or(Tense::Unknown)
}

/// The words of a stretch of text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|word| !word.is_empty())
}

/// The same from its end on.
fn words_back(text: &str) -> impl Iterator<Item = &str> {
    text.rsplit(is_between).filter(|word| !word.is_empty())
}

fn is_between(c: char) -> bool {
    !(c.is_alphabetic() || c == '\'' || c == '’')
}

/// The sentence up to a position.
fn sentence_before(text: &str, start: usize) -> &str {
    let from = (start.saturating_sub(REACH)..=start)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(start);
    let window = text.get(from..start).unwrap_or_default();
    let begin = sentence_ends(window).next_back().unwrap_or(0);
    window.get(begin..).unwrap_or_default()
}

/// The sentence from a position on.
fn sentence_behind(text: &str, end: usize) -> &str {
    let to = (end..=end.saturating_add(REACH).min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(end);
    let window = text.get(end..to).unwrap_or_default();
    let stop = sentence_ends(window).next().unwrap_or(window.len());
    window.get(..stop).unwrap_or_default()
}

/// Where sentences end: a stop before a blank and a capital, unless an abbreviation or an initial
/// stands before it; a blank line.
fn sentence_ends(window: &str) -> impl DoubleEndedIterator<Item = usize> {
    let bytes = window.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    (0..bytes.len()).filter_map(move |at| match byte(at) {
        b'\n' if byte(at + 1) == b'\n' => Some(at),
        b'!' | b'?' => Some(at + 1),
        b'.' => {
            let mut next = at + 1;
            while matches!(byte(next), b'"' | b'\'' | b')') && next < at + 3 {
                next += 1;
            }
            let blank = byte(next).is_ascii_whitespace();
            while byte(next).is_ascii_whitespace() && next < at + 6 && next < bytes.len() {
                next += 1;
            }
            let capital = !byte(next).is_ascii_lowercase() && !byte(next).is_ascii_digit();
            // "Aug.", "U.S.", "Gen.": three letters or fewer are taken for an abbreviation.
            let letters = (1..=4)
                .take_while(|back| at >= *back && byte(at - back).is_ascii_alphabetic())
                .count();
            (blank && capital && letters >= 4 || at + 1 == bytes.len() && letters >= 4)
                .then_some(at + 1)
        }
        _ => None,
    })
}

/// The tense a word shows.
fn verb(word: &str) -> Option<Tense> {
    let mut buffer = [0u8; 16];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let lower = std::str::from_utf8(lower).ok()?;
    match lower {
        "be" | "will" | "shall" | "would" | "scheduled" | "expected" | "due" | "planned"
        | "plans" | "upcoming" | "tomorrow" | "expects" | "intends" | "hopes" | "starting"
        | "slated" | "won't" | "planning" | "begins" | "opens" | "starts" | "could" | "should"
        | "might" | "can" | "plan" | "wants" | "want" | "intend" | "hope" | "expect" => {
            Some(Tense::Future)
        }
        "was" | "were" | "had" | "did" | "said" | "says" | "has" | "been" | "have" | "went"
        | "came" | "took" | "made" | "began" | "met" | "told" | "left" | "held" | "found"
        | "fell" | "rose" | "shot" | "broke" | "gave" | "got" | "knew" | "saw" | "won" | "lost"
        | "hit" | "struck" | "sent" | "set" | "led" | "kept" | "brought" | "became" | "built"
        | "caught" | "drew" | "drove" | "flew" | "fought" | "grew" | "heard" | "spoke"
        | "spent" | "stood" | "swore" | "threw" | "wrote" | "withdrew" | "wore" | "overthrew"
        | "blew" | "burst" | "put" | "paid" | "quit" | "ran" | "read" | "sank" | "seen"
        | "sold" | "sought" | "stole" | "taken" | "thought" | "understood" | "woke" | "killing"
        | "wounding" | "died" | "bore" | "born" | "fled" | "dealt" => Some(Tense::Past),
        "need" | "indeed" | "hundred" | "speed" | "breed" | "united" | "armed" | "alleged"
        | "unidentified" | "proposed" | "exceed" | "proceed" | "succeed" | "feed" | "seed"
        | "bleed" | "combined" | "advanced" | "masked" | "mohammed" | "ahmed" | "hamed"
        | "aged" | "retired" | "so-called" => None,
        _ if lower.len() > 4 && lower.ends_with("ed") => Some(Tense::Past),
        _ if lower.ends_with("'ll") => Some(Tense::Future),
        _ => None,
    }
}

/// Whether a verb in the past speaks of what is to come when "to" follows.
fn plans(word: &str) -> bool {
    matches!(
        word,
        "agreed"
            | "planned"
            | "vowed"
            | "promised"
            | "threatened"
            | "decided"
            | "set"
            | "wanted"
            | "hoped"
            | "intended"
            | "pledged"
            | "offered"
            | "prepared"
            | "asked"
            | "invited"
            | "ordered"
            | "penciled"
            | "fixed"
    )
}
