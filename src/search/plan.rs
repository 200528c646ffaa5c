//! Plans: a query looked up in an index: what is matched as a tree, what is scored as a list.
//!
//! The tree decides which passages match, its leaves how well; so ranking and matching change
//! independently. Not for evaluating (`matching`).

use super::echoes::Typed;
use super::filter::{DateField, LookUp, Reach, Test};
use super::words::{Leaf, Lookup};
use super::{Request, Scope, metadata};
use crate::analysis::fold;
use crate::analysis::stop::is_stop;
use crate::error::{Error, Kind, Result};
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use crate::query::{Days, Field, Form, Item, Node, Occur, Phrase, Proximity, Term, Value};
use std::collections::HashSet;
use std::sync::atomic::Ordering;

/// A request, looked up in one index.
pub(super) struct Plan {
    /// The words, in the order typed: what is scored.
    pub leaves: Vec<Leaf>,
    /// What has to match.
    pub tree: Tree,
    /// What articles have to carry. The first `filters` of them always; the tree asks for the others.
    pub tests: Vec<Test>,
    /// How many of the tests are demanded whatever the tree says.
    pub filters: usize,
    /// Whether the number of times that leaves occur in a passage, as postings say it, decides whether it
    /// matches.
    pub counted: bool,
    /// What the user should know of how the request was read.
    pub notes: Vec<String>,
    /// Words that perhaps no passage has.
    pub unknown: Vec<Term>,
}

/// What decides whether a passage matches.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    All,
    /// Something that stands somewhere, and the clause it comes from.
    Place(Places, String),
    AtLeast(u32, Places, String),
    Any(Vec<Tree>),
    Both(Vec<Tree>),
    /// Matches whether it does or not, and is marked where it does.
    Optional(Box<Tree>),
    Not(Box<Tree>),
    /// In the headline or the first paragraph.
    Lead(Box<Tree>),
    /// In the headline.
    Title(Box<Tree>),
    /// The article carries what a test asks for.
    Carries(usize),
}

/// What has a place in the text.
#[derive(Debug, Clone)]
pub(super) enum Places {
    Leaf(usize),
    Any(Vec<Places>),
    Near(Proximity, Box<Places>, Box<Places>),
}

impl Plan {
    /// Looks up a request.
    pub(super) fn new(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Plan> {
        let mut values = LookUp::new(index, gazetteer);
        let tests = values.all(&request.filters)?;
        let mut planner = Planner {
            index,
            gazetteer,
            request,
            values,
            words: Lookup::new(index, request.model.rarity, &request.stop)?,
            leaves: Vec::new(),
            tests,
            left_out: Vec::new(),
            unknown: Vec::new(),
            doubted: HashSet::new(),
        };
        // What is demanded at the top is a filter like those of the options.
        let root = &request.query.root;
        let (demanded, rest) = demanded(root);
        for field in demanded {
            let test = planner.test(field)?;
            planner.tests.push(test);
        }
        let filters = planner.tests.len();
        let loose = is_loose(&rest);
        let tree = match rest {
            // Words that stand for themselves at the top stand for what they mean as well.
            Node::Words(phrase) => {
                let item = Item {
                    occur: Occur::Any,
                    node: Node::Words(phrase),
                };
                planner.group(&[item], Weight::of(1.0), Reading::Meant)?
            }
            Node::Group(items) => planner.group(&items, Weight::of(1.0), Reading::Meant)?,
            rest => planner.tree(&rest, Weight::of(1.0))?,
        };
        let tree = planner.fed(tree, loose)?;
        let tree = planner.beside(tree);
        planner.values.notes.extend(widened(&planner.leaves));
        let mut notes = planner.values.notes;
        planner.left_out.dedup();
        if let Some(word) = planner.left_out.first() {
            notes.push(format!(
                "left out, as too common beside the other words: {}; +{word} demands it",
                planner.left_out.join(", ")
            ));
        }
        Ok(Plan {
            counted: request.scope == Scope::Usual
                && tree.is_counted()
                && planner.leaves.iter().all(Leaf::is_in_order),
            tree,
            leaves: planner.leaves,
            tests: planner.tests,
            filters,
            notes,
            unknown: planner.unknown,
        })
    }
}

/// What was searched for beside what was typed, by what was typed.
fn widened(leaves: &[Leaf]) -> Option<String> {
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    let echoes = leaves.iter().filter_map(|l| l.stands_for.as_ref());
    for echo in echoes.filter(|e| e.matches && !e.means.is_empty()) {
        match said.iter_mut().find(|(typed, _)| *typed == echo.typed) {
            Some((_, means)) => means.push(&echo.means),
            None => said.push((&echo.typed, vec![&echo.means])),
        }
    }
    let each = said
        .iter()
        .map(|(typed, means)| format!("for {typed} {}", means.join(", ")));
    let all: Vec<String> = each.collect();
    (!all.is_empty()).then(|| format!("searched for as well: {}", all.join("; ")))
}

impl Tree {
    /// Whether nothing but leaves, tests and how these are joined decides it.
    fn is_counted(&self) -> bool {
        match self {
            Tree::All | Tree::Optional(_) | Tree::Carries(_) => true,
            Tree::Place(places, _) | Tree::AtLeast(_, places, _) => {
                matches!(places, Places::Leaf(_))
            }
            Tree::Any(trees) | Tree::Both(trees) => trees.iter().all(Tree::is_counted),
            Tree::Not(tree) => tree.is_counted(),
            Tree::Lead(_) | Tree::Title(_) => false,
        }
    }

    /// The same tree for a list of tests whose filters have become `now`, of `before`.
    pub(super) fn renumbered(&self, before: usize, now: usize) -> Tree {
        let each = |trees: &[Tree]| trees.iter().map(|t| t.renumbered(before, now)).collect();
        let one = |tree: &Tree| Box::new(tree.renumbered(before, now));
        match self {
            Tree::Carries(test) => Tree::Carries(test + now - before),
            Tree::Any(trees) => Tree::Any(each(trees)),
            Tree::Both(trees) => Tree::Both(each(trees)),
            Tree::Optional(tree) => Tree::Optional(one(tree)),
            Tree::Not(tree) => Tree::Not(one(tree)),
            Tree::Lead(tree) => Tree::Lead(one(tree)),
            Tree::Title(tree) => Tree::Title(one(tree)),
            Tree::All | Tree::Place(..) | Tree::AtLeast(..) => self.clone(),
        }
    }
}

/// The fields that a query demands in any case, and the rest of it.
pub(super) fn demanded(root: &Node) -> (Vec<&Field>, Node) {
    let mut fields = Vec::new();
    let rest = split(root, &mut fields);
    (fields, rest)
}

fn split<'a>(node: &'a Node, fields: &mut Vec<&'a Field>) -> Node {
    match node {
        Node::Field(field) if !is_none(field) => {
            fields.push(field);
            Node::All
        }
        Node::And(nodes) => Node::And(nodes.iter().map(|n| split(n, fields)).collect()),
        Node::Group(items) => {
            let mut rest = Vec::new();
            for item in items {
                match &item.node {
                    Node::Field(field) if item.occur != Occur::Not && !is_none(field) => {
                        fields.push(field)
                    }
                    _ => rest.push(item.clone()),
                }
            }
            match rest.is_empty() {
                true => Node::All,
                false => Node::Group(rest),
            }
        }
        other => other.clone(),
    }
}

fn is_none(field: &Field) -> bool {
    match field {
        Field::Actor(v) | Field::Place(v) | Field::Source(v) | Field::Lang(v) | Field::Path(v) => {
            *v == Value::None
        }
        Field::Date(days) | Field::Published(days) => *days == Days::None,
    }
}

/// What the words of a part count: nothing under a negation.
#[derive(Clone, Copy)]
struct Weight(Option<f64>);

impl Weight {
    fn of(factor: f64) -> Weight {
        Weight(Some(factor))
    }

    fn times(self, factor: f64) -> Weight {
        Weight(self.0.map(|f| f * factor))
    }
}

/// Whether words stand for themselves only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    AsTyped,
    /// Plain ones stand for their other names and synonyms too.
    Meant,
}

/// A word without marks of any kind, and the leaf that it has.
fn plain(node: &Node, leaf: Option<usize>) -> Option<Typed> {
    match node {
        Node::Words(p)
            if p.form == Form::Usual
                && !p.text.contains(['*', '?'])
                && !(p.quoted && p.text.contains(char::is_whitespace)) =>
        {
            Some(Typed {
                text: p.text.clone(),
                leaf,
            })
        }
        _ => None,
    }
}

/// Whether any of the words will do, so that others may do as well.
fn is_loose(rest: &Node) -> bool {
    match rest {
        Node::Group(items) => items
            .iter()
            .all(|i| i.occur == Occur::Any && matches!(i.node, Node::Words(_))),
        rest => plain(rest, None).is_some(),
    }
}

pub(super) struct Planner<'a> {
    index: &'a Index,
    pub gazetteer: &'a Gazetteer,
    pub request: &'a Request,
    pub values: LookUp<'a>,
    pub words: Lookup<'a>,
    pub leaves: Vec<Leaf>,
    tests: Vec<Test>,
    left_out: Vec<String>,
    /// Words that perhaps no passage has, and what they look for.
    unknown: Vec<Term>,
    doubted: HashSet<Term>,
}

impl Planner<'_> {
    fn tree(&mut self, node: &Node, weight: Weight) -> Result<Tree> {
        Ok(match node {
            Node::All => Tree::All,
            Node::Words(_) | Node::Near(..) => {
                Tree::Place(self.places(node, weight, false)?, node.to_string())
            }
            Node::Group(items) => self.group(items, weight, Reading::AsTyped)?,
            Node::And(nodes) => Tree::Both(self.trees(nodes, weight)?),
            Node::Or(nodes) => Tree::Any(self.trees(nodes, weight)?),
            Node::Not(node) => Tree::Not(Box::new(self.tree(node, Weight(None))?)),
            Node::AtLeast(n, inner) => {
                Tree::AtLeast(*n, self.places(inner, weight, true)?, node.to_string())
            }
            Node::Lead(inner) => Tree::Lead(Box::new(self.inside(inner, weight)?)),
            Node::Title(inner) => Tree::Title(Box::new(self.inside(inner, weight)?)),
            Node::Boost(inner, by) => self.tree(inner, weight.times(*by))?,
            Node::Field(field) => {
                let test = self.test(field)?;
                self.tests.push(test);
                let carries = Tree::Carries(self.tests.len() - 1);
                match is_none(field) && !matches!(self.tests.last(), Some(Test::Undated(_))) {
                    true => Tree::Not(Box::new(carries)),
                    false => carries,
                }
            }
        })
    }

    /// Leaves out the articles that are to be left out: they are no filter, which would count for the score.
    fn beside(&mut self, tree: Tree) -> Tree {
        match self.request.beside.is_empty() {
            true => tree,
            false => {
                self.tests.push(Test::Beside(self.request.beside.clone()));
                Tree::Both(vec![Tree::Carries(self.tests.len() - 1), tree])
            }
        }
    }

    fn trees(&mut self, nodes: &[Node], weight: Weight) -> Result<Vec<Tree>> {
        nodes.iter().map(|n| self.tree(n, weight)).collect()
    }

    /// A part of which the places count, because only one part of the article does.
    fn inside(&mut self, node: &Node, weight: Weight) -> Result<Tree> {
        let first = self.leaves.len();
        let tree = self.tree(node, weight)?;
        self.leaves[first..]
            .iter_mut()
            .for_each(|l| l.placed = true);
        Ok(tree)
    }

    /// Words that are demanded, forbidden, or any of which will do.
    fn group(&mut self, items: &[Item], weight: Weight, reading: Reading) -> Result<Tree> {
        let words = |occur: Occur| move |i: &&Item| i.occur == occur && !i.node.is_field();
        let demanded = items.iter().any(|i| words(Occur::Must)(&i));
        let mut both = Vec::new();
        let mut any = Vec::new();
        let mut typed = Vec::new();
        // Small words are left out where another word remains.
        let small = |i: &Item| match &i.node {
            Node::Words(p) => !p.quoted && p.form == Form::Usual && is_stop(&p.text),
            _ => false,
        };
        let remains = demanded || items.iter().any(|i| words(Occur::Any)(&i) && !small(i));
        for item in items {
            match item.occur {
                Occur::Not => {
                    let tree = self.tree(&item.node, Weight(None))?;
                    both.push(Tree::Not(Box::new(tree)));
                }
                _ if item.node.is_field() => both.push(self.tree(&item.node, weight)?),
                Occur::Must => both.push(self.tree(&item.node, weight)?),
                Occur::Any if remains && small(item) => {
                    self.left_out.push(item.node.to_string());
                    typed.extend(plain(&item.node, None));
                }
                Occur::Any => {
                    typed.extend(plain(&item.node, Some(self.leaves.len())));
                    any.push(self.tree(&item.node, weight)?);
                }
            }
        }
        if let (Reading::Meant, Some(factor)) = (reading, weight.0) {
            any.extend(self.echoes(&typed, factor)?);
        }
        if !any.is_empty() {
            let any = match any.len() {
                1 => any.remove(0),
                _ => Tree::Any(any),
            };
            both.push(match demanded {
                true => Tree::Optional(Box::new(any)),
                false => any,
            });
        }
        Ok(match both.len() {
            1 => both.remove(0),
            _ => Tree::Both(both),
        })
    }

    fn places(&mut self, node: &Node, weight: Weight, placed: bool) -> Result<Places> {
        Ok(match node {
            Node::Words(phrase) => Places::Leaf(self.leaf(phrase, weight, placed)?),
            Node::Group(items) => {
                let small = |i: &&Item| matches!(&i.node, Node::Words(p) if !p.quoted && p.form == Form::Usual && is_stop(&p.text));
                let remains = items.iter().any(|i| !small(&i));
                let (mut kept, mut left_out) = (Vec::new(), Vec::new());
                for item in items {
                    match remains && small(&item) {
                        true => left_out.push(item.node.to_string()),
                        false => kept.push(self.places(&item.node, weight, true)?),
                    }
                }
                self.left_out.extend(left_out);
                Places::Any(kept)
            }
            Node::Or(nodes) => Places::Any(
                nodes
                    .iter()
                    .map(|n| self.places(n, weight, true))
                    .collect::<Result<_>>()?,
            ),
            Node::Near(how, a, b) => Places::Near(
                *how,
                Box::new(self.places(a, weight, true)?),
                Box::new(self.places(b, weight, true)?),
            ),
            Node::Boost(inner, by) => self.places(inner, weight.times(*by), placed)?,
            // The parser lets nothing else be near something.
            _ => Places::Any(Vec::new()),
        })
    }

    fn leaf(&mut self, phrase: &Phrase, weight: Weight, placed: bool) -> Result<usize> {
        let words = self.words.forms(phrase)?;
        let found = self.words.found(&words)?;
        for ((term, word), found) in phrase.terms().into_iter().zip(&words).zip(&found) {
            if *found > 0 && self.words.is_there(word)? {
                continue;
            }
            // Words in any form are the same however they are written.
            let meant = match &term {
                Term::Word(word) => Term::Word(fold(word)),
                other => other.clone(),
            };
            if self.doubted.insert(meant) {
                self.unknown.push(term);
            }
        }
        self.leaves.push(Leaf {
            placed: placed || words.len() > 1 || words.iter().any(|w| w.exact.is_some()),
            weight: self.words.tells(&found) * weight.0.unwrap_or(0.0),
            scored: weight.0.is_some(),
            slop: phrase.slop,
            words,
            carries: None,
            stands_for: None,
        });
        Ok(self.leaves.len() - 1)
    }

    /// What a field asks for; for `none`, what must not be carried.
    fn test(&mut self, field: &Field) -> Result<Test> {
        // A name that is not there is looked for long enough that it adds up.
        if self.request.stop.load(Ordering::Relaxed) {
            return Err(Error::new(Kind::Stopped, self.index.path()));
        }
        let fields = self.index.fields();
        let filters = &self.request.filters;
        let reach = match filters.actor_only {
            true => Reach::Itself,
            false => Reach::Below,
        };
        Ok(match field {
            Field::Actor(Value::Is(name)) => self.values.actor(name, reach)?,
            Field::Place(Value::Is(name)) => self.values.place(name)?,
            Field::Date(Days::Within(days)) => Test::Days(*days, filters.date_field),
            Field::Published(Days::Within(days)) => Test::Published(*days),
            Field::Date(Days::None) => Test::Undated(filters.date_field),
            Field::Published(Days::None) => Test::Undated(DateField::Published),
            Field::Actor(Value::None) => Test::Has(fields.actor),
            Field::Place(Value::None) => Test::Has(fields.place),
            Field::Source(Value::None) => Test::Has(fields.source),
            Field::Lang(Value::None) => Test::Has(fields.lang),
            Field::Path(Value::None) => Test::Has(fields.path),
            Field::Source(Value::Is(value)) => {
                metadata::source(self.index, value, &mut self.values.notes)?
            }
            Field::Lang(Value::Is(value)) => {
                metadata::lang(self.index, value, &mut self.values.notes)?
            }
            Field::Path(Value::Is(value)) => {
                metadata::path(self.index, value, &mut self.values.notes)?
            }
        })
    }
}
