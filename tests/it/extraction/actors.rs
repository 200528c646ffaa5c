//! Hard cases of actors, from `tests-data/actors.txt`; its head says how they are written.

use belli::extract::actor::actors;
use belli::extract::reading::Reading;
use belli::gazetteer::{Gazetteer, name_key};

const CASES: &str = include_str!("../data/actors.txt");

struct Mark {
    from: usize,
    to: usize,
    want: String,
}

struct Case {
    name: String,
    text: String,
    marks: Vec<Mark>,
    never: Vec<String>,
    never_ids: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut line_start = 0;
    for line in CASES.lines().filter(|l| !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case {
                name: name.into(),
                text: String::new(),
                marks: vec![],
                never: vec![],
                never_ids: vec![],
            });
            continue;
        }
        let Some(case) = cases.last_mut() else {
            continue;
        };
        let list = |l: &str| {
            l.split(';')
                .map(|w| w.trim().to_string())
                .collect::<Vec<_>>()
        };
        if let Some(ids) = line.strip_prefix("never id:") {
            case.never_ids = list(ids);
        } else if let Some(forms) = line.strip_prefix("never:") {
            case.never = list(forms);
        } else if line.trim_start().starts_with('^') {
            // Columns are characters.
            let skip = line.chars().take_while(|&c| c == ' ').count();
            let width = line.chars().skip(skip).take_while(|&c| c == '^').count();
            let text = &case.text[line_start..];
            let byte =
                |n: usize| text.char_indices().nth(n).map_or(text.len(), |(b, _)| b) + line_start;
            let want = line.trim_start_matches([' ', '^']).to_string();
            case.marks.push(Mark {
                from: byte(skip),
                to: byte(skip + width),
                want,
            });
        } else if !line.trim().is_empty() {
            line_start = case.text.len();
            case.text.push_str(line);
            case.text.push('\n');
        }
    }
    cases
}

#[test]
fn hard_cases() {
    let gazetteer = Gazetteer::builtin();
    let mut wrong = Vec::new();
    let all = cases();
    for case in &all {
        let reading = Reading::new(&case.text, gazetteer);
        let found = actors(&reading, None).named;
        let mut problems = Vec::new();
        for mark in &case.marks {
            let (want, parent) = mark.want.split_once(" < ").unwrap_or((&mark.want, ""));
            let at = found
                .iter()
                .find(|n| n.mentions.contains(&(mark.from..mark.to)));
            let ok = at.is_some_and(|n| {
                let named = want.split_once('|').is_some_and(|(kind, name)| {
                    n.kind == kind && name_key(&n.name) == name_key(name)
                });
                (n.id == want || named)
                    && (parent.is_empty() || n.parents.iter().any(|p| p == parent))
            });
            if !ok {
                problems.push(format!(
                    "`{}` wants {}, is {:?}",
                    &case.text[mark.from..mark.to],
                    mark.want,
                    at.map(|n| (&n.id, &n.kind, &n.parents))
                ));
            }
        }
        for n in &found {
            if case.never_ids.contains(&n.id) {
                problems.push(format!("{} found", n.id));
            }
            for m in &n.mentions {
                let written = &case.text[m.clone()];
                let marked = case
                    .marks
                    .iter()
                    .any(|k| k.from == m.start && k.to == m.end);
                if !marked && case.never.iter().any(|f| f == written) {
                    problems.push(format!("`{written}` is {}", n.id));
                }
            }
        }
        if !problems.is_empty() {
            let all: Vec<_> = found
                .iter()
                .map(|n| {
                    (
                        &n.id,
                        &n.kind,
                        n.mentions
                            .iter()
                            .map(|m| &case.text[m.clone()])
                            .collect::<Vec<_>>(),
                    )
                })
                .collect();
            wrong.push(format!(
                "{}: {}\n    found {all:?}",
                case.name,
                problems.join("; ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_name_of_what_did_not_exist_yet_is_read_shorter() {
    let text = "OSCE monitors were sent to Georgia.";
    let reading = Reading::new(text, Gazetteer::builtin());
    let ids = |year| -> Vec<String> {
        let found = actors(&reading, Some(jiff::civil::date(year, 8, 13)));
        found.named.into_iter().map(|n| n.id).collect()
    };
    assert_eq!(ids(2008), ["org:osce"]);
    assert_eq!(ids(2016), ["org:osce-smm"]);
}
