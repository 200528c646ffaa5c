//! The tense of the sentence around an expression: did it happen, or is it to come?
//!
//! The nearest verb to the left decides, else the nearest to the right, read from a closed list of
//! auxiliaries and irregular verbs and from "-ed", with the few words beside it that turn it round. No
//! tagger: it only chooses between last Friday and next Friday, and looks at most a few dozen words
//! far, which keeps the whole linear.

use crate::analysis::sentences::sentences;

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
    let Sentence { left, right, prose } = sentence(text, start, end);
    let left: Vec<&str> = words(left).collect();
    // "until Friday", "by June" look ahead, "since Friday" back, whatever the verb.
    let towards = left.iter().rposition(|word| {
        !matches!(
            *word,
            "early" | "late" | "mid" | "the" | "on" | "at" | "least"
        )
    });
    let word = |at: usize| left.get(at).copied().unwrap_or_default();
    // "Friday's ruling" has mostly been given; only a plain "will" makes it to come.
    let possessive = right.starts_with("'s") || right.starts_with("’s");
    let appointed = match towards.map_or("", word) {
        // "The election is Sunday."
        "until" | "till" | "by" | "Until" | "By" | "is" | "are" => return Tense::Future,
        "since" | "Since" => return Tense::Past,
        // "a strike for Saturday"
        "for" if !possessive && towards.is_some_and(|at| at > 0 && appointment(word(at - 1))) => {
            return Tense::Future;
        }
        "for" | "to" if !possessive => towards,
        _ => None,
    };
    for at in (0..left.len()).rev() {
        let before = at.checked_sub(1).map_or("", word);
        match shown(&left, at) {
            // "postponed to May"; "called a rally for Thursday" went before.
            Some(Tense::Past) if appointed == Some(at + 1) && appoints(word(at)) => {
                return Tense::Future;
            }
            // "could not resume before Monday"
            Some(Tense::Past)
                if matches!(word(at), "could" | "be") && left.last() == Some(&"before") =>
            {
                return Tense::Future;
            }
            // "agreed to meet Friday", "a summit set for April": to come, though the verb is past.
            Some(Tense::Past) if plans(word(at)) && matches!(word(at + 1), "to" | "for") => {
                let after = left.iter().skip(at).any(|word| *word == "after");
                return if after { Tense::Past } else { Tense::Future };
            }
            // "to be held", "should be completed": what stands before it decides.
            Some(Tense::Past) if before == "be" => {}
            // "is heard": not yet.
            Some(Tense::Past) if matches!(before, "is" | "are") => return Tense::Unknown,
            Some(Tense::Future) if possessive && word(at) != "will" => {}
            Some(tense) => return tense,
            None if prose && !possessive && is_schedule(&left, at) && !is_caption(text, end) => {
                return Tense::Future;
            }
            None => {}
        }
    }
    let right: Vec<&str> = words(right).collect();
    (0..right.len())
        .find_map(|at| shown(&right, at))
        .unwrap_or(Tense::Unknown)
}

/// Whether a sentence tells up to a span of what had happened before all else: "had been lost on".
pub(super) fn is_pluperfect(text: &str, start: usize, end: usize) -> bool {
    let left: Vec<&str> = words(sentence(text, start, end).left).collect();
    let last = (0..left.len()).rev().find(|at| shown(&left, *at).is_some());
    last.is_some_and(|last| {
        let mut before = left.iter().take(last).rev().take(3);
        before.any(|word| *word == "had")
    })
}

/// The words of a stretch of text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’'))
        .filter(|word| !word.is_empty())
}

/// The sentence of an expression, on either side of it.
struct Sentence<'a> {
    left: &'a str,
    right: &'a str,
    /// Whether it ends in a stop, as headlines do not.
    prose: bool,
}

fn sentence(text: &str, start: usize, end: usize) -> Sentence<'_> {
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let from = (start.saturating_sub(REACH)..=start).find(boundary);
    let mut to = (end..=end.saturating_add(REACH).min(text.len())).rev();
    let window = from.unwrap_or(start)..to.find(boundary).unwrap_or(end);
    let (mut first, mut last) = (window.start, window.end);
    for sentence in sentences(text, window.clone()) {
        if sentence.start <= start {
            first = sentence.start;
        }
        if sentence.end >= end {
            last = sentence.end;
            break;
        }
    }
    let right = text.get(end..last).unwrap_or_default();
    let cut = last == window.end && last < text.len();
    let stops = ['.', '!', '?', '"', '”', '…'];
    Sentence {
        left: text.get(first..start).unwrap_or_default(),
        right,
        prose: cut || right.trim_end().ends_with(stops),
    }
}

/// The tense a word shows before the words that follow it.
fn shown(words: &[&str], at: usize) -> Option<Tense> {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let before = at.checked_sub(1).map_or("", word);
    match (word(at), word(at + 1), word(at + 2)) {
        // "is to visit"; who "is to blame" did it.
        ("is" | "are", "to", next) => (next != "blame").then_some(Tense::Future),
        // "could not be reached", "could hear shelling", "could be seen"
        ("could", "not" | "hear", _)
        | ("could", "be", "heard" | "seen" | "felt")
        | ("couldn't" | "couldn’t", ..) => Some(Tense::Past),
        ("be", ..) => {
            let could = |at: &usize| matches!(word(*at), "could" | "couldn't" | "couldn’t");
            match (at.saturating_sub(3)..at).find(could) {
                Some(could) => shown(words, could),
                None => Some(Tense::Future),
            }
        }
        // "cancelled due to heavy fighting" says why, "talks due to begin" when.
        ("due", "to", next) => {
            let copula = matches!(before, "is" | "are" | "was" | "were")
                || before.ends_with("'s")
                || before.ends_with("’s");
            let when = copula || is_scheduled(next);
            when.then_some(Tense::Future)
        }
        (word, ..) => verb(word),
    }
}

/// Whether a verb in the present announces what has its date: "arrives on Monday", "talks resume
/// on Sunday". Headlines tell the past so.
fn is_schedule(words: &[&str], at: usize) -> bool {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let before = at.checked_sub(1).map_or("", word);
    // "the week's end"
    if before.ends_with("'s") || before.ends_with("’s") {
        return false;
    }
    let several = before.ends_with('s') || matches!(before, "they" | "who" | "we");
    match word(at) {
        "arrives" | "flies" | "departs" | "expires" | "lapses" | "resumes" | "convenes"
        | "reconvenes" => true,
        // "The council meets on Monday"; captions say "meets" of a guest.
        "meets" => matches!(word(at + 1), "" | "on" | "in" | "at" | "again" | "next"),
        "takes" | "take" => word(at + 1) == "effect",
        "comes" | "come" | "enters" | "enter" => {
            word(at + 1) == "into" && matches!(word(at + 2), "effect" | "force")
        }
        // "40,000 returns in May" are counted, and captions say "visits" of what was.
        "ends" | "returns" | "travels" => {
            before.starts_with(char::is_uppercase) || matches!(before, "he" | "she" | "who" | "it")
        }
        "meet" | "expire" | "end" | "resume" | "begin" | "start" | "convene" => several,
        "go" | "goes" => word(at + 1) == "to" && word(at + 3) == "polls",
        _ => false,
    }
}

/// Whether the line goes on to the credit of a photograph: its caption tells in the present what is
/// to be seen.
fn is_caption(text: &str, end: usize) -> bool {
    let mut to = (end..=end.saturating_add(REACH).min(text.len())).rev();
    let near = to.find_map(|to| text.get(end..to)).unwrap_or_default();
    let near = near.lines().next().unwrap_or_default();
    let credits = [
        "Photo/",
        "Photo:",
        "Photo by",
        "PHOTO",
        "Getty Images",
        "REUTERS/",
    ];
    credits.iter().any(|credit| near.contains(credit))
}

/// What is said to be done at a date to come, behind "due to".
fn is_scheduled(word: &str) -> bool {
    matches!(
        word,
        "be" | "meet"
            | "visit"
            | "begin"
            | "start"
            | "open"
            | "end"
            | "expire"
            | "arrive"
            | "return"
            | "leave"
            | "resume"
            | "hold"
            | "take"
            | "go"
            | "speak"
            | "vote"
            | "appear"
            | "travel"
            | "convene"
            | "host"
            | "attend"
            | "sign"
            | "play"
            | "discuss"
            | "enter"
            | "testify"
            | "address"
            | "deliver"
            | "face"
            | "stand"
            | "launch"
            | "come"
            | "run"
            | "join"
    )
}

/// What is held on a day named before: "a strike for Saturday".
fn appointment(word: &str) -> bool {
    matches!(
        word,
        "strike"
            | "strikes"
            | "rally"
            | "rallies"
            | "summit"
            | "meeting"
            | "session"
            | "election"
            | "elections"
            | "vote"
            | "referendum"
            | "protest"
            | "protests"
            | "talks"
            | "hearing"
            | "conference"
            | "funeral"
    )
}

/// Whether a verb in the past gives something the date behind "for" or "to".
fn appoints(word: &str) -> bool {
    matches!(
        word,
        "announced"
            | "called"
            | "declared"
            | "proposed"
            | "convened"
            | "postponed"
            | "delayed"
            | "adjourned"
            | "rescheduled"
            | "moved"
    )
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
