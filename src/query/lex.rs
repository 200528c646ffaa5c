//! Tokens: a query's characters → brackets, operators and operands, each with its place.
//!
//! Here it is decided what is syntax and what is plain text: operators, fields and words each in
//! their file. Not for precedence (`parse`).

mod fields;
mod operators;
mod quotes;
mod words;

pub(super) use words::literal;

use super::{Field, Node, Occur, Proximity, QueryError, Today};
use operators::all_capitals;
use quotes::{closing, opens_inside};
use std::ops::Range;

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open,
    /// With the weight behind it.
    Close(Option<f64>),
    And,
    Or,
    Not,
    Near(Proximity),
    /// What follows is for the headline.
    Title,
    /// An opening bracket after `lead`.
    Lead,
    /// An opening bracket after `atleast3`.
    AtLeast(u32),
    /// A word or phrase, weighted or not.
    Words(Node),
    Field(Field),
}

/// A token, the sign before it, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Lexed {
    pub token: Token,
    pub sign: Occur,
    pub at: Range<usize>,
}

/// Reads the tokens of a query, and what is to be said of how they were read.
pub(super) fn tokens(
    text: &str,
    today: Option<Today>,
) -> Result<(Vec<Lexed>, Vec<String>), QueryError> {
    let mut lexer = Lexer {
        text,
        today,
        at: 0,
        all_capitals: all_capitals(text),
        tokens: Vec::new(),
        notes: Vec::new(),
    };
    while lexer.at < text.len() {
        lexer.step()?;
    }
    lexer.refuse_same()?;
    lexer.balance();
    Ok((lexer.tokens, lexer.notes))
}

struct Lexer<'a> {
    text: &'a str,
    today: Option<Today<'a>>,
    at: usize,
    all_capitals: bool,
    tokens: Vec<Lexed>,
    notes: Vec<String>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn error<T>(&self, at: Range<usize>, message: impl Into<String>) -> Result<T, QueryError> {
        Err(QueryError {
            message: message.into(),
            query: self.text.to_owned(),
            at,
        })
    }

    fn push(&mut self, token: Token, sign: Occur, from: usize) {
        self.tokens.push(Lexed {
            token,
            sign,
            at: from..self.at,
        });
    }

    /// Reads what starts here.
    fn step(&mut self) -> Result<(), QueryError> {
        let Some(first) = self.rest().chars().next() else {
            return Ok(());
        };
        if first.is_whitespace() {
            self.at += first.len_utf8();
            return Ok(());
        }
        let from = self.at;
        if first == ')' {
            self.at += 1;
            let weight = self.weight()?;
            self.push(Token::Close(weight), Occur::Any, from);
            return Ok(());
        }
        let sign = self.sign(first);
        let next = self.rest().chars().next().unwrap_or(' ');
        if next == '(' {
            self.at += 1;
            self.push(Token::Open, sign, from);
            return Ok(());
        }
        if next == '/' && self.slashed(sign, from)? {
            return Ok(());
        }
        if self.quoted(sign, from)? {
            return Ok(());
        }
        self.bare(sign, from)
    }

    /// `+` and `-` count where something follows at once; elsewhere they are punctuation.
    fn sign(&mut self, first: char) -> Occur {
        let follows =
            |c: char| c.is_alphanumeric() || "(=*/".contains(c) || closing(c).is_some() || c == '‘';
        let counts = self.rest().chars().nth(1).is_some_and(follows);
        let sign = match first {
            '+' if counts => Occur::Must,
            '-' if counts => Occur::Not,
            _ => return Occur::Any,
        };
        self.at += 1;
        sign
    }

    /// Something that starts with neither a bracket nor a quotation mark.
    fn bare(&mut self, sign: Occur, from: usize) -> Result<(), QueryError> {
        let start = self.at;
        let end = self.text[start..]
            .char_indices()
            .skip(1)
            .find(|(i, c)| {
                c.is_whitespace() || "()".contains(*c) || opens_inside(self.text, start + i)
            })
            .map_or(self.text.len(), |(i, _)| start + i);
        let token = &self.text[start..end];
        if let Some((name, value)) = token.split_once(':')
            && self.field(name, start + name.len() + 1, value, sign, from)?
        {
            return Ok(());
        }
        self.at = end;
        let token = self.text[start..end].to_owned();
        if self.text[end..].starts_with('(') && self.function(&token, sign, from)? {
            return Ok(());
        }
        if sign == Occur::Any && self.operator(&token, from)? {
            return Ok(());
        }
        self.word(&token, sign, from)
    }

    /// Brackets without a partner are punctuation where no operator gives them a meaning.
    fn balance(&mut self) {
        let syntax = |t: &Lexed| {
            t.sign != Occur::Any
                || matches!(
                    t.token,
                    Token::And
                        | Token::Or
                        | Token::Not
                        | Token::Near(_)
                        | Token::Lead
                        | Token::AtLeast(_)
                        | Token::Title
                        | Token::Field(_)
                        | Token::Close(Some(_))
                )
        };
        let mut depth = 0;
        let mut balanced = true;
        for lexed in &self.tokens {
            match lexed.token {
                Token::Open => depth += 1,
                Token::Close(_) => depth -= 1,
                _ => {}
            }
            balanced &= depth >= 0;
        }
        if (!balanced || depth != 0) && !self.tokens.iter().any(syntax) {
            self.tokens
                .retain(|t| !matches!(t.token, Token::Open | Token::Close(_)));
        }
    }
}
