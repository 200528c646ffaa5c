//! Words and phrases, with what stands behind them: `~1`, `^2`.
//!
//! Here it is decided where a word ends. Not for what it matches (`terms`).

use super::quotes::{self, closing, single, unquoted};
use super::{Lexer, Token};
use crate::query::{Form, Node, Occur, Phrase, QueryError, foreign, terms};

/// A phrase may be so much out of order.
const LOOSEST: u32 = 50;

impl Lexer<'_> {
    /// A phrase in quotation marks, with `=` before and `~n` behind it.
    pub(super) fn quoted(&mut self, sign: Occur, from: usize) -> Result<bool, QueryError> {
        let exact = self.rest().starts_with('=');
        let start = self.at + usize::from(exact);
        let Some(open) = self.text[start..].chars().next() else {
            return Ok(false);
        };
        let inner = start + open.len_utf8();
        let end = match closing(open) {
            Some(closers) => quotes::end(&self.text[inner..], closers),
            // A single quotation mark may be an apostrophe: it closes at the end of a word.
            None if open == '‘' => single(&self.text[inner..]),
            None => return Ok(false),
        };
        let Some(end) = end.map(|i| inner + i) else {
            return match open {
                '‘' => Ok(false),
                _ => self.error(
                    start..inner,
                    "this quotation mark has no partner: close it, leave it out, or use -F to take every character as it is",
                ),
            };
        };
        self.at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
        let form = if exact { Form::Exact } else { Form::Usual };
        let slop = match self.number('~') {
            Some(Ok(slop)) if slop <= LOOSEST => slop,
            Some(_) => {
                return self.error(
                    from..self.at,
                    format!("a phrase takes ~1 to ~{LOOSEST}; use NEAR/n for words farther apart"),
                );
            }
            None => 0,
        };
        let text = self.text[inner..end].to_owned();
        self.note_marks(&text, form);
        self.words(text, form, true, slop, sign, from)?;
        if self.number('~').is_some() {
            return self.error(from..self.at, "write ~ before ^: \"a phrase\"~3^2");
        }
        Ok(true)
    }

    /// Says which marks are punctuation inside a phrase, though they are syntax outside one.
    fn note_marks(&mut self, text: &str, form: Form) {
        let written = |word: &&str| {
            word.strip_prefix('=')
                .is_some_and(|w| w.starts_with(char::is_alphanumeric))
        };
        if text.split_whitespace().any(|word| word == "*") {
            self.notes.push(format!(
                "\"{text}\": * alone is punctuation; leave it out and write ~1 behind the phrase for another word inside it"
            ));
        }
        let loose = |word: &str| behind(word, '~').1.is_some();
        if text.split_whitespace().any(loose) {
            self.notes.push(format!(
                "\"{text}\": ~ inside a phrase is punctuation; write it behind the phrase for words out of order, or outside one for wrong letters"
            ));
        }
        if form == Form::Usual && text.split_whitespace().find(written).is_some() {
            self.notes.push(format!(
                "\"{text}\": = inside a phrase is punctuation; write it before the phrase, =\"{}\", for words as written",
                text.replace('=', "")
            ));
        }
    }

    /// A word with what stands behind it: `~1` and `^2`.
    pub(super) fn word(&mut self, token: &str, sign: Occur, from: usize) -> Result<(), QueryError> {
        if token.len() > 2 && token.starts_with("=/") && token.ends_with('/') {
            return self.error(
                from..self.at,
                format!(
                    "a regular expression has no =: write {} or =Word",
                    &token[1..]
                ),
            );
        }
        let exact = token.starts_with('=') && token[1..].starts_with(char::is_alphanumeric);
        let body = if exact { &token[1..] } else { token };
        let (body, weight) = behind(body, '^');
        let (body, fuzzy) = behind(body, '~');
        let end = self.at;
        if fuzzy.is_some() && (exact || body.contains('*')) {
            return self.error(
                from..end,
                "~ goes with a plain word: not with = and not with a wildcard",
            );
        }
        if body.ends_with('~') && body.contains(char::is_alphabetic) {
            self.notes.push(format!(
                "`{token}`: ~ without a number is punctuation; write {token}1 for one wrong letter"
            ));
        }
        if body.contains('^') && !body.contains("://") {
            self.notes.push(format!(
                "`{token}`: ^ is punctuation here; a weight is one number at the end: army^2"
            ));
        }
        let form = match fuzzy {
            _ if exact => Form::Exact,
            Some(n) if body.contains(char::is_alphabetic) => {
                let letters = n.parse().ok().filter(|n| (1..=2).contains(n));
                let one = terms::terms(body, Form::Exact).len() == 1;
                match letters {
                    Some(n) if one => Form::Fuzzy(n),
                    _ => {
                        return self.error(
                            from..end,
                            "write word~1 or word~2 for one or two wrong letters in one word, \"a phrase\"~3 for words out of order",
                        );
                    }
                }
            }
            _ => Form::Usual,
        };
        let body = if form == Form::Usual && fuzzy.is_some() {
            behind(token, '^').0
        } else {
            body
        };
        // A weight is taken off the text and read again behind its last word.
        let parts: Vec<String> = match body.contains("://") {
            true => vec![body.to_owned()],
            false => split(body).map(str::to_owned).collect(),
        };
        let count = parts.len();
        for (n, part) in parts.into_iter().enumerate() {
            if let (Some(weight), true) = (weight, n + 1 == count) {
                self.at = end - weight.len() - 1;
            }
            self.words(part, form, false, 0, sign, from)?;
            self.at = end;
        }
        Ok(())
    }

    /// Adds words, unless they have no letters and no digits. A word that the analyzer cuts in two
    /// (`Al-Shabaab`) is a phrase.
    pub(super) fn words(
        &mut self,
        text: String,
        form: Form,
        quoted: bool,
        slop: u32,
        sign: Occur,
        from: usize,
    ) -> Result<(), QueryError> {
        let weight = self.weight()?;
        let text = match form {
            Form::Regex => text,
            _ => unquoted(&text),
        };
        let extent = match form {
            Form::Regex => Some(0..text.len()),
            _ => terms::extent(&text, form == Form::Usual),
        };
        let Some(extent) = extent else { return Ok(()) };
        if form == Form::Exact && text.contains('*') {
            return self.error(
                from..self.at,
                "a word as written (=Word) takes no wildcards",
            );
        }
        let text = &text[extent];
        let mut phrase = Phrase {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            form,
            slop,
            quoted,
        };
        if !matches!(form, Form::Regex | Form::Fuzzy(_)) {
            phrase.quoted |= phrase.terms().len() > 1;
        }
        if !phrase.quoted && matches!(form, Form::Usual) {
            phrase.text = unreserved(&phrase.text);
            // What is left of `near5,` is no operator, but would be one if it were shown bare.
            phrase.quoted |= foreign::instead(&phrase.text).is_some();
        }
        let node = match weight {
            Some(by) => Node::Boost(Box::new(Node::Words(phrase)), by),
            None => Node::Words(phrase),
        };
        self.push(Token::Words(node), sign, from);
        Ok(())
    }

    /// Takes `^2` here, if it is here.
    pub(super) fn weight(&mut self) -> Result<Option<f64>, QueryError> {
        let from = self.at;
        let Some(rest) = self.rest().strip_prefix('^') else {
            return Ok(None);
        };
        let len = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let Ok(weight) = rest[..len].parse::<f64>() else {
            return Ok(None);
        };
        self.at += 1 + len;
        if !(0.01..=100.0).contains(&weight) {
            return self.error(from..self.at, "a weight lies between 0.01 and 100");
        }
        Ok(Some(weight))
    }

    /// Takes `~3` here, if it is here.
    fn number(&mut self, mark: char) -> Option<Result<u32, std::num::ParseIntError>> {
        let rest = self.rest().strip_prefix(mark)?;
        let len = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        let number = rest[..len].parse();
        self.at += 1 + len;
        Some(number)
    }
}

/// The words of a text in which every character is literal.
pub(in crate::query) fn literal(text: &str) -> Vec<Node> {
    text.split(char::is_whitespace)
        .flat_map(split)
        .filter_map(|part| {
            let part = unquoted(part).replace(['*', '?'], " ");
            let text = part[terms::extent(&part, false)?]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let quoted = terms::terms(&text, Form::Exact).len() > 1
                || foreign::instead(&text.to_lowercase()).is_some();
            Some(Node::Words(Phrase {
                text: if quoted { text } else { unreserved(&text) },
                form: Form::Usual,
                slop: 0,
                quoted,
            }))
        })
        .collect()
}

/// A word that is spelled as an operator, spelled otherwise: what it matches stays the same.
fn unreserved(word: &str) -> String {
    match word {
        "AND" | "OR" | "NOT" | "NEAR" | "ADJ" => word.to_lowercase(),
        "same" | "SAME" => "Same".to_owned(),
        _ => word.to_owned(),
    }
}

/// Splits where punctuation stands between words, never inside one: `Russia/Ukraine`, not `1,200`.
fn split(token: &str) -> impl Iterator<Item = &str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut cuts: Vec<usize> = vec![0];
    for (i, c) in token.char_indices() {
        let separates = match c {
            ',' => !(digit(token[..i].chars().next_back()) && digit(token[i + 1..].chars().next())),
            '—' | '–' | '/' | ';' | '[' | ']' | '|' | '(' | ')' => true,
            _ => false,
        };
        if separates {
            cuts.extend([i, i + c.len_utf8()]);
        }
    }
    cuts.push(token.len());
    (0..cuts.len() - 1).map(move |n| &token[cuts[n]..cuts[n + 1]])
}

/// `word~2` → `word` and `2`, where a number follows the mark to the end.
fn behind(token: &str, mark: char) -> (&str, Option<&str>) {
    match token.rsplit_once(mark) {
        Some((body, number))
            if !body.is_empty()
                && number.parse::<f64>().is_ok()
                && number.bytes().all(|b| b.is_ascii_digit() || b == b'.') =>
        {
            (body, Some(number))
        }
        _ => (token, None),
    }
}
