//! The table of hard cases in `tests-data/places.txt`: what is a place, and which.

use belli::extract::place::places;
use belli::gazetteer::{Entry, Gazetteer, name_key};

struct Case {
    text: String,
    expected: Vec<(usize, usize, String)>,
    never: Vec<String>,
}

/// Whether an entry is canonically called so, or one of the few most prominent bearers of the name.
fn bears(gazetteer: &Gazetteer, entry: Entry, name: &str) -> bool {
    entry.name() == name
        || gazetteer
            .names(&name_key(name))
            .iter()
            .any(|c| c.row() == entry.row())
}

fn cases() -> Vec<Case> {
    let table = include_str!("../data/places.txt");
    let mut cases: Vec<Case> = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        if let Some(text) = line.strip_prefix("text: ") {
            cases.push(Case {
                text: text.to_string(),
                expected: Vec::new(),
                never: Vec::new(),
            });
        } else if let Some(words) = line.strip_prefix("never: ") {
            cases
                .last_mut()
                .expect("a case begins with its text")
                .never
                .push(words.to_string());
        } else if let Some(column) = line.chars().position(|c| c == '^') {
            let case = cases.last_mut().expect("a case begins with its text");
            let marks = line.chars().filter(|&c| c == '^').count();
            let byte = |n: usize| {
                case.text
                    .char_indices()
                    .nth(n)
                    .map_or(case.text.len(), |c| c.0)
            };
            let at = column - "text: ".len();
            let expected = line[line.rfind('^').expect("has a mark") + 1..]
                .trim()
                .to_string();
            case.expected.push((byte(at), byte(at + marks), expected));
        }
    }
    cases
}

#[test]
fn hard_cases_are_right() {
    let gazetteer = Gazetteer::builtin();
    let cases = cases();
    assert!(cases.len() >= 40);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = places(&case.text, gazetteer);
        for (start, end, expected) in &case.expected {
            let got = found
                .iter()
                .find(|p| p.mentions.iter().any(|m| m.start < *end && *start < m.end));
            let fits = got.is_some_and(|p| {
                p.id == *expected
                    || expected.split_once('|').is_some_and(|(name, country)| {
                        p.country.as_deref().unwrap_or("") == country
                            && gazetteer
                                .entry(&p.id)
                                .is_some_and(|e| bears(gazetteer, e, name))
                    })
            });
            if !fits {
                let got = got.map(|p| format!("{} {} {:?}", p.id, p.name, p.country));
                wrong.push(format!(
                    "{}\n   {:?} is {expected}, not {got:?}",
                    case.text,
                    &case.text[*start..*end]
                ));
            }
        }
        for never in &case.never {
            let at = case.text.find(never.as_str()).expect("stands in the text");
            if found.iter().any(|p| {
                p.mentions
                    .iter()
                    .any(|m| m.start < at + never.len() && at < m.end)
            }) {
                wrong.push(format!("{}\n   {never:?} is no place", case.text));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
