//! The scan: what a query means for one article, part by part, by looking at every word.

use super::article::{Article, Corpus, HEADLINE, Word};
use belli::analysis::stem::Tongues;
use belli::analysis::stop::is_stop;
use belli::analysis::{fold, key};
use belli::extract::date::Interval;
use belli::gazetteer::Gazetteer;
use belli::query::{Days, Field, Form, Item, Node, Occur, Phrase, Proximity, Term, Value};
use belli::search::Scope;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

/// A word's place: the passage, from 1, or 0 for the headline; and its number there.
type At = (usize, usize);

/// Where something matches: its first and last word, and the stretches that are marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    start: At,
    end: At,
    marks: BTreeSet<(At, At)>,
}

/// Which words of the article count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Region {
    Whole,
    Title,
    Lead,
}

/// What the terms of queries ask for: in which articles each word of the corpus is what is meant.
pub struct Meanings<'a> {
    corpus: &'a Corpus,
    known: RefCell<HashMap<String, Rc<Vec<Option<Tongues>>>>>,
}

impl<'a> Meanings<'a> {
    pub fn new(corpus: &'a Corpus) -> Meanings<'a> {
        Meanings {
            corpus,
            known: RefCell::default(),
        }
    }

    fn of(&self, term: &Term) -> Rc<Vec<Option<Tongues>>> {
        let name = format!("{term:?}");
        let known = self.known.borrow().get(&name).cloned();
        known.unwrap_or_else(|| {
            let meant = Rc::new(self.look(term));
            self.known.borrow_mut().insert(name, Rc::clone(&meant));
            meant
        })
    }

    fn look(&self, term: &Term) -> Vec<Option<Tongues>> {
        if let Term::Word(asked) = term {
            return self.forms(&fold(asked));
        }
        let regex = match term {
            Term::Regex(regex) => {
                let whole = format!("^(?i:{regex})$");
                Some(regex_automata::dfa::regex::Regex::new(&whole).unwrap())
            }
            _ => None,
        };
        let is = |raw: &str, folded: &str| match term {
            Term::Exact(asked) => written(asked) == written(raw),
            Term::Pattern(pattern) => like(&wild(pattern), &folded.chars().collect::<Vec<_>>()),
            Term::Fuzzy(asked, n) => changes(&fold(asked), folded) <= usize::from(*n),
            _ => regex
                .as_ref()
                .is_some_and(|r| r.is_match(folded.as_bytes())),
        };
        let words = self.corpus.words.iter();
        words
            .map(|(raw, folded)| is(raw, folded).then_some(Tongues::ALL))
            .collect()
    }

    /// The forms of a word: itself in every article, and, unless it is a small word, what shares its stem
    /// in the articles of the language.
    fn forms(&self, asked: &str) -> Vec<Option<Tongues>> {
        let words = &self.corpus.words;
        let mut meant = vec![None; words.len()];
        if !is_stop(asked)
            && asked.chars().count() > 1
            && !asked.bytes().any(|b| b.is_ascii_digit())
        {
            for (stems, by_stem) in self.corpus.stems.iter().filter(|(s, _)| s.reads(asked)) {
                let same = by_stem.get(stems.stem(asked).as_ref());
                for &number in same.into_iter().flatten() {
                    let tongues: &mut Option<Tongues> = &mut meant[number];
                    let known = tongues.map_or(stems.tongues(), |t| t.with(stems.tongues()));
                    *tongues = Some(known);
                }
            }
        }
        for (number, (_, folded)) in words.iter().enumerate() {
            if folded == asked {
                meant[number] = Some(Tongues::ALL);
            }
        }
        meant
    }
}

/// A part of a query, and where it is looked for.
type Place = (*const Node, Region);

/// One article, scanned. Nodes are told apart by where they lie in memory.
pub struct Scan<'a> {
    article: &'a Article,
    meanings: &'a Meanings<'a>,
    scope: Scope,
    found: RefCell<HashMap<Place, Rc<Vec<Match>>>>,
}

impl<'a> Scan<'a> {
    pub fn new(article: &'a Article, meanings: &'a Meanings, scope: Scope) -> Scan<'a> {
        Scan {
            article,
            meanings,
            scope,
            found: RefCell::default(),
        }
    }

    /// The passages that match.
    pub fn passages(&self, query: &Node) -> Vec<usize> {
        let count = self.article.passages.len();
        if self.scope == Scope::Usual {
            return (0..count).filter(|&p| self.matches_in(query, p)).collect();
        }
        if !self.holds(query, Region::Whole) {
            return Vec::new();
        }
        let carried = self.carried(query, Region::Whole);
        match carried.is_empty() {
            true => (0..count).collect(),
            false => carried.into_iter().collect(),
        }
    }

    /// Whether a stretch of a passage is one of those that a clause marks.
    pub fn marks(&self, clause: &Node, passage: usize, bytes: &Range<usize>) -> bool {
        let clause = match clause {
            Node::AtLeast(_, inner) => inner,
            clause => clause,
        };
        let words = &self.article.passages[passage];
        self.places(clause, Region::Whole)
            .iter()
            .flat_map(|m| &m.marks)
            .filter(|(start, end)| start.0 <= passage + 1 && passage < end.0)
            .any(|(start, end)| {
                // Of a stretch across two passages each shows its part.
                let first = if start.0 == passage + 1 { start.1 } else { 0 };
                let last = if end.0 == passage + 1 {
                    end.1
                } else {
                    words.len() - 1
                };
                words[first].bytes.start == bytes.start && words[last].bytes.end == bytes.end
            })
    }

    /// Whether a passage matches: the headline belongs to the first.
    fn matches_in(&self, node: &Node, passage: usize) -> bool {
        let touches = |m: &Match| {
            m.marks
                .iter()
                .any(|(a, b)| a.0.saturating_sub(1) == passage || b.0.saturating_sub(1) == passage)
        };
        match node {
            Node::All => true,
            Node::Words(_) | Node::Near(..) => self.places(node, Region::Whole).iter().any(touches),
            Node::AtLeast(n, inner) => {
                let found = self.places(inner, Region::Whole);
                found.iter().filter(|m| touches(m)).count() >= *n as usize
            }
            Node::Group(items) => self.group(items, &|n| self.matches_in(n, passage)),
            Node::And(nodes) => nodes.iter().all(|n| self.matches_in(n, passage)),
            Node::Or(nodes) => nodes.iter().any(|n| self.matches_in(n, passage)),
            Node::Not(inner) => !self.matches_in(inner, passage),
            Node::Boost(inner, _) => self.matches_in(inner, passage),
            Node::Title(inner) => self.holds(inner, Region::Title),
            Node::Lead(inner) => {
                let lead = self.first_paragraph();
                let shown = passage == 0
                    || self.article.passages[passage]
                        .first()
                        .is_some_and(|w| w.paragraph == lead);
                shown && self.holds(inner, Region::Lead)
            }
            Node::Field(field) => self.carries(field),
        }
    }

    /// Whether a region matches, taken as one.
    fn holds(&self, node: &Node, region: Region) -> bool {
        match node {
            Node::All => true,
            Node::Words(_) | Node::Near(..) => !self.places(node, region).is_empty(),
            Node::AtLeast(n, inner) => self.places(inner, region).len() >= *n as usize,
            Node::Group(items) => self.group(items, &|n| self.holds(n, region)),
            Node::And(nodes) => nodes.iter().all(|n| self.holds(n, region)),
            Node::Or(nodes) => nodes.iter().any(|n| self.holds(n, region)),
            Node::Not(inner) => !self.holds(inner, region),
            Node::Boost(inner, _) => self.holds(inner, region),
            Node::Title(inner) => self.holds(inner, Region::Title),
            Node::Lead(inner) => self.holds(inner, Region::Lead),
            Node::Field(field) => self.carries(field),
        }
    }

    /// Any of the words, unless one is demanded; with those demanded, without those forbidden.
    fn group(&self, items: &[Item], is: &dyn Fn(&Node) -> bool) -> bool {
        let demanded =
            |i: &&Item| i.occur == Occur::Must || i.occur == Occur::Any && i.node.is_field();
        let word_demanded = items
            .iter()
            .any(|i| i.occur == Occur::Must && !i.node.is_field());
        let any: Vec<&Item> = kept(items);
        items.iter().filter(demanded).all(|i| is(&i.node))
            && !items.iter().any(|i| i.occur == Occur::Not && is(&i.node))
            && (word_demanded || any.is_empty() || any.iter().any(|i| is(&i.node)))
    }

    /// The passages that carry something of a query that the article matches.
    fn carried(&self, node: &Node, region: Region) -> BTreeSet<usize> {
        if !self.holds(node, region) {
            return BTreeSet::new();
        }
        let of = |nodes: Vec<&Node>| nodes.iter().flat_map(|n| self.carried(n, region)).collect();
        let places = |node: &Node| {
            self.places(node, region)
                .iter()
                .flat_map(|m| m.marks.iter().flat_map(|(a, b)| [a.0, b.0]))
                .map(|part| part.saturating_sub(1))
                .collect()
        };
        match node {
            Node::Words(_) | Node::Near(..) => places(node),
            Node::AtLeast(_, inner) => places(inner),
            Node::Group(items) => {
                let any = kept(items);
                let wanted = |i: &&Item| i.occur == Occur::Must || i.node.is_field();
                let wanted = items
                    .iter()
                    .filter(|i| i.occur != Occur::Not)
                    .filter(wanted);
                of(wanted.chain(any).map(|i| &i.node).collect())
            }
            Node::And(nodes) | Node::Or(nodes) => of(nodes.iter().collect()),
            Node::Boost(inner, _) => self.carried(inner, region),
            Node::Title(inner) => self.carried(inner, Region::Title),
            Node::Lead(inner) => self.carried(inner, Region::Lead),
            Node::All | Node::Not(_) | Node::Field(_) => BTreeSet::new(),
        }
    }

    fn part(&self, part: usize) -> &[Word] {
        match part {
            0 => &self.article.title,
            part => &self.article.passages[part - 1],
        }
    }

    fn word(&self, at: At) -> &Word {
        &self.part(at.0)[at.1]
    }

    fn first_paragraph(&self) -> usize {
        let words = self.article.passages.first().and_then(|p| p.first());
        words.map_or(0, |w| w.paragraph)
    }

    /// Every word of a region, in order.
    fn words(&self, region: Region) -> Vec<At> {
        let lead = self.first_paragraph();
        (0..=self.article.passages.len())
            .flat_map(|part| (0..self.part(part).len()).map(move |n| (part, n)))
            .filter(|&at| match region {
                Region::Whole => true,
                Region::Title => at.0 == 0,
                Region::Lead => at.0 == 0 || self.word(at).paragraph == lead,
            })
            .collect()
    }

    /// How many words one stands behind another; `None` across parts that are not read as one text.
    fn distance(&self, from: At, to: At) -> Option<i64> {
        let before = |at: At| {
            let passages = self.article.passages[..at.0.saturating_sub(1)].iter();
            (passages.map(Vec::len).sum::<usize>() + at.1) as i64
        };
        let one_text = match self.scope {
            Scope::Usual => from.0 == to.0,
            Scope::Article => (from.0 == 0) == (to.0 == 0),
        };
        one_text.then(|| before(to) - before(from))
    }

    /// Where something stands.
    fn places(&self, node: &Node, region: Region) -> Rc<Vec<Match>> {
        let key = (std::ptr::from_ref(node), region);
        if let Some(known) = self.found.borrow().get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.look(node, region));
        self.found.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    fn look(&self, node: &Node, region: Region) -> Vec<Match> {
        let mut found: Vec<Match> = match node {
            Node::Words(phrase) => self.phrase(phrase, region),
            Node::Group(items) => {
                let kept = kept(items);
                kept.iter()
                    .flat_map(|i| self.places(&i.node, region).to_vec())
                    .collect()
            }
            Node::Or(nodes) => nodes
                .iter()
                .flat_map(|n| self.places(n, region).to_vec())
                .collect(),
            Node::Boost(inner, _) => self.places(inner, region).to_vec(),
            Node::Near(how, a, b) => {
                self.near(*how, &self.places(a, region), &self.places(b, region))
            }
            _ => panic!("{node} has no place"),
        };
        found.sort();
        let mut joined: Vec<Match> = Vec::new();
        for found in found {
            match joined.last_mut() {
                Some(last) if (last.start, last.end) == (found.start, found.end) => {
                    last.marks.extend(found.marks);
                }
                _ => joined.push(found),
            }
        }
        joined
    }

    fn near(&self, how: Proximity, first: &[Match], second: &[Match]) -> Vec<Match> {
        let pair = |a: &Match, b: &Match| Match {
            start: a.start.min(b.start),
            end: a.end.max(b.end),
            marks: a.marks.union(&b.marks).copied().collect(),
        };
        let within = |a: &Match, b: &Match, n: u32| {
            self.distance(a.end, b.start)
                .is_some_and(|d| (1..=i64::from(n)).contains(&d))
        };
        let mut found = Vec::new();
        let unit = |at: At| match how {
            Proximity::Sentence => (at.0, self.word(at).sentence),
            _ if at.0 == 0 => (0, HEADLINE),
            _ => (1, self.word(at).paragraph),
        };
        match how {
            Proximity::Near(n) | Proximity::Adj(n) => {
                for a in first {
                    for b in second {
                        let backwards = matches!(how, Proximity::Near(_)) && within(b, a, n);
                        if within(a, b, n) || backwards {
                            found.push(pair(a, b));
                        }
                    }
                }
            }
            Proximity::Sentence | Proximity::Paragraph => {
                let inside = |m: &&Match, u| unit(m.start) == u && unit(m.end) == u;
                let units: BTreeSet<_> = first.iter().map(|m| unit(m.start)).collect();
                for u in units {
                    let a: Vec<_> = first.iter().filter(|m| inside(m, u)).collect();
                    let b: Vec<_> = second.iter().filter(|m| inside(m, u)).collect();
                    let apart = a
                        .iter()
                        .any(|a| b.iter().any(|b| a.end < b.start || b.end < a.start));
                    if apart {
                        let all = a.into_iter().chain(b).cloned();
                        found.extend(all.reduce(|x, y| pair(&x, &y)));
                    }
                }
            }
        }
        found
    }

    fn phrase(&self, phrase: &Phrase, region: Region) -> Vec<Match> {
        let words = self.words(region);
        let lists: Vec<Vec<At>> = phrase
            .terms()
            .iter()
            .map(|term| {
                let meant = self.meanings.of(term);
                let is = |at: &&At| {
                    meant[self.word(**at).number].is_some_and(|t| t.has(self.article.tongue))
                };
                words.iter().filter(is).copied().collect()
            })
            .collect();
        let mut found = Vec::new();
        self.assign(&lists, phrase.slop, &mut Vec::new(), &mut found);
        found
    }

    /// Tries every choice of places for the words of a phrase.
    fn assign(&self, lists: &[Vec<At>], slop: u32, chosen: &mut Vec<At>, found: &mut Vec<Match>) {
        let Some(list) = lists.get(chosen.len()) else {
            // How far each word is from where the first one wants it.
            let off: Option<Vec<i64>> = chosen
                .iter()
                .enumerate()
                .map(|(n, &at)| Some(self.distance(chosen[0], at)? - n as i64))
                .collect();
            if let Some(off) = off
                && let (Some(least), Some(most)) = (off.iter().min(), off.iter().max())
                && most - least <= i64::from(slop)
                && let (Some(&start), Some(&end)) = (chosen.iter().min(), chosen.iter().max())
            {
                found.push(Match {
                    start,
                    end,
                    marks: BTreeSet::from([(start, end)]),
                });
            }
            return;
        };
        for &at in list {
            let near = chosen.first().is_none_or(|&first| {
                let most = i64::from(slop) + lists.len() as i64;
                self.distance(first, at).is_some_and(|d| d.abs() <= most)
            });
            if near && !chosen.contains(&at) {
                chosen.push(at);
                self.assign(lists, slop, chosen, found);
                chosen.pop();
            }
        }
    }

    /// Whether the article carries what a field asks for.
    fn carries(&self, field: &Field) -> bool {
        let a = self.article;
        let dated = |days: &Interval| a.dates.iter().chain(&a.published).any(|d| d.overlaps(days));
        match field {
            Field::Actor(Value::None) => a.actors == 0,
            Field::Place(Value::None) => a.places.is_empty(),
            Field::Source(Value::None) => a.source.is_none(),
            Field::Lang(Value::None) => a.lang.is_none(),
            Field::Path(Value::None) => false,
            Field::Date(Days::None) => a.dates.is_empty() && a.published.is_none(),
            Field::Published(Days::None) => a.published.is_none(),
            Field::Date(Days::Within(days)) => dated(days),
            Field::Published(Days::Within(days)) => a.published.is_some_and(|p| p.overlaps(days)),
            Field::Source(Value::Is(name)) => a.source.as_ref().is_some_and(|source| {
                format!(" {} ", key(source)).contains(&format!(" {} ", key(name)))
            }),
            Field::Lang(Value::Is(code)) => a.lang.as_ref() == Some(code),
            Field::Path(Value::Is(part)) => a.id.to_lowercase().contains(&part.to_lowercase()),
            Field::Place(Value::Is(id)) => {
                let gazetteer = Gazetteer::builtin();
                a.places
                    .iter()
                    .any(|p| p == id || gazetteer.is_within(p, id))
            }
            Field::Actor(Value::Is(_)) => panic!("not generated"),
        }
    }
}

/// Of the words any of which will do, those that count: small words only among themselves.
fn kept(items: &[Item]) -> Vec<&Item> {
    let small = |i: &Item| match &i.node {
        Node::Words(p) => !p.quoted && p.form == Form::Usual && is_stop(&p.text),
        _ => false,
    };
    let any: Vec<&Item> = items
        .iter()
        .filter(|i| i.occur == Occur::Any && !i.node.is_field())
        .collect();
    let demanded = items
        .iter()
        .any(|i| i.occur == Occur::Must && !i.node.is_field());
    match demanded || any.iter().any(|i| !small(i)) {
        true => any.into_iter().filter(|i| !small(i)).collect(),
        false => any,
    }
}

/// A pattern, its letters folded.
fn wild(pattern: &str) -> Vec<char> {
    pattern
        .split_inclusive(['*', '?'])
        .flat_map(|piece| {
            let wild = piece.chars().last().filter(|c| "*?".contains(*c));
            let literal = piece.trim_end_matches(['*', '?']);
            fold(literal).chars().chain(wild).collect::<Vec<_>>()
        })
        .collect()
}

/// A word as it is written, without a possessive, with one kind of apostrophe.
fn written(word: &str) -> String {
    let word: String = word
        .chars()
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    word.strip_suffix("'s").unwrap_or(&word).to_owned()
}

fn like(pattern: &[char], text: &[char]) -> bool {
    match (pattern.first(), text.first()) {
        (None, None) => true,
        (Some('*'), _) => {
            like(&pattern[1..], text) || !text.is_empty() && like(pattern, &text[1..])
        }
        (Some('?'), Some(_)) => like(&pattern[1..], &text[1..]),
        (Some(a), Some(b)) if a == b => like(&pattern[1..], &text[1..]),
        _ => false,
    }
}

/// How many letters are put in, left out, changed or swapped with their neighbour.
fn changes(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return 3;
    }
    let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            d[i][j] = match (i, j) {
                (0, j) => j,
                (i, 0) => i,
                (i, j) => {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (d[i - 1][j] + 1)
                        .min(d[i][j - 1] + 1)
                        .min(d[i - 1][j - 1] + same);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(d[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    d[a.len()][b.len()]
}
