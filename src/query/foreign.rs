//! What other systems use as operators: refused, with what to type instead.
//!
//! Read as words they would answer another question than the one that was asked.

/// What to type instead of `token`, where it is an operator elsewhere; `None` for a word.
pub(super) fn instead(token: &str) -> Option<String> {
    let lower = token.to_lowercase();
    let (name, number) = split(&lower);
    let near = |n: &str| format!("write NEAR/{n} for any order, ADJ/{n} for this order");
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    Some(match (name, number) {
        ("w" | "within", "s") => "write /s for one sentence".to_owned(),
        ("w" | "within", "p") => "write /p for one paragraph".to_owned(),
        ("w" | "within" | "n" | "", n) if numbered && token.contains('/') => near(n),
        ("pre" | "onear", n) if numbered && token.contains('/') => format!("write ADJ/{n}"),
        ("near", n) if numbered => format!("write NEAR/{n}"),
        ("adj", n) if numbered => format!("write ADJ/{n}"),
        ("atleast", n) if numbered => format!("write atleast{n}(word)"),
        _ => match token {
            "&&" => "write AND".to_owned(),
            "||" => "write OR".to_owned(),
            _ => {
                let name = ["NEAR", "ADJ"].into_iter().find(|n| token.starts_with(n))?;
                unnumbered(&token[name.len()..]).then(|| {
                    format!("{name} needs a number: write {name}/5 for at most 5 words apart")
                })?
            }
        },
    })
}

/// What to type instead of a function of another system.
pub(super) fn function(name: &str) -> Option<&'static str> {
    Some(match name {
        "hlead" | "headline" | "hl" => "write lead(word), or title:word for the headline alone",
        "caps" | "allcaps" | "nocaps" => "write =Word for a word as it is written",
        "atleast" => "write atleast3(word) for at least three times",
        "title" => "write title:word or title:(words)",
        _ => return None,
    })
}

/// What to type instead of a regular expression that is an operator elsewhere: `/n5/`, `/f50/`.
pub(super) fn slashed(inner: &str) -> Option<String> {
    let number = inner.get(1..).filter(|n| !n.is_empty())?;
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match inner.as_bytes()[0].to_ascii_lowercase() {
        b'n' => Some(format!("write NEAR/{number}")),
        b'w' => Some(format!("write ADJ/{number}")),
        b'f' => Some("write lead(word) for the headline or the first paragraph".to_owned()),
        _ => None,
    }
}

/// Whether what follows `NEAR` was meant for its number: `/`, `/5x`, `:5`, `-5`.
fn unnumbered(rest: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    match rest.strip_prefix('/') {
        Some(number) => number.is_empty() || number.starts_with(digit),
        None => rest.is_empty() || rest.starts_with([':', '-']) && rest[1..].starts_with(digit),
    }
}

/// `near/5`, `near5`, `w/s` → its name and what follows.
fn split(token: &str) -> (&str, &str) {
    match token.split_once('/') {
        Some(parts) => parts,
        None => {
            let name = token.trim_end_matches(|c: char| c.is_ascii_digit());
            (name, &token[name.len()..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_of_other_systems_are_known_and_words_are_not() {
        for token in [
            "w/5", "W/5", "pre/3", "w/s", "w/p", "near5", "near/5", "adj3", "NEAR", "/5", "n/5",
            "&&", "atleast5", "NEAR/", "NEAR/5x", "NEAR:5", "ADJ-5",
        ] {
            assert!(instead(token).is_some(), "{token}");
        }
        for token in [
            "w/o",
            "NEAR/FAR",
            "NEAR-EAST",
            "near",
            "adj",
            "24/7",
            "pre",
            "and/or",
            "n5",
            "w5",
            "within",
            "F-16",
            "&",
            "5",
        ] {
            assert_eq!(instead(token), None, "{token}");
        }
        assert!(slashed("n5").is_some() && slashed("attack").is_none());
    }
}
