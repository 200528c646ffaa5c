//! The adapter that lets tantivy use our one analyzer.
//!
//! Words come from `analysis`; nothing about them is decided here.

use crate::analysis::{Words, fold_into, fold_plain_into, words};
use std::ops::Range;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Our words, folded, as tantivy's tokens.
#[derive(Clone, Default)]
pub struct Analyzer {
    token: Token,
}

/// The tokens of one text.
pub struct Tokens<'a> {
    text: &'a str,
    words: Words<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        self.token.reset();
        Tokens {
            text,
            words: words(text),
            token: &mut self.token,
        }
    }
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        while let Some(word) = self.words.next() {
            self.token.text.clear();
            let written = &self.text[word.clone()];
            match self.words.is_plain() {
                true => fold_plain_into(written, &mut self.token.text),
                false => fold_into(written, &mut self.token.text),
            }
            if !is_indexed(self.token.text.len()) {
                continue;
            }
            self.token.offset_from = word.start;
            self.token.offset_to = word.end;
            self.token.position = self.token.position.wrapping_add(1);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Whether a word of so many folded bytes is indexed. tantivy refuses longer ones; nobody types them.
fn is_indexed(length: usize) -> bool {
    (1..=crate::index::LONGEST_WORD).contains(&length)
}

/// The bytes of the words of a text that are indexed, in order: each has the position that is its number.
pub fn indexed(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut words, mut folded) = (words(text), String::new());
    std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            let length = match words.is_plain() {
                true => word.len(),
                false => {
                    folded.clear();
                    fold_into(&text[word.clone()], &mut folded);
                    folded.len()
                }
            };
            if is_indexed(length) {
                return Some(word);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_positions_that_are_their_numbers() {
        let long = "w".repeat(crate::index::LONGEST_WORD + 1);
        let text = format!("Sana'a fell, \u{301} {long}é {long} (U.N.) العراق – 缅甸 the end.");
        let mut analyzer = Analyzer::default();
        let mut tokens = analyzer.token_stream(&text);
        let mut found = Vec::new();
        while tokens.advance() {
            let token = tokens.token();
            assert_eq!(token.position, found.len());
            found.push(token.offset_from..token.offset_to);
        }
        assert_eq!(indexed(&text).collect::<Vec<_>>(), found);
        assert_eq!(found.len(), 8);
    }
}
