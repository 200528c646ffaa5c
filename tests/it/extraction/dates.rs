//! Dates in text against labelled cases, and properties that hold for any text.

use belli::extract::date::{self, DateMention, DateOrder, Interval, dates, dates_of, leading};
use belli::extract::reading::Reading;
use belli::gazetteer::Gazetteer;
use jiff::civil::Date;
use proptest::prelude::*;

const CASES: &str = include_str!("../data/dates.txt");

/// A mention as the data file writes it: characters of the line, and the value.
type Label = (usize, usize, String);

/// A case of the data file.
struct Case<'a> {
    number: usize,
    prefix: usize,
    text: &'a str,
    anchor: Option<Date>,
    labels: Vec<Label>,
}

#[test]
fn labelled_dates() {
    let cases = cases();
    assert!(cases.len() >= 130, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// Says what is wrong with a case, if anything is.
fn check(case: &Case) -> Option<String> {
    let found: Vec<Label> = dates(case.text, case.anchor, DateOrder::Auto)
        .iter()
        .map(|mention| {
            let characters = |byte| case.text[..byte].chars().count() + case.prefix;
            (
                characters(mention.span.start),
                characters(mention.span.end),
                described(mention),
            )
        })
        .collect();
    let same = found.len() == case.labels.len()
        && found.iter().zip(&case.labels).all(|(found, label)| {
            (found.0, found.1) == (label.0, label.1) && found.2 == expanded(&label.2)
        });
    (!same).then(|| {
        format!(
            "line {}: {}\n  found  {:?}\n  wanted {:?}",
            case.number, case.text, found, case.labels
        )
    })
}

/// The cases of the data file.
fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in CASES.lines().enumerate() {
        let bare = line.trim_start();
        if bare.is_empty() || line.starts_with('#') {
            continue;
        }
        if bare.starts_with('^') {
            let start = line.chars().take_while(|c| *c == ' ').count();
            let length = bare.chars().take_while(|c| *c == '^').count();
            let label = bare.trim_start_matches('^').trim().to_string();
            cases
                .last_mut()
                .expect("carets stand under a text")
                .labels
                .push((start, start + length, label));
            continue;
        }
        let (prefix, text, anchor) =
            match line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
                Some((anchor, text)) => (
                    anchor.len() + 2,
                    text,
                    Some(anchor.parse().expect("an anchor is a date")),
                ),
                None => (0, line.strip_prefix("never: ").unwrap_or(line), None),
            };
        cases.push(Case {
            number: number + 1,
            prefix,
            text,
            anchor,
            labels: Vec::new(),
        });
    }
    cases
}

/// A mention in the words of the data file, both ends written out.
fn described(mention: &DateMention) -> String {
    match mention.value {
        Some(Interval { start, end }) => format!(
            "{start}..{end} {} {}",
            mention.precision.as_str(),
            mention.basis.as_str()
        ),
        None => "open".to_string(),
    }
}

/// A label with both ends written out.
fn expanded(label: &str) -> String {
    let Some((value, rest)) = label.split_once(' ') else {
        return label.to_string();
    };
    let (start, end) = match value.split_once("..") {
        Some((start, end)) => (start.to_string(), end.to_string()),
        None => match value.len() {
            4 => (format!("{value}-01-01"), format!("{value}-12-31")),
            7 => {
                let first: Date = format!("{value}-01").parse().expect("a month");
                (first.to_string(), first.last_of_month().to_string())
            }
            _ => (value.to_string(), value.to_string()),
        },
    };
    format!("{start}..{end} {rest}")
}

fn on(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

#[test]
fn order_can_be_given() {
    let start = |order| {
        dates("Recorded on 10/12/2020.", None, order)[0]
            .value
            .map(|value| value.start)
    };
    assert_eq!(start(DateOrder::DayFirst), Some(on(2020, 12, 10)));
    assert_eq!(start(DateOrder::MonthFirst), Some(on(2020, 10, 12)));
    assert_eq!(start(DateOrder::Auto), None);
}

#[test]
fn leading_reads_datelines_and_metadata() {
    fn day(text: &str) -> Option<(Date, &str)> {
        let (partial, length) = leading(text, DateOrder::Auto)?;
        Some((partial.interval()?.0.start, &text[..length]))
    }
    for (text, taken) in [
        ("Oct. 10, 2020 (AFP)", "Oct. 10, 2020"),
        ("Saturday, October 10, 2020", "Saturday, October 10, 2020"),
        ("10 Oct 2020 14:05 GMT", "10 Oct 2020 14:05 GMT"),
        ("10 octobre 2020", "10 octobre 2020"),
        ("2020-10-10T08:00:00Z", "2020-10-10T08:00:00Z"),
        ("20201010-report.txt", "20201010"),
        ("2020-10-10.txt", "2020-10-10"),
        ("10/10/2020", "10/10/2020"),
        (
            "Thu, 10 Oct 2020 08:00:00 +0000",
            "Thu, 10 Oct 2020 08:00:00 +0000",
        ),
    ] {
        assert_eq!(day(text), Some((on(2020, 10, 10), taken)), "{text}");
    }
    assert_eq!(day("3 JAN 90 --"), Some((on(1990, 1, 3), "3 JAN 90")));
    for text in [
        "",
        "the 10 October 2020",
        " 2020-10-10",
        "May be",
        "31 June 2020",
        "10 people",
    ] {
        assert_eq!(day(text), None, "{text}");
    }
}

#[test]
fn a_weekday_fixes_the_year() {
    let (partial, _) = leading("Saturday, Oct. 10", DateOrder::Auto).expect("a date");
    assert_eq!(partial.year, None);
    assert_eq!(partial.interval(), None);
    assert_eq!(
        partial
            .with_year_near(on(2017, 1, 1))
            .and_then(|dated| dated.year),
        Some(2015)
    );
    assert_eq!(
        partial
            .with_year_near(on(2020, 10, 11))
            .and_then(|dated| dated.year),
        Some(2020)
    );
}

#[test]
fn a_weekday_confirms_the_year_of_another_paragraph() {
    let last = |text: &str| {
        let found = dates(text, None, DateOrder::Auto);
        found.last().and_then(|found| found.value)
    };
    let took = "Gunmen took the school on 1 September 2004.\n\n";
    assert_eq!(
        last(&format!("{took}On Friday, 3 September, it ended.")),
        Some(Interval::day(on(2004, 9, 3)))
    );
    assert_eq!(
        last(&format!("{took}On Monday, 3 September, it ended.")),
        None
    );
    assert_eq!(last(&format!("{took}On 3 September it ended.")), None);
}

#[test]
fn query_ranges() {
    let today = on(2020, 10, 11);
    for (text, start, end) in [
        ("2020", on(2020, 1, 1), on(2020, 12, 31)),
        ("2020-10", on(2020, 10, 1), on(2020, 10, 31)),
        ("2010-11", on(2010, 11, 1), on(2010, 11, 30)),
        ("2020-10-10", on(2020, 10, 10), on(2020, 10, 10)),
        ("2020-10..2020-12", on(2020, 10, 1), on(2020, 12, 31)),
        ("..2020", Date::MIN, on(2020, 12, 31)),
        ("2020..", on(2020, 1, 1), Date::MAX),
        ("10 October 2020", on(2020, 10, 10), on(2020, 10, 10)),
        ("Oct 2020", on(2020, 10, 1), on(2020, 10, 31)),
        ("october 2020", on(2020, 10, 1), on(2020, 10, 31)),
        ("last month", on(2020, 9, 1), on(2020, 9, 30)),
        ("yesterday", on(2020, 10, 10), on(2020, 10, 10)),
        ("today", on(2020, 10, 11), on(2020, 10, 11)),
        ("2 weeks", on(2020, 9, 27), on(2020, 10, 11)),
        ("2weeks..", on(2020, 9, 27), Date::MAX),
        ("1990s", on(1990, 1, 1), on(1999, 12, 31)),
        ("summer 2014", on(2014, 6, 1), on(2014, 8, 31)),
        ("last week..today", on(2020, 9, 28), on(2020, 10, 11)),
    ] {
        assert_eq!(
            date::range(text, || Ok(today)),
            Ok(Interval { start, end }),
            "{text}"
        );
    }
    for text in [
        "",
        "..",
        "soon",
        "2020-13",
        "10/12/2020",
        "31 June 2020",
        "2020..2019",
        "9999999999999 weeks",
    ] {
        let message = date::range(text, || Ok(today)).expect_err(text);
        assert!(message.contains("write"), "{message}");
    }
}

/// Every mention lies inside the text, on character boundaries, behind the one before it; what a reading
/// knows of the words changes nothing.
fn sound(text: &str, anchor: Option<Date>) {
    let found = dates(text, anchor, DateOrder::Auto);
    let reading = Reading::new(text, Gazetteer::builtin());
    assert_eq!(
        found,
        dates_of(&reading, anchor, DateOrder::Auto),
        "{text:?}"
    );
    let mut end = 0;
    for mention in found {
        assert!(
            mention.span.start >= end && mention.span.start < mention.span.end,
            "{:?} in {text:?}",
            mention.span
        );
        assert!(
            text.get(mention.span.clone()).is_some(),
            "{:?} in {text:?}",
            mention.span
        );
        assert!(mention.value.is_none_or(|value| value.start <= value.end));
        assert_eq!(mention.value.is_none(), mention.basis == date::Basis::Open);
        end = mention.span.end;
    }
}

/// Words and marks that dates are made of, in any order.
fn fragments() -> impl Strategy<Value = String> {
    let words = "the|of|10|2020|31|1990|90|s|'|th|,|.|-|/|:|(|)|Oct|May|may|March|Saturday|sat|last|next|week|year|day|days|ago|two|later|\
                 early|end|mid|first|half|quarter|summer|in|on|at|from|to|between|and|GMT|a.m.|noon|Ramadan|Syrias|Syria's|d'Ivoire|U.N.|Eid|9/11|октября|تشرين|الأول|١٠|年|月|日|\n|\n\n| |–|W41|century|decade|9999|0";
    let words: Vec<&'static str> = words.split('|').collect();
    proptest::collection::vec((proptest::sample::select(words), any::<bool>()), 0..40).prop_map(
        |words| {
            words
                .into_iter()
                .map(|(word, glued)| {
                    if glued {
                        word.to_string()
                    } else {
                        format!("{word} ")
                    }
                })
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_soundly(text in "\\PC*") {
        sound(&text, None);
        sound(&text, Some(on(2020, 2, 29)));
    }

    #[test]
    fn any_mixture_of_date_words_is_read_soundly(text in fragments()) {
        sound(&text, None);
        sound(&text, Some(Date::MIN));
        sound(&text, Some(Date::MAX));
        sound(&text, Some(on(2020, 2, 29)));
        if let Some((partial, length)) = leading(&text, DateOrder::Auto) {
            prop_assert!(text.get(..length).is_some());
            let _ = (partial.interval(), partial.with_year_near(Date::MAX));
        }
        let _ = date::range(&text, || Ok(Date::MAX));
        let _ = date::range(&text, || Ok(Date::MIN));
    }
}

#[test]
fn pathological_text_stays_linear() {
    for piece in [
        "1/",
        "12/",
        "1 ",
        "2020-",
        "10.",
        "Saturday ",
        "may ",
        "the end of ",
        "10 May ",
        "a. m ",
        "1",
        "'",
        "last ",
        "early ",
        "(",
        "10 May and ",
        "May 3 and ",
    ] {
        sound(
            &piece.repeat(1_000_000 / piece.len()),
            Some(on(2020, 10, 11)),
        );
    }
}
