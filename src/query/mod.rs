//! The query language: text ⇄ [`Query`], with errors that point at the character.
//!
//! From the tightest to the loosest:
//!
//! | written | read |
//! |---|---|
//! | `truce`, `"red cross"`, `Al-Shabaab` | a word in any form, a small one (`be`, `its`) as typed; words in order |
//! | `"red cross"~3` | the words at most 3 places out of order |
//! | `=Truce`, `="Red Cross"` | as written: case, accents and ending |
//! | `shell*`, `*bomb*`, `wom?n` | any letters; one letter. `?` counts inside a word or in one with `*` |
//! | `attaked~1`, `/mort(ar\|ier)s?/` | one or two letters wrong; a whole word by regular expression, whatever its case, accents and apostrophes |
//! | `lead(a)`, `title:a`, `atleast3(a)` | in headline or first paragraph; in the headline; three times |
//! | `actor:` `place:` `date:` `published:` `source:` `lang:` `path:` | as the options: the article carries it; `none` for nothing |
//! | `(…)`, `a^2` | brackets; twice the weight |
//! | `a b`, `+a`, `-a` | any of neighbouring words; demanded; forbidden. Fields among them are demanded |
//! | `a NEAR/5 b`, `a ADJ/5 b` | at most 5 words apart, in any order, in this order; 1 is side by side |
//! | `a /s b`, `a /p b` | in one sentence, in one paragraph |
//! | `NOT a` | not |
//! | `a AND b`, `a NOT b` | both; the first without the second |
//! | `a OR b` | either |
//!
//! Operators are written in capitals. In a query all in capitals `AND`, `OR` and `NOT` are words.
//! Plain text never fails; what other systems use as an operator is refused with what to type
//! instead. Not for looking anything up: what a name means is the gazetteer's, what a word matches
//! is `search`'s.

mod display;
mod foreign;
mod lex;
mod parse;
mod terms;
#[cfg(test)]
mod tests;

pub use terms::Term;

use crate::extract::date::Interval;
use jiff::civil::Date;
use std::fmt;
use std::ops::Range;

/// A query as it was read.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// What is to match.
    pub root: Node,
    /// What the user should know of how it was read.
    pub notes: Vec<String>,
}

/// A query or a part of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Node {
    /// Every passage.
    #[default]
    All,
    /// A word, or words in order.
    Words(Phrase),
    /// Neighbours: any of the words, with those demanded, without those forbidden.
    Group(Vec<Item>),
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Whatever does not match.
    Not(Box<Node>),
    /// Two close to each other.
    Near(Proximity, Box<Node>, Box<Node>),
    /// So many times at least.
    AtLeast(u32, Box<Node>),
    /// In the headline or the first paragraph.
    Lead(Box<Node>),
    /// In the headline.
    Title(Box<Node>),
    /// With its words weighted by a factor.
    Boost(Box<Node>, f64),
    /// What an article must carry.
    Field(Field),
}

/// A neighbour in a group and what it is to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Whether it may, must or must not match.
    pub occur: Occur,
    /// What is to match.
    pub node: Node,
}

/// What a neighbour is to its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    /// One of these must match where no word is demanded; each lifts the score. A field is
    /// demanded all the same.
    Any,
    /// Must match.
    Must,
    /// Must not match.
    Not,
}

/// How close two parts have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proximity {
    /// At most so many words apart, in any order; neighbours are one apart.
    Near(u32),
    /// The same, the first one first.
    Adj(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A word, or words in order, as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// What was typed, from the first to the last word.
    pub text: String,
    /// How its words match.
    pub form: Form,
    /// How many places they may be out of order.
    pub slop: u32,
    /// Whether it stood in quotation marks, or was cut into several words.
    pub quoted: bool,
}

/// How the words of a phrase match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In any form, folded, small words as typed; with `*` and `?` as wildcards.
    Usual,
    /// As written.
    Exact,
    /// With so many letters wrong, 1 or 2.
    Fuzzy(u8),
    /// By a regular expression for the whole word.
    Regex,
}

/// What an article must carry, as the options of the same names demand it.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// An actor, or no actor at all.
    Actor(Value),
    /// A place, or no place at all.
    Place(Value),
    /// A date that overlaps, or no date at all.
    Date(Days),
    /// A publication date that overlaps, or none.
    Published(Days),
    /// A source whose name has these words, or none.
    Source(Value),
    /// A language code, or none.
    Lang(Value),
    /// A part of the path.
    Path(Value),
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    None,
    /// This name or text.
    Is(String),
}

/// The days of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Days {
    /// No date.
    None,
    /// Any of these.
    Within(Interval),
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

/// What says which day it is, or why it cannot.
pub type Today<'a> = &'a dyn Fn() -> Result<Date, String>;

impl Query {
    /// Reads a query; `date:` takes dates of the calendar only.
    ///
    /// ```
    /// let query = belli::query::Query::parse(r#"truce AND (“red cross” NEAR/5 geneva) -football"#)?;
    /// assert_eq!(query.to_string(), r#"truce AND (("red cross" NEAR/5 geneva) -football)"#);
    /// # Ok::<(), belli::query::QueryError>(())
    /// ```
    ///
    /// # Errors
    /// An operator without its operands, a bracket or quotation mark without its partner, an
    /// operator of another system, a bad value; with the place and what to type instead.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        parse::parse(text, None)
    }

    /// Reads a query in which `date:"last month"` counts from `today`, which is asked only then.
    ///
    /// # Errors
    /// As [`Query::parse`]; what `today` fails with.
    pub fn parse_on(text: &str, today: Today) -> Result<Query, QueryError> {
        parse::parse(text, Some(today))
    }

    /// Reads a text in which every character is literal: any of its words.
    pub fn literal(text: &str) -> Query {
        parse::literal(text)
    }

    /// Demands a field beside what is asked for, as if it stood behind it: `truce lang:fr`.
    pub fn demand(&mut self, field: Field) {
        let any = |node| Item {
            occur: Occur::Any,
            node,
        };
        let field = Node::Field(field);
        self.root = match std::mem::replace(&mut self.root, Node::All) {
            Node::All => field,
            Node::And(mut nodes) => {
                nodes.push(field);
                Node::And(nodes)
            }
            Node::Group(mut items) => {
                items.push(any(field));
                Node::Group(items)
            }
            other => Node::Group(vec![any(other), any(field)]),
        };
    }

    /// Reports whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.root == Node::All
    }
}

impl From<Node> for Query {
    fn from(root: Node) -> Query {
        Query {
            root,
            notes: Vec::new(),
        }
    }
}

impl Node {
    /// Whether matches of it have a place in the text, so that they can be near something.
    pub fn has_place(&self) -> bool {
        match self {
            Node::Words(_) => true,
            Node::Group(items) => items
                .iter()
                .all(|i| i.occur == Occur::Any && i.node.has_place()),
            Node::Or(nodes) => nodes.iter().all(Node::has_place),
            Node::Near(_, a, b) => a.has_place() && b.has_place(),
            Node::Boost(node, _) => node.has_place(),
            _ => false,
        }
    }

    /// Whether it speaks for the article, so that neighbours do not replace it.
    pub fn is_field(&self) -> bool {
        match self {
            Node::Field(_) | Node::Title(_) => true,
            Node::Boost(node, _) => node.is_field(),
            _ => false,
        }
    }

    /// The parts it is directly made of.
    pub fn parts(&self) -> Vec<&Node> {
        match self {
            Node::All | Node::Words(_) | Node::Field(_) => Vec::new(),
            Node::Group(items) => items.iter().map(|i| &i.node).collect(),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().collect(),
            Node::Not(node)
            | Node::AtLeast(_, node)
            | Node::Lead(node)
            | Node::Title(node)
            | Node::Boost(node, _) => vec![node],
            Node::Near(_, a, b) => vec![a, b],
        }
    }

    /// Whether it, or any part of it, is one that `is` takes.
    pub fn any(&self, is: &impl Fn(&Node) -> bool) -> bool {
        is(self) || self.parts().iter().any(|part| part.any(is))
    }
}

impl Phrase {
    /// Its words, as they are looked up.
    pub fn terms(&self) -> Vec<Term> {
        terms::terms(&self.text, self.form)
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
