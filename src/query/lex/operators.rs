//! Operators: `AND`, `NEAR/5`, `/s`, `lead(`, and what is refused as one of another system.
//!
//! Not for words, which is what anything else is (`words`).

use super::{Lexer, Token};
use crate::analysis::stop::is_stop;
use crate::query::{Form, Node, Occur, Proximity, QueryError, foreign};

/// Words may stand so far apart and still be called near.
const FARTHEST: u32 = 255;

/// Whether every word is in capitals, and one of them is no operator.
pub(super) fn all_capitals(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric());
    !text.contains(char::is_lowercase)
        && words().any(|w| {
            !matches!(w, "AND" | "OR" | "NOT" | "NEAR" | "ADJ") && w.contains(char::is_uppercase)
        })
}

impl Lexer<'_> {
    /// `/s`, `/p` and `/regex/`.
    pub(super) fn slashed(&mut self, sign: Occur, from: usize) -> Result<bool, QueryError> {
        let token = self.rest().split([' ', '\t', '\n', '(', ')']).next();
        let near = match token {
            Some("/s" | "/S") => Some(Proximity::Sentence),
            Some("/p" | "/P") => Some(Proximity::Paragraph),
            _ => None,
        };
        if let (Some(near), Occur::Any) = (near, sign) {
            self.at += 2;
            self.push(Token::Near(near), sign, from);
            return Ok(true);
        }
        let mut escaped = false;
        let mut end = None;
        for (i, c) in self.rest().char_indices().skip(1) {
            if c.is_whitespace() {
                break;
            }
            if c == '/' && !escaped {
                end = Some(i);
                break;
            }
            escaped = c == '\\' && !escaped;
        }
        let Some(end) = end else { return Ok(false) };
        let inner = self.rest()[1..end].to_owned();
        let after = self.rest()[end + 1..].chars().next();
        let flags = self.rest()[end + 1..]
            .split(|c: char| c.is_whitespace() || c == ')')
            .next();
        let flags = flags.filter(|f| !f.is_empty() && f.chars().all(|c| "gimsux".contains(c)));
        if let (Some(flags), false) = (flags, inner.is_empty()) {
            self.at += end + 1 + flags.len();
            return self.error(
                from..self.at,
                format!("write /{inner}/: case never counts in it, and nothing follows it; -F takes it as words"),
            );
        }
        if inner.is_empty() || after.is_some_and(|c| !c.is_whitespace() && c != ')' && c != '^') {
            return Ok(false);
        }
        self.at += end + 1;
        if let Some(instead) = foreign::slashed(&inner) {
            return self.refuse(from, &instead);
        }
        self.words(inner, Form::Regex, false, 0, sign, from)?;
        Ok(true)
    }

    /// `lead(` and `atleast3(`.
    pub(super) fn function(
        &mut self,
        name: &str,
        sign: Occur,
        from: usize,
    ) -> Result<bool, QueryError> {
        if let Some(instead) = foreign::function(name) {
            return self.refuse(from, instead);
        }
        let token = match name.strip_prefix("atleast").map(str::parse) {
            Some(Ok(n)) if n > 0 => Token::AtLeast(n),
            Some(_) => return self.error(from..self.at, "write atleast3(word)"),
            None if name == "lead" => Token::Lead,
            None => return Ok(false),
        };
        self.at += 1;
        self.push(token, sign, from);
        Ok(true)
    }

    /// `AND`, `OR`, `NOT`, `NEAR/5`, `ADJ/5`, and what others use.
    pub(super) fn operator(&mut self, token: &str, from: usize) -> Result<bool, QueryError> {
        let operator = match token {
            "AND" => Token::And,
            "OR" => Token::Or,
            "NOT" => Token::Not,
            _ => match near(token) {
                Some(n) if !(1..=FARTHEST).contains(&n) => {
                    return self.error(
                        from..self.at,
                        format!("write a number from 1 to {FARTHEST}, or use /s or /p"),
                    );
                }
                Some(n) if token.starts_with('N') => Token::Near(Proximity::Near(n)),
                Some(n) => Token::Near(Proximity::Adj(n)),
                None => {
                    return match foreign::instead(token) {
                        Some(_) if self.is_capital_word(token) => {
                            self.note_capitals(token);
                            Ok(false)
                        }
                        Some(instead) => self.refuse(from, &instead),
                        None if token.starts_with('!')
                            && token[1..].starts_with(char::is_alphabetic) =>
                        {
                            self.refuse(from, "write a hyphen, as in -word, or NOT")
                        }
                        None => Ok(false),
                    };
                }
            },
        };
        if self.is_capital_word(token) {
            self.note_capitals(token);
            return Ok(false);
        }
        self.push(operator, Occur::Any, from);
        Ok(true)
    }

    /// Whether a token is a word because the whole query is in capitals.
    pub(super) fn is_capital_word(&self, token: &str) -> bool {
        self.all_capitals && matches!(token, "AND" | "OR" | "NOT" | "NEAR" | "ADJ")
    }

    fn note_capitals(&mut self, token: &str) {
        self.notes.push(format!(
            "the query is all in capitals, so {token} is read as a word; write a word of it in small letters to make it an operator"
        ));
    }

    pub(super) fn refuse<T>(&self, from: usize, instead: &str) -> Result<T, QueryError> {
        let token = &self.text[from..self.at];
        self.error(
            from..self.at,
            format!("`{token}` is no operator here: {instead}; -F takes it as words"),
        )
    }

    /// `same` between two words that say something is an operator elsewhere; among the small words
    /// of a sentence it is one of them.
    pub(super) fn refuse_same(&self) -> Result<(), QueryError> {
        let word = |n: usize| match self.tokens.get(n).map(|t| (&t.token, t.sign)) {
            Some((Token::Words(Node::Words(p)), Occur::Any)) if !p.quoted => Some(p.text.as_str()),
            _ => None,
        };
        let is_same = |n: usize| word(n).is_some_and(|w| w.eq_ignore_ascii_case("same"));
        let prose = (0..self.tokens.len()).any(|n| !is_same(n) && word(n).is_some_and(is_stop));
        let operand = |n: usize| {
            matches!(
                self.tokens.get(n).map(|t| &t.token),
                Some(Token::Words(_) | Token::Open | Token::Close(_) | Token::Lead)
            )
        };
        for n in 1..self.tokens.len() {
            let at = self.tokens[n].at.clone();
            let typed = &self.text[at.clone()];
            if is_same(n)
                && !prose
                && !self.all_capitals
                && typed != "Same"
                && operand(n - 1)
                && operand(n + 1)
            {
                return self.error(
                    at,
                    format!(
                        "`{typed}` is no operator here: write /p for one paragraph, /s for one sentence; -F takes it as a word"
                    ),
                );
            }
        }
        Ok(())
    }
}

/// `NEAR/5` and `ADJ/5` → 5; a number that does not fit is 0.
fn near(token: &str) -> Option<u32> {
    let number = token.strip_prefix("NEAR/").or(token.strip_prefix("ADJ/"))?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| number.parse().unwrap_or(0))
}
