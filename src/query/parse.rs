//! Parsing: tokens → a tree, by precedence.
//!
//! `or := and (OR and)*`, `and := not ((AND | NOT) not)*`, `not := NOT not | neighbours`. Neighbours
//! are runs of words joined by proximity operators, signed words and fields. Not for deciding what
//! is syntax (`lex`).

use super::lex::{self, Lexed, Token};
use super::{Form, Item, Node, Occur, Proximity, Query, QueryError, Today};
use std::ops::Range;

/// Brackets, and `NOT` before `NOT`, go no deeper.
const DEEPEST: usize = 64;
/// A query has no more words and operators than this.
const LONGEST: usize = 4096;

pub(super) fn parse(text: &str, today: Option<Today>) -> Result<Query, QueryError> {
    let (tokens, notes) = lex::tokens(text, today)?;
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        notes,
    };
    if parser.tokens.len() > LONGEST {
        let at = parser.tokens[LONGEST].at.clone();
        return parser.error(
            at,
            format!("a query has at most {LONGEST} words and operators"),
        );
    }
    let root = parser.or()?;
    if let Some(left) = parser.peek() {
        let at = left.at.clone();
        return parser.error(at, "this bracket has no partner: leave it out, or use -F");
    }
    let mut notes = parser.notes;
    notes.dedup();
    Ok(Query { root, notes })
}

pub(super) fn literal(text: &str) -> Query {
    let items = lex::literal(text).into_iter().map(|node| Item {
        occur: Occur::Any,
        node,
    });
    Query::from(group(items.collect()))
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Lexed>,
    at: usize,
    depth: usize,
    notes: Vec<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexed> {
        self.tokens.get(self.at)
    }

    fn token(&self) -> Option<&Token> {
        self.peek().map(|t| &t.token)
    }

    fn error<T>(&self, at: Range<usize>, message: impl Into<String>) -> Result<T, QueryError> {
        Err(QueryError {
            message: message.into(),
            query: self.text.to_owned(),
            at,
        })
    }

    /// Where the last token that was taken ends.
    fn end(&self) -> usize {
        self.at
            .checked_sub(1)
            .map_or(0, |last| self.tokens[last].at.end)
    }

    fn deeper(&mut self, at: Range<usize>) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.error(at, format!("brackets are nested more than {DEEPEST} deep"));
        }
        Ok(())
    }

    fn or(&mut self) -> Result<Node, QueryError> {
        let mut alternatives = Vec::new();
        let mut mixed = false;
        let mut operator = None;
        loop {
            let (node, bracketless) = self.and()?;
            self.filled(&operator, &node)?;
            mixed |= bracketless;
            operator = self.operator(&Token::Or, &node)?;
            alternatives.push(node);
            if operator.is_none() {
                break;
            }
        }
        let node = several(alternatives, Node::Or);
        if mixed && matches!(node, Node::Or(_)) {
            self.notes.push(format!(
                "AND binds tighter than OR, so this is read as {node}; brackets make it plain"
            ));
        }
        Ok(node)
    }

    /// The operands of AND, and whether there were two without brackets around them.
    fn and(&mut self) -> Result<(Node, bool), QueryError> {
        let mut parts = Vec::new();
        let mut operator = None;
        loop {
            let node = self.not()?;
            self.filled(&operator, &node)?;
            operator = self.operator(&Token::And, &node)?;
            parts.push(node);
            if operator.is_none() && self.token() != Some(&Token::Not) {
                break;
            }
        }
        let several_parts = parts.len() > 1;
        Ok((several(parts, Node::And), several_parts))
    }

    /// Takes an operator between two operands, if it is here.
    fn operator(
        &mut self,
        operator: &Token,
        left: &Node,
    ) -> Result<Option<Range<usize>>, QueryError> {
        let Some(here) = self.peek().filter(|t| t.token == *operator) else {
            return Ok(None);
        };
        let at = here.at.clone();
        self.at += 1;
        self.filled(&Some(at.clone()), left)?;
        Ok(Some(at))
    }

    /// Refuses an operator that has nothing on one side.
    fn filled(&self, operator: &Option<Range<usize>>, side: &Node) -> Result<(), QueryError> {
        match operator {
            Some(at) if *side == Node::All => {
                let name = &self.text[at.clone()];
                self.error(
                    at.clone(),
                    format!("{name} needs something on both sides; in small letters it is a word"),
                )
            }
            _ => Ok(()),
        }
    }

    fn not(&mut self) -> Result<Node, QueryError> {
        let Some(here) = self.peek().filter(|t| t.token == Token::Not) else {
            return self.neighbours();
        };
        let at = here.at.clone();
        self.at += 1;
        if let Some(Token::Near(how)) = self.token() {
            let message = format!("write a -(a {how} b) for an a that is not near b");
            return self.error(at, message);
        }
        self.deeper(at.clone())?;
        let node = self.not()?;
        self.depth -= 1;
        if node == Node::All {
            return self.error(
                at,
                "NOT needs something behind it; in small letters it is a word",
            );
        }
        Ok(Node::Not(Box::new(node)))
    }

    /// Words side by side, with signs, fields and proximity operators among them.
    fn neighbours(&mut self) -> Result<Node, QueryError> {
        let mut items: Vec<Item> = Vec::new();
        let mut run: Vec<Node> = Vec::new();
        let mut chain: Option<(Node, Proximity)> = None;
        let mut bare = false;
        while let Some(here) = self.peek() {
            let (at, sign) = (here.at.clone(), here.sign);
            match &here.token {
                Token::Near(how) => {
                    let how = *how;
                    if !bare {
                        return self.error(
                            at,
                            format!("{how} needs words on both sides; put a signed part in brackets: +(a {how} b)"),
                        );
                    }
                    let left = self.operand_of(how, &mut run, at)?;
                    chain = Some((join(chain, left), how));
                    self.at += 1;
                    bare = false;
                }
                Token::And | Token::Or | Token::Not | Token::Close(_) => break,
                token => {
                    let separate =
                        sign != Occur::Any || matches!(token, Token::Field(_) | Token::Title);
                    if separate {
                        if let Some((_, how)) = chain.as_ref().filter(|_| run.is_empty()) {
                            let message = format!(
                                "{how} needs words on both sides, without signs and fields"
                            );
                            return self.error(at, message);
                        }
                        self.close(&mut items, &mut run, &mut chain, at)?;
                    }
                    let node = self.operand()?;
                    bare = !separate && node != Node::All;
                    match node {
                        Node::All => {}
                        node if separate => items.push(Item { occur: sign, node }),
                        node => run.push(node),
                    }
                }
            }
        }
        let end = self.end();
        self.close(&mut items, &mut run, &mut chain, end..end)?;
        Ok(group(items))
    }

    /// Ends a run of words, and the chain of proximity operators before it.
    fn close(
        &mut self,
        items: &mut Vec<Item>,
        run: &mut Vec<Node>,
        chain: &mut Option<(Node, Proximity)>,
        at: Range<usize>,
    ) -> Result<(), QueryError> {
        let any = |node| Item {
            occur: Occur::Any,
            node,
        };
        match chain.take() {
            None => items.extend(run.drain(..).map(any)),
            Some((left, how)) => {
                if run.is_empty() {
                    return self.error(at, format!("{how} needs words on both sides"));
                }
                let right = self.operand_of(how, run, at)?;
                items.push(any(Node::Near(how, Box::new(left), Box::new(right))));
            }
        }
        Ok(())
    }

    /// A run of words as the operand of a proximity operator.
    fn operand_of(
        &mut self,
        how: Proximity,
        run: &mut Vec<Node>,
        at: Range<usize>,
    ) -> Result<Node, QueryError> {
        let several = run.len() > 1;
        let items = run.drain(..).map(|node| Item {
            occur: Occur::Any,
            node,
        });
        let node = group(items.collect());
        if !node.has_place() {
            return self.error(
                at,
                format!("{how} takes words, phrases and any of them: no AND, NOT, signs, fields, lead() or atleast()"),
            );
        }
        if several {
            self.notes.push(format!(
                "{how} is read with any of the words ({node}); quote them to have them in order"
            ));
        }
        Ok(node)
    }

    /// A word, a field, or something in brackets.
    fn operand(&mut self) -> Result<Node, QueryError> {
        let Lexed { token, at, .. } = self.tokens[self.at].clone();
        self.at += 1;
        match token {
            Token::Words(node) => self.checked(node, at),
            Token::Field(field) => Ok(Node::Field(field)),
            Token::Title => match self.token() {
                Some(Token::Words(_) | Token::Open) => {
                    let node = self.operand()?;
                    self.in_title(node, at)
                }
                _ => self.error(at, "title: takes a word, a phrase or something in brackets"),
            },
            Token::Open => self.bracketed(at, Ok),
            Token::Lead => self.bracketed(at.clone(), |node| Self::inside(node, at, Node::Lead)),
            Token::AtLeast(n) => self.bracketed(at.clone(), |node| match node.has_place() {
                true => Ok(Node::AtLeast(n, Box::new(node))),
                false => Err((
                    at,
                    format!("atleast{n}() takes words, phrases and any of them"),
                )),
            }),
            _ => self.error(at, "an operator needs something on both sides"),
        }
    }

    fn in_title(&self, node: Node, at: Range<usize>) -> Result<Node, QueryError> {
        // The weight behind `title:word^2` is the whole's.
        let (node, weight) = match node {
            Node::Boost(inner, by) => (*inner, Some(by)),
            node => (node, None),
        };
        if node == Node::All {
            return self.error(at, "title: needs a word");
        }
        match (Self::inside(node, at, Node::Title), weight) {
            (Ok(title), Some(by)) => Ok(Node::Boost(Box::new(title), by)),
            (Ok(title), None) => Ok(title),
            (Err((at, message)), _) => self.error(at, message),
        }
    }

    fn inside(
        node: Node,
        at: Range<usize>,
        make: fn(Box<Node>) -> Node,
    ) -> Result<Node, (Range<usize>, String)> {
        let out_of_place = |n: &Node| matches!(n, Node::Field(_) | Node::Lead(_) | Node::Title(_));
        match node.any(&out_of_place) {
            true => Err((
                at,
                "lead() and title: take words, not fields or each other".to_owned(),
            )),
            false => Ok(make(Box::new(node))),
        }
    }

    /// What stands between brackets; the opening one is taken.
    fn bracketed(
        &mut self,
        open: Range<usize>,
        make: impl FnOnce(Node) -> Result<Node, (Range<usize>, String)>,
    ) -> Result<Node, QueryError> {
        self.deeper(open.clone())?;
        let node = self.or()?;
        self.depth -= 1;
        let Some(Token::Close(weight)) = self.token() else {
            return self.error(open, "this bracket has no partner: close it, or use -F");
        };
        let weight = *weight;
        self.at += 1;
        if node == Node::All {
            return Ok(node);
        }
        let made = make(node).or_else(|(at, message)| self.error(at, message))?;
        match weight {
            Some(by) if made.any(&|n| matches!(n, Node::Words(_))) => {
                Ok(Node::Boost(Box::new(made), by))
            }
            Some(_) => self.error(
                open,
                "a weight is for words; there are none in these brackets",
            ),
            None => Ok(made),
        }
    }

    /// Refuses a regular expression that is none.
    fn checked(&self, node: Node, at: Range<usize>) -> Result<Node, QueryError> {
        let inner = match &node {
            Node::Boost(inner, _) => inner,
            other => other,
        };
        if let Node::Words(phrase) = inner
            && phrase.form == Form::Regex
        {
            match regex_automata::util::syntax::parse(&phrase.text) {
                Ok(regex) if !regex.properties().look_set().is_empty() => {
                    return self.error(
                        at,
                        "a regular expression takes a whole word: leave out ^, $ and \\b",
                    );
                }
                Ok(_) => {}
                Err(e) => {
                    let why = e.to_string();
                    let why = why.lines().last().unwrap_or("");
                    let why = why.trim_start_matches("error: ");
                    return self.error(
                        at,
                        format!("this is no regular expression: {why}; leave out the slashes to search for words"),
                    );
                }
            }
        }
        Ok(node)
    }
}

fn join(chain: Option<(Node, Proximity)>, right: Node) -> Node {
    match chain {
        Some((left, how)) => Node::Near(how, Box::new(left), Box::new(right)),
        None => right,
    }
}

fn several(mut nodes: Vec<Node>, make: fn(Vec<Node>) -> Node) -> Node {
    nodes.retain(|n| *n != Node::All);
    match nodes.len() {
        0 => Node::All,
        1 => nodes.remove(0),
        _ => make(nodes),
    }
}

fn group(mut items: Vec<Item>) -> Node {
    match items.len() {
        0 => Node::All,
        1 if items[0].occur == Occur::Any => items.remove(0).node,
        _ => Node::Group(items),
    }
}
