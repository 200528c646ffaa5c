//! What only looks like a date: modal "may", the verb "march", persons called April or August,
//! newspapers called after Sunday, movements and streets called after a day, numbers that count.
//!
//! Each function answers for one lone word or number that a rule has already read; expressions
//! with a second proof (a day number, a year) hardly need it.

use super::cursor::Cursor;
use super::scan::{Case, Gap, Kind};
use super::words::{Form, Unit, Word};

/// Words after which a lone month, season or year is a time.
fn temporal(word: Word) -> bool {
    use Word::*;
    matches!(
        word,
        In | Since
            | Until
            | By
            | During
            | From
            | Between
            | Last
            | This
            | Next
            | Early
            | Late
            | Mid
            | Of
            | Before
            | After
            | Begin
            | End
            | To
            | And
            | Or
    )
}

/// Whether a month that stands without day and year is one.
pub(super) fn month(c: &Cursor, at: usize) -> bool {
    let Word::Month(month, form) = c.word(at) else {
        return false;
    };
    let before = c.word_before(at);
    match form {
        Form::Distinct => return true,
        Form::Foreign => return false,
        Form::Short => {
            // "Jan-Mar 2020"
            if c.glued_mark(at + 1, '-') && matches!(c.word(at + 2), Word::Month(..)) {
                return c.capital(at);
            }
            let point = c.glued_mark(at + 1, '.');
            return c.capital(at)
                && temporal(before)
                && (point || !matches!(month, 1 | 3 | 6))
                && before != Word::And;
        }
        Form::Full => {}
    }
    let ambiguous = matches!(month, 3 | 4 | 5 | 6 | 8);
    match c.case(at) {
        Some(Case::Lower) => {
            temporal(before)
                && !matches!(before, Word::To | Word::And | Word::Or)
                && !matches!(month, 3 | 5 | 8)
        }
        _ if !ambiguous => true,
        case => ambiguous_month(c, at, month, before, case == Some(Case::Upper)),
    }
}

/// March, April, May, June and August, which are also verbs and names.
fn ambiguous_month(c: &Cursor, at: usize, month: i8, before: Word, upper: bool) -> bool {
    let certain = matches!(
        before,
        Word::In
            | Word::Since
            | Word::Last
            | Word::Next
            | Word::Early
            | Word::Late
            | Word::Mid
            | Word::Until
            | Word::During
    );
    if certain {
        return true;
    }
    if c.month_is_name && month != 3 {
        return false;
    }
    // Another month or a range makes it one: "May and June", "May-July".
    if matches!(c.word(at + 1), Word::And | Word::To | Word::Or)
        && matches!(c.word(at + 2), Word::Month(..))
        || c.is_mark(at + 1, '-') && matches!(c.word(at + 2), Word::Month(..))
    {
        return true;
    }
    // One before it does so too: "March to May", "In March and May".
    let joined = at >= 2
        && (matches!(before, Word::To | Word::And | Word::Or) || c.is_mark(at - 1, '-'))
        && ends_in_month(c, at - 2);
    if joined {
        return true;
    }
    // "postponed to May"; "the toll for March", but not "a defeat for May".
    match before {
        Word::To if !upper => {
            return matches!(
                c.last_word_before(at - 1),
                "postponed" | "delayed" | "moved" | "rescheduled"
            );
        }
        Word::For if !upper => {
            return matches!(
                c.last_word_before(at - 1),
                "scheduled"
                    | "set"
                    | "planned"
                    | "slated"
                    | "expected"
                    | "due"
                    | "toll"
                    | "figures"
                    | "figure"
                    | "data"
                    | "total"
                    | "election"
                    | "elections"
                    | "vote"
                    | "summit"
            );
        }
        _ => {}
    }
    let next_name =
        c.capital(at + 1) && c.gap(at + 1) == Gap::Space && matches!(c.word(at + 1), Word::Other);
    if before == Word::Title || c.capital_other_before(at) || (next_name && !upper) {
        return false;
    }
    if upper && matches!(month, 3 | 5) {
        return temporal(before) && !matches!(before, Word::To | Word::And | Word::Or | Word::That);
    }
    match month {
        // "the May talks", "by May", "of May"; not "May God", not "and May".
        5 => {
            (temporal(before) && !matches!(before, Word::And | Word::Or | Word::To))
                || (before == Word::The && matches!(c.word(at + 1), Word::Other))
        }
        // "the March offensive"; not "the March on Rome", "the March for Life".
        3 => {
            (temporal(before) && before != Word::To)
                || (before == Word::The
                    && matches!(c.word(at + 1), Word::Other)
                    && !matches!(
                        c.first_word(at + 1),
                        "against" | "towards" | "toward" | "across"
                    ))
        }
        _ => true,
    }
}

/// Whether a month ends here, perhaps with its year.
fn ends_in_month(c: &Cursor, at: usize) -> bool {
    let month = |at: usize| matches!(c.word(at), Word::Month(..)) && c.capital(at);
    month(at) || c.year(at).is_some() && at.checked_sub(1).is_some_and(month)
}

/// Whether "may" or "march" behind a number is a month and not the verb: "the other 10 may be dead".
pub(super) fn month_behind_day(c: &Cursor, at: usize) -> bool {
    let verb = matches!(
        c.first_word(at + 1).to_ascii_lowercase().as_str(),
        "be" | "have"
            | "not"
            | "well"
            | "also"
            | "never"
            | "soon"
            | "still"
            | "already"
            | "yet"
            | "even"
            | "die"
            | "face"
            | "against"
            | "towards"
    );
    let small = matches!(c.text_of(at), "may" | "march");
    // French writes its March small; a capital makes it the planet, unless a year follows.
    if c.text_of(at) == "Mars" && c.year(at + 1).is_none() {
        return false;
    }
    // In small letters the next word must be one of ours, a number, or no word.
    let plain = matches!(
        c.token(at + 1).map(|token| token.kind),
        Some(Kind::Word(Word::Other | Word::On | Word::To, _))
    ) && c.gap(at + 1) != Gap::Blank;
    let verb = verb && c.gap(at + 1) != Gap::Blank;
    let adverbial = small && plain;
    !(verb || adverbial)
}

/// Whether the article speaks of a person whose name is a month: "Theresa May", "Mrs May".
pub(super) fn month_is_name(c: &Cursor) -> bool {
    // The point of "Mr." and the title itself, or a first name: any unknown word with a capital.
    // Where that errs, a month without preposition, day or year is left out: a small loss.
    let titled = |at: usize| matches!(c.word(at), Word::Title) && c.capital(at);
    (1..c.tokens.len()).any(|at| {
        matches!(c.word(at), Word::Month(4 | 5 | 6 | 8, Form::Full))
            && c.case(at) == Some(Case::Capital)
            && c.gap(at) == Gap::Space
            && !matches!(
                c.token(at + 1).map(|token| token.kind),
                Some(Kind::Number(..))
            )
            && (c.capital_other_before(at)
                || titled(at - 1)
                || (at > 1 && c.is_mark(at - 1, '.') && titled(at - 2)))
    })
}

/// The numbers of resolutions: where "Resolution 1701" is spoken of, "the 1701 text" is no year.
pub(super) fn numbered(c: &Cursor) -> Vec<u32> {
    let resolution = |at: usize| {
        c.word(at) == Word::Numbered
            && c.gap(at + 1) == Gap::Space
            && c.text_of(at).to_ascii_lowercase().starts_with("resolution")
    };
    let number = |at: usize| c.number(at + 1).filter(|(_, digits)| *digits == 4);
    let found = (0..c.tokens.len()).filter(|at| resolution(*at));
    let mut numbers: Vec<u32> = found.filter_map(number).map(|(number, _)| number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Whether a weekday that stands without a date is one.
pub(super) fn weekday(c: &Cursor, at: usize) -> bool {
    let Word::Weekday(day, form) = c.word(at) else {
        return false;
    };
    let before = c.word_before(at);
    match form {
        Form::Distinct => true,
        Form::Foreign => c.text_of(at + 2) == "feira" && c.glued_mark(at + 1, '-'),
        // "Sun", "Sat", "Wed" and "Mon" are words and names.
        Form::Short => c.capital(at) && before == Word::On && matches!(day, 2 | 4 | 5),
        Form::Full => {
            let paper =
                c.word(at + 1) == Word::Paper && c.capital(at + 1) && c.gap(at + 1) == Gap::Space;
            let name = matches!(
                c.last_word_before(at),
                "Bloody"
                    | "Black"
                    | "Palm"
                    | "Ash"
                    | "Super"
                    | "Cyber"
                    | "Holy"
                    | "Red"
                    | "Fat"
                    | "Whit"
            );
            before != Word::Every && !paper && !name
        }
    }
}

/// Whether a year that stands alone is one.
pub(super) fn year(c: &Cursor, at: usize, year: i16) -> bool {
    let number = u32::from(year.unsigned_abs());
    let before = c.word_before(at);
    let numbered = c.numbered.binary_search(&number).is_ok() && !temporal(before);
    if !not_a_count(c, at) || numbered {
        return false;
    }
    // "at 1940", "at about 1940" is a time of day.
    if before == Word::At || (before == Word::Around && c.word_before(at - 1) == Word::At) {
        return false;
    }
    // Groups of digits are telephone and account numbers.
    let digits = |at: usize| matches!(c.token(at).map(|token| token.kind), Some(Kind::Number(..)));
    let grouped = (c.gap(at) <= Gap::Space && at.checked_sub(1).is_some_and(digits))
        || (c.gap(at + 1) <= Gap::Space && digits(at + 1));
    if grouped {
        return false;
    }
    let said =
        temporal(before) || matches!(before, Word::The | Word::A | Word::Fiscal | Word::Past);
    let round = year % 100 == 0;
    match year {
        1900..=2099 if !round => true,
        // "2000 of them", "2000 Serbs": round numbers count unless a preposition says otherwise.
        1900..=2099 => {
            (said && (before != Word::Of || c.closes(at + 1))) || (c.closes(at + 1) && c.closes(at))
        }
        1500..=1899 => {
            let loose = round || matches!(before, Word::To | Word::And | Word::Or | Word::By);
            said && (c.closes(at + 1) || !loose)
        }
        1000..=1499 => matches!(before, Word::In | Word::Since) && c.closes(at + 1),
        _ => false,
    }
}

/// Whether a number of four digits counts nothing and names nothing.
pub(super) fn not_a_count(c: &Cursor, at: usize) -> bool {
    !(counts(c, at + 1) || continued(c, at) || named_by(c, at))
}

/// Whether what stands behind a number is what it counts: "2010 people", "2000-strong".
fn counts(c: &Cursor, next: usize) -> bool {
    let counted = matches!(
        c.word(next),
        Word::Counted
            | Word::Cardinal(_)
            | Word::Unit(_, true)
            | Word::Bc
            | Word::Zone
            | Word::AmPm
            | Word::Few
    );
    let compound = c.glued_mark(next, '-')
        && c.gap(next + 1) == Gap::None
        && matches!(c.word(next + 1), Word::Counted | Word::Unit(..));
    (counted && c.gap(next) <= Gap::Space) || compound || c.is_mark(next, '%')
}

/// Whether a number of four digits is a piece of something longer: "555-2010", "2010:15", "2010/3".
/// "2014-2016" and "2014-16" are not.
fn continued(c: &Cursor, at: usize) -> bool {
    let joint = |mark: usize| {
        c.gap(mark) == Gap::None
            && c.gap(mark + 1) == Gap::None
            && matches!(
                c.token(mark).map(|token| token.kind),
                Some(Kind::Mark('-' | '/' | ':' | '+'))
            )
    };
    let digits = |at: usize| match c.token(at).map(|token| token.kind) {
        Some(Kind::Number(_, digits)) => digits,
        _ => 0,
    };
    let behind = joint(at + 1)
        && digits(at + 2) > 0
        && (c.is_mark(at + 1, ':') || (digits(at + 2) != 4 && !two_digit_range(c, at)));
    let before = at >= 2 && joint(at - 1) && digits(at - 2) > 0;
    behind || before
}

/// Whether digits do not go on behind a number.
pub(super) fn ends_here(c: &Cursor, at: usize) -> bool {
    c.gap(at) != Gap::None
        || !matches!(
            c.token(at).map(|token| token.kind),
            Some(Kind::Mark('-' | '/' | ':' | '%'))
        )
}

/// "2014-16", the one form in which two more digits go on.
fn two_digit_range(c: &Cursor, at: usize) -> bool {
    let Some(year) = c.year(at) else { return false };
    matches!(c.token(at + 2).map(|token| token.kind), Some(Kind::Number(value, 2)) if i64::from(value) > i64::from(year) % 100)
        && matches!(
            c.token(at + 1).map(|token| token.kind),
            Some(Kind::Mark('-' | '/'))
        )
}

/// Whether what stands before makes the number an amount or a name: "$2010", "resolution 1973",
/// "some 2000", "No. 1999", "Il-2014".
fn named_by(c: &Cursor, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    if c.gap(at) == Gap::Blank {
        return false;
    }
    match c.token(before).map(|token| token.kind) {
        Some(Kind::Mark('$' | '€' | '£' | '¥' | '#' | '№' | '+' | '=' | '_' | '@')) => true,
        Some(Kind::Mark('/')) => c.gap(at) == Gap::None && c.gap(before) == Gap::None,
        Some(Kind::Mark('-')) => {
            c.gap(at) == Gap::None
                && c.gap(before) == Gap::None
                && c.case(before.saturating_sub(1)) != Some(Case::Lower)
        }
        Some(Kind::Mark('.')) => {
            before > 0 && c.word(before - 1) == Word::Numbered && c.gap(before) == Gap::None
        }
        Some(Kind::Word(Word::Numbered, _)) => true,
        Some(Kind::Word(Word::Quantity, _)) => true,
        Some(Kind::Word(Word::Than, _)) => true,
        // "about 1990" is a year, "about 2000" a count.
        Some(Kind::Word(Word::Around, _)) => {
            c.number(at).is_some_and(|(value, _)| value % 100 == 0)
        }
        Some(Kind::Word(..)) => c.gap(at) == Gap::None,
        _ => false,
    }
}

/// Whether a day without a year names something else: the March 23 Movement, 9 July Avenue.
pub(super) fn names_something(c: &Cursor, at: usize, end: usize) -> bool {
    let word = c.first_word(end).to_ascii_lowercase();
    let place = matches!(
        word.as_str(),
        "street"
            | "avenue"
            | "road"
            | "square"
            | "bridge"
            | "boulevard"
            | "movement"
            | "bloc"
            | "organization"
            | "organisation"
            | "militia"
            | "neighborhood"
            | "neighbourhood"
    );
    let behind = c.gap(end) == Gap::Space
        && (place || c.capital(end))
        && matches!(
            word.as_str(),
            "movement"
                | "brigade"
                | "brigades"
                | "bloc"
                | "alliance"
                | "coalition"
                | "front"
                | "organization"
                | "organisation"
                | "army"
                | "group"
                | "battalion"
                | "square"
                | "street"
                | "road"
                | "bridge"
                | "avenue"
                | "university"
                | "division"
                | "regiment"
                | "revolution"
                | "hospital"
                | "stadium"
                | "airport"
                | "boulevard"
                | "neighborhood"
                | "neighbourhood"
                | "park"
                | "district"
                | "forces"
                | "militia"
                | "column"
        );
    // "Calle 5 de Mayo", "Mouvement du 23 mars", "the group 17 November", "known as 17 November"
    let mut words = c.words_before(at);
    let last = words.next().unwrap_or_default().to_lowercase();
    let before = match last.as_str() {
        "movimiento" | "calle" | "avenida" | "plaza" | "rue" | "praça" => true,
        "group" | "organization" | "organisation" | "movement" => true,
        "as" => words.next() == Some("known"),
        "du" | "del" | "de" | "do" => matches!(
            words.next().unwrap_or_default().to_lowercase().as_str(),
            "movimiento"
                | "mouvement"
                | "movimento"
                | "avenida"
                | "avenue"
                | "plaza"
                | "brigade"
                | "batallón"
        ),
        _ => false,
    };
    behind || before
}

/// Whether a day part of a phrase is wanted at all: "the day" of a set such as "every day".
pub(super) fn repeated(c: &Cursor, at: usize) -> bool {
    c.word_before(at) == Word::Every && !matches!(c.word(at), Word::Unit(Unit::Day, _))
}
