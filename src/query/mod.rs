//! The query language: text ⇄ [`Query`], with errors that point at the character.
//!
//! Words are searched for any of them; `"phrases"` in order; `+` demands, `-` forbids. Plain text
//! never fails: apostrophes, dots, colons and hyphens are parts of words. Not for looking anything
//! up: what a name means is the gazetteer's, what a word matches is `search`'s.

mod parse;

use std::fmt;
use std::ops::Range;

/// A query as it was read: clauses, in the order typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The clauses; an empty query matches every passage.
    pub clauses: Vec<Clause>,
}

/// One word or phrase and what it is to the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Whether it must, may or must not match.
    pub occur: Occur,
    /// What is to match.
    pub atom: Atom,
}

/// What a clause is to the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    /// Any of these must match where no clause is demanded; each lifts the score.
    Any,
    /// Must match.
    Must,
    /// Must not match.
    Not,
}

/// A word or a phrase, as typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Atom {
    /// One word.
    Word(String),
    /// Words in order, side by side.
    Phrase(String),
}

/// Why a query could not be read, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryError {
    /// What is wrong and what to type instead.
    pub message: String,
    /// The query.
    pub query: String,
    /// Half-open byte range in the query.
    pub at: Range<usize>,
}

impl Query {
    /// Reads a query.
    ///
    /// ```
    /// let query = belli::query::Query::parse(r#"truce +"red cross" -football"#)?;
    /// assert_eq!(query.to_string(), r#"truce +"red cross" -football"#);
    /// # Ok::<(), belli::query::QueryError>(())
    /// ```
    ///
    /// # Errors
    /// A quotation mark without its partner.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        parse::parse(text)
    }

    /// Reads a text in which every character is literal.
    pub fn literal(text: &str) -> Query {
        parse::literal(text)
    }

    /// Reports whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, clause) in self.clauses.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            f.write_str(match clause.occur {
                Occur::Any => "",
                Occur::Must => "+",
                Occur::Not => "-",
            })?;
            match &clause.atom {
                Atom::Word(word) => f.write_str(word)?,
                Atom::Phrase(words) => write!(f, "\"{words}\"")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = self.query[..self.at.start].chars().count();
        let width = self.query[self.at.clone()].chars().count().max(1);
        writeln!(f, "{}", self.message)?;
        writeln!(f, "  {}", self.query)?;
        write!(f, "  {}{}", " ".repeat(before), "^".repeat(width))
    }
}

impl std::error::Error for QueryError {}
