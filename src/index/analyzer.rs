//! The adapter that lets tantivy use our one analyzer.
//!
//! Words come from `analysis`; nothing about them is decided here.

use crate::analysis::{Words, fold_into, fold_plain_into, words};
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
            // tantivy refuses longer terms; nobody types them.
            if self.token.text.is_empty() || self.token.text.len() > crate::index::LONGEST_WORD {
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
