//! Puts the rules in order and their results together: ranges, times beside days, brackets that
//! repeat a date, lists of days.
//!
//! What each rule reads is its own file; what the expressions mean is `resolve`'s business.

use super::cursor::Cursor;
use super::expr::{Expr, Lean, YearRef};
use super::rules_clock::{Sure, clock};
use super::rules_numeric::numeric;
use super::scan::{Gap, Kind, Token};
use super::words::{Form, Word};
use super::{guard, rules_calendar, rules_named, rules_period, rules_relative};

/// An expression and the tokens it takes.
pub(super) struct Found {
    pub first: usize,
    pub end: usize,
    pub expr: Expr,
}

/// Reads every expression of a text, in order.
pub(super) fn read(c: &Cursor) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = c.token(at) {
        if !may_begin(token) || is_article_of_other(c, at, token) {
            at += 1;
            continue;
        }
        match days(c, at)
            .or_else(|| days_spoken(c, at))
            .or_else(|| expression(c, at).map(|found| vec![found]))
        {
            Some(several) => {
                at = several.last().map_or(at + 1, |last| last.end.max(at + 1));
                found.extend(several);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether an expression may begin with such a token: a cheap look that skips most of a text.
fn may_begin(token: &Token) -> bool {
    use Word::*;
    match token.kind {
        Kind::Number(..) => true,
        Kind::Mark(mark) => mark == '\'',
        Kind::Word(word, _) => !matches!(
            word,
            Other
                | Of
                | In
                | On
                | At
                | To
                | From
                | And
                | Or
                | Until
                | Since
                | By
                | During
                | For
                | Than
                | Every
                | Ago
                | Before
                | After
                | Now
                | Suffix
                | Counted
                | Numbered
                | Title
                | Paper
                | Bc
                | Ad
                | S
                | T
                | M
                | P
                | Z
                | AmPm
                | Zone
                | Local
                | Time
                | Clock
                | Half
                | Past
        ),
    }
}

/// An article before a word that is none of the calendar's begins no expression; articles are many.
fn is_article_of_other(c: &Cursor, at: usize, token: &Token) -> bool {
    matches!(token.kind, Kind::Word(Word::The | Word::A, _))
        && c.token(at + 1)
            .is_some_and(|next| matches!(next.kind, Kind::Word(Word::Other, _)))
}

/// Days that share a month: "April 24 and 25", "24 and 25 April".
fn days(c: &Cursor, at: usize) -> Option<Vec<Found>> {
    if let Some(found) = days_before_month(c, at) {
        return Some(found);
    }
    let (end, first @ Expr::Date { month, weekday, .. }) = rules_calendar::date(c, at)? else {
        return None;
    };
    let ends_in_day = c.month(end.checked_sub(1)?).is_none();
    if c.word_before(at) == Word::Between || !ends_in_day {
        return None;
    }
    let Expr::Date { mut year, day, .. } = first else {
        return None;
    };
    let mut list = vec![(at, end, day, weekday)];
    let mut next = end;
    // A list of more than ten days is no longer prose.
    while list.len() < 10
        && year == YearRef::Unset
        && let Some((start, end, day)) = rules_calendar::another_day(c, next, list.len() > 1)
    {
        list.push((start, end, day, None));
        let (behind, stated) = rules_calendar::year_of_period(c, end);
        next = behind;
        year = stated;
    }
    if list.len() < 2 {
        return None;
    }
    let last = list.len() - 1;
    Some(
        list.into_iter()
            .enumerate()
            .map(|(n, (first, end, day, weekday))| Found {
                first,
                end: if n == last { next } else { end },
                expr: Expr::Date {
                    year,
                    month,
                    day,
                    weekday,
                },
            })
            .collect(),
    )
}

/// "on the 26th", "on the 6th and 7th": days of the month spoken of.
fn days_spoken(c: &Cursor, at: usize) -> Option<Vec<Found>> {
    if !(c.is(at, Word::The) && c.word_before(at) == Word::On) {
        return None;
    }
    let mut list = Vec::new();
    let mut next = at + 1;
    // Three days are the longest such list in prose.
    while list.len() < 3
        && c.number(next).is_some()
        && c.gap(next) <= Gap::Line
        && let Some((day, end)) = c.ordinal(next).filter(|(day, _)| (1..=31).contains(day))
    {
        list.push(Found {
            first: next,
            end,
            expr: Expr::DaySpoken(day),
        });
        next = end;
        if c.is(end, Word::And) || c.is_mark(end, ',') && c.number(end + 1).is_some() {
            next = c.skip(end + 1, Word::The);
        }
    }
    // "on the 7th floor" counts floors.
    let end = list.last()?.end;
    let more = c.is_mark(end, ',') && c.is(end + 1, Word::And);
    let free = c.closes(end) && !c.is_mark(end, '-') && !more
        || matches!(
            c.word(end),
            Word::At | Word::By | Word::The | Word::Cardinal(_)
        );
    free.then_some(list)
}

/// "24 and 25 April", "3, 5 and 7 June".
fn days_before_month(c: &Cursor, at: usize) -> Option<Vec<Found>> {
    if c.word_before(at) == Word::Between {
        return None;
    }
    let mut list = Vec::new();
    let mut next = at;
    // A list of more than ten days is no longer prose.
    while list.len() < 10 {
        let (day, end) = c.digit_day(next)?;
        list.push((next, end, day));
        let comma = c.is_mark(end, ',') && c.gap(end + 1) == Gap::Space;
        next = end + 1;
        if c.is_and(end) {
            break;
        }
        if !comma {
            return None;
        }
    }
    c.digit_day(next)?;
    let (end, last @ Expr::Date { year, month, .. }) = rules_calendar::date(c, next)? else {
        return None;
    };
    let days = list.into_iter().map(|(first, end, day)| Found {
        first,
        end,
        expr: Expr::Date {
            year,
            month,
            day,
            weekday: None,
        },
    });
    let last = Found {
        first: next,
        end,
        expr: last,
    };
    Some(days.chain([last]).collect())
}

/// One expression at a position.
fn expression(c: &Cursor, at: usize) -> Option<Found> {
    let (end, expr) = match numeric(c, at).or_else(|| weekday_numeric(c, at)) {
        Some((end, expr)) => (end, expr),
        None => timed(c, at)
            .or_else(|| hours_of(c, at))
            .or_else(|| core(c, at))?,
    };
    let (end, expr) = range(c, at, end, expr);
    let (end, expr) = beside_day(c, end, expr);
    let first = if c.word(at) == Word::The && !owns_article(c, at + 1, &expr) {
        at + 1
    } else {
        at
    };
    Some(Found { first, end, expr })
}

/// Whether "the" belongs to an expression, as in "the 1990s" and "the 5th of May"; in "the May
/// talks" and "the 2012 elections" it belongs to the noun.
fn owns_article(c: &Cursor, at: usize, expr: &Expr) -> bool {
    let number =
        c.number(at).is_some() && !(c.gap(at + 1) == Gap::None && c.is(at + 1, Word::Suffix));
    let bare = number || matches!(c.word(at), Word::Month(..) | Word::Weekday(..));
    !(bare
        && matches!(
            expr,
            Expr::Month { .. }
                | Expr::Year(_)
                | Expr::Weekday { .. }
                | Expr::Date { .. }
                | Expr::Range(..)
        ))
}

/// "Tue, 16/08/2011"; where the order is open, the weekday may close it.
fn weekday_numeric(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (weekday, _, next) = c.weekday(at)?;
    let (end, expr) = numeric(c, rules_calendar::behind_weekday(c, next)?)?;
    match expr {
        Expr::Date {
            year, month, day, ..
        } => Some((
            end,
            Expr::Date {
                year,
                month,
                day,
                weekday: Some(weekday),
            },
        )),
        Expr::Slashed {
            first,
            second,
            year,
            ..
        } => Some((
            end,
            Expr::Slashed {
                first,
                second,
                year,
                weekday: Some(weekday),
            },
        )),
        _ => None,
    }
}

/// A time of day in front of its day: "9 a.m. EST Tuesday", "midday on Saturday", "22:07 GMT, 7 July".
fn timed(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (end, sure) = clock(c, at)?;
    // The same time elsewhere: "3 p.m. (1200 GMT)".
    let end = match c.is_mark(end, '(').then(|| clock(c, end + 1)).flatten() {
        Some((inner, _)) if c.is_mark(inner, ')') => inner + 1,
        _ => end,
    };
    let mut next = end;
    if [',', '|', '-']
        .into_iter()
        .any(|mark| c.is_mark(next, mark))
    {
        next += 1;
    }
    if matches!(c.word(next), Word::On | Word::Of) {
        next += 1;
    }
    if c.gap(next) <= Gap::Line
        && c.gap(end) != Gap::Blank
        && let Some((end, expr)) = day(c, next)
    {
        return Some((end, expr));
    }
    (sure == Sure::Yes).then_some((end, Expr::Clock))
}

/// "the morning of May 3", "the early hours of Sunday", "early morning on Sunday", "the night of 3-4
/// May", "overnight on Friday".
fn hours_of(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let mut next = c.skip(at, Word::The);
    if matches!(c.word(next), Word::Early | Word::Late) {
        next = c.skip_mark(next + 1, '-');
    }
    let part = matches!(
        c.word(next),
        Word::Morning | Word::Night | Word::Noon | Word::Hours | Word::Overnight
    );
    if !part {
        return None;
    }
    let night = matches!(c.word(next), Word::Night | Word::Overnight);
    next = c.skip(next + 1, Word::Hours);
    // "the night from Saturday to Sunday", "overnight between 3 and 4 May"
    if night && matches!(c.word(next), Word::From | Word::Between) && c.gap(next) != Gap::Blank {
        let days =
            rules_calendar::date(c, next + 1).or_else(|| rules_relative::nights(c, next + 1));
        return days.filter(|(_, days)| matches!(days, Expr::Range(..)));
    }
    if !matches!(c.word(next), Word::Of | Word::On) || c.gap(next) == Gap::Blank {
        return None;
    }
    // "the early hours of the morning" of the day spoken of, or named behind it
    if c.is(next + 1, Word::The) && matches!(c.word(next + 2), Word::Morning | Word::Night) {
        let named = matches!(c.word(next + 3), Word::Of | Word::On)
            .then(|| day(c, next + 4))
            .flatten();
        let hours = matches!(c.word(next - 1), Word::Hours);
        return named.or_else(|| hours.then_some((next + 3, Expr::Clock)));
    }
    day(c, next + 1)
}

/// An expression that stands for a day: what a time of day may stand beside.
fn day(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (end, expr) = numeric(c, at).or_else(|| core(c, at))?;
    is_day(&expr).then_some((end, expr))
}

/// Whether an expression stands for days.
fn is_day(expr: &Expr) -> bool {
    use super::words::Unit;
    match expr {
        Expr::Date { .. } | Expr::Slashed { .. } | Expr::Weekday { .. } | Expr::Overnight => true,
        Expr::Unit { unit, .. } => *unit == Unit::Day,
        Expr::Part(_, whole) => is_day(whole),
        Expr::Range(first, _) => is_day(first),
        _ => false,
    }
}

/// The rules for everything that is neither figures nor a time of day, most specific first.
fn core(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let the = c.word(at) == Word::The;
    let inner = if the { at + 1 } else { at };
    if c.gap(inner) == Gap::Blank && the || guard::repeated(c, at) {
        return None;
    }
    if let Some(found) = rules_period::period(c, inner, the) {
        return Some(found);
    }
    if let Some((end, expr)) = rules_calendar::date(c, inner) {
        let dated = !matches!(
            expr,
            Expr::Date {
                year: YearRef::Unset,
                ..
            }
        );
        return (dated || !guard::names_something(c, inner, end)).then_some((end, expr));
    }
    if let Some(found) = lone_month(c, inner) {
        return Some(found);
    }
    if let Some(found) = rules_relative::relative(c, inner, the) {
        return Some(found);
    }
    if c.weekday(inner).is_some() {
        return guard::weekday(c, inner)
            .then(|| rules_relative::weekday(c, inner))
            .flatten();
    }
    if let Some(found) = rules_named::named(c, inner) {
        return Some(found);
    }
    lone_year(c, inner)
}

/// A month with its year, or alone where it can be nothing else.
fn lone_month(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    let (end, expr) = rules_calendar::month(c, at, Lean::None)?;
    let Expr::Month { year, .. } = expr else {
        return None;
    };
    // The day before it has been judged already: "known as 17 November" holds no month either.
    let first = at.checked_sub(1).filter(|day| c.number(*day).is_some());
    let believed = match year {
        YearRef::Is(_) => true,
        YearRef::Unset => {
            guard::month(c, at) && !guard::names_something(c, first.unwrap_or(at), end)
        }
        _ => {
            guard::month(c, at)
                || c.month(at)
                    .is_some_and(|(_, form, _)| form == Form::Full && c.capital(at))
        }
    };
    believed.then_some((end, expr))
}

/// A year of four digits, or '86.
fn lone_year(c: &Cursor, at: usize) -> Option<(usize, Expr)> {
    if c.is_mark(at, '\'')
        && c.gap(at) != Gap::None
        && c.gap(at + 1) == Gap::None
        && let Some((value, 2)) = c.number(at + 1)
        && c.closes(at + 2)
        && !c.is_mark(at + 2, '\'')
    {
        return Some((
            at + 2,
            Expr::Year(YearRef::Short(i16::try_from(value).ok()?)),
        ));
    }
    let year = c.year(at)?;
    guard::year(c, at, year).then_some((at + 1, Expr::Year(YearRef::Is(year))))
}

/// The second end of a range: "May 3 to June 4", "2014-16", "from mid-April to June 2015".
fn range(c: &Cursor, first: usize, end: usize, expr: Expr) -> (usize, Expr) {
    if !may_bound(&expr) || c.gap(end) >= Gap::Line {
        return (end, expr);
    }
    let dash = c.is_mark(end, '-');
    let word = matches!(c.word(end), Word::To | Word::Until);
    // "between about 3 May and 4 June"
    let opens = match c.word_before(first) {
        Word::Around => c.word_before(first - 1),
        before => before,
    };
    let between = c.word(end) == Word::And && opens == Word::Between;
    let slash = c.is_mark(end, '/');
    if !(dash || word || between || slash) || c.gap(end + 1) >= Gap::Line {
        return (end, expr);
    }
    let next = if between {
        c.skip(end + 1, Word::Around)
    } else {
        end + 1
    };
    // A slash joins years that follow each other: "2014/15".
    if let Expr::Year(YearRef::Is(year)) = expr
        && (dash
            || slash
                && c.number(next)
                    .is_some_and(|(value, _)| i64::from(value) == i64::from(year % 100) + 1))
        && c.gap(end) == Gap::None
        && c.gap(next) == Gap::None
        && let Some((value, 2)) = c.number(next)
        && let Ok(value) = i16::try_from(value)
        && value > year % 100
    {
        let last = Expr::Year(YearRef::Is(year - year % 100 + value));
        return (next + 1, Expr::Range(Box::new(expr), Box::new(last)));
    }
    // "1916-1922": behind a dash that touches it, a number alone would not be believed.
    if let Expr::Year(YearRef::Is(year)) = expr
        && let Some(last) = c
            .year(next)
            .filter(|last| *last > year && guard::ends_here(c, next + 1))
            .filter(|last| !slash || *last == year + 1)
    {
        return (
            next + 1,
            Expr::Range(Box::new(expr), Box::new(Expr::Year(YearRef::Is(last)))),
        );
    }
    if slash {
        return (end, expr);
    }
    let second = numeric(c, next).or_else(|| core(c, next));
    match second {
        Some((end, last)) if may_bound(&last) && comparable(&expr, &last) => {
            (end, Expr::Range(Box::new(expr), Box::new(last)))
        }
        _ => (end, expr),
    }
}

/// Whether an expression may begin or end a range.
fn may_bound(expr: &Expr) -> bool {
    match expr {
        Expr::Date { .. } | Expr::Slashed { .. } | Expr::Month { .. } | Expr::Year(_) => true,
        Expr::Part(_, whole) => may_bound(whole),
        _ => false,
    }
}

/// Whether two ends are of one kind: "May 3 - 2014" is no range.
fn comparable(first: &Expr, last: &Expr) -> bool {
    let rank = |expr: &Expr| {
        let whole = if let Expr::Part(_, whole) = expr {
            whole
        } else {
            expr
        };
        match whole {
            Expr::Date { .. } | Expr::Slashed { .. } => 0,
            Expr::Month { .. } => 1,
            _ => 2,
        }
    };
    rank(first) == rank(last)
        || (rank(first) == 0 && rank(last) == 1)
        || (rank(first) == 1 && rank(last) == 0)
}

/// What may stand behind a day: the part of it, its time, its date in brackets.
fn beside_day(c: &Cursor, end: usize, expr: Expr) -> (usize, Expr) {
    if !is_day(&expr) {
        return (end, expr);
    }
    let mut end = end;
    let mut expr = expr;
    // At most four additions: "late Thursday night (May 2), at 9 p.m."
    for _ in 0..4 {
        if c.gap(end) == Gap::Blank {
            break;
        }
        if matches!(
            c.word(end),
            Word::Morning | Word::Night | Word::Noon | Word::Overnight
        ) && c.gap(end) == Gap::Space
        {
            end += 1;
        } else if matches!(c.word(end), Word::Early | Word::Late)
            && matches!(c.word(end + 1), Word::Morning | Word::Night)
        {
            end += 2;
        } else if let Some((next, date)) = bracketed(c, end, &expr) {
            (end, expr) = (next, date);
        } else if let Some(next) = time_behind(c, end).or_else(|| weekday_behind(c, end, &expr)) {
            end = next;
        } else {
            break;
        }
    }
    (end, expr)
}

/// The date in brackets behind a day said otherwise: "today (14 October 2011)".
fn bracketed(c: &Cursor, at: usize, expr: &Expr) -> Option<(usize, Expr)> {
    if !(c.is_mark(at, '(') || c.is_mark(at, '['))
        || matches!(expr, Expr::Date { .. } | Expr::Range(..))
    {
        return None;
    }
    let (end, date) = numeric(c, at + 1).or_else(|| rules_calendar::date(c, at + 1))?;
    let closed = c.is_mark(end, ')') || c.is_mark(end, ']');
    closed.then_some((end + 1, date))
}

/// The weekday that repeats a date: "27 September 2023, a Wednesday".
fn weekday_behind(c: &Cursor, at: usize, expr: &Expr) -> Option<usize> {
    let said = matches!(expr, Expr::Date { weekday: None, .. });
    let repeated = said && c.is_mark(at, ',') && c.is(at + 1, Word::A);
    let (.., end) = c.weekday(at + 2).filter(|_| repeated)?;
    c.closes(end).then_some(end)
}

/// The time of day behind a day: "at 9 p.m.", ", 08:00", "| 5:03pm", "(08:00 GMT)".
fn time_behind(c: &Cursor, at: usize) -> Option<usize> {
    let bracket = c.is_mark(at, '(');
    let mut next = at;
    if bracket
        || [',', '|', '-', '@']
            .into_iter()
            .any(|mark| c.is_mark(at, mark))
    {
        next += 1;
    }
    next = c.skip(next, Word::At);
    next = c.skip(next, Word::Around);
    if c.gap(next) == Gap::Blank || matches!(c.word(next), Word::Noon) && next == at {
        return None;
    }
    let (end, _) = clock(c, next)?;
    // "May 3, 2013, 10: ..." is a time; "Saturday, 12 May" was read before.
    if bracket {
        return c.is_mark(end, ')').then_some(end + 1);
    }
    Some(end)
}
