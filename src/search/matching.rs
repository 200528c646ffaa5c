//! Matching: what a query's tree makes of one article.
//!
//! A passage matches where a match touches it; with a wide scope, the article as a whole. Postings
//! say where words stand; the stored text is read only where sentences, paragraphs or spelling
//! matter. Not for where parts stand near each other (`proximity`), not for scores (`rank`).

use super::carriers::Carriers;
use super::kept;
use super::passage_text::{PassageText, Stored};
use super::phrase;
use super::plan::{Places, Plan, Tree};
use super::postings::{At, Block, Cursor, Read};
use super::proximity::touched;
use super::words::as_written;
use super::{Request, Scope};
use crate::error::Result;
use crate::index::Index;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::DocAddress;

/// The first and the last word of each match in a passage.
type Stretches = Vec<(u32, u32)>;

/// What is marked in an article, and the clause that it satisfies.
#[derive(Debug, Clone)]
pub(super) struct Mark<'a> {
    /// The first and the last word.
    pub words: (At, At),
    /// The clause, as it was read.
    pub clause: &'a str,
}

/// The part of an article in which words count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Whole,
    Title,
    Lead,
}

/// How often a leaf occurs in an article, and where.
pub(super) struct Occurrences {
    counts: Vec<f64>,
    title: f64,
    pub matches: Option<Vec<(At, At)>>,
}

/// One article, looked at for one request.
pub(super) struct Article<'a, 'c> {
    index: &'a Index,
    plan: &'a Plan,
    pub(super) request: &'a Request,
    read: Read,
    cursors: &'c mut [Cursor],
    carriers: &'c [Arc<Carriers>],
    first: DocAddress,
    pub(super) passages: usize,
    occurrences: &'c mut Vec<Option<Occurrences>>,
    stored: BTreeMap<usize, Stored>,
    texts: BTreeMap<usize, PassageText>,
    /// How many words stand before each passage, where that has been asked for.
    pub(super) bases: Option<Vec<u64>>,
}

/// What an article is looked at with.
pub(super) struct Lens<'a, 'c> {
    pub index: &'a Index,
    pub plan: &'a Plan,
    pub request: &'a Request,
    pub read: Read,
    pub cursors: &'c mut [Cursor],
    pub carriers: &'c [Arc<Carriers>],
    /// Room for what is found in an article.
    pub occurrences: &'c mut Vec<Option<Occurrences>>,
}

impl<'a, 'c> Article<'a, 'c> {
    pub(super) fn new(lens: Lens<'a, 'c>, first: DocAddress, passages: usize) -> Article<'a, 'c> {
        lens.occurrences.clear();
        lens.occurrences
            .resize_with(lens.plan.leaves.len(), || None);
        Article {
            occurrences: lens.occurrences,
            index: lens.index,
            plan: lens.plan,
            request: lens.request,
            read: lens.read,
            cursors: lens.cursors,
            carriers: lens.carriers,
            first,
            passages,
            stored: BTreeMap::new(),
            texts: BTreeMap::new(),
            bases: None,
        }
    }

    /// What it is looked at for.
    pub(super) fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The first and last words of what was typed in a passage, by leaf, and the leaves' weights.
    pub(super) fn typed(&mut self, passage: usize) -> Result<(Vec<Stretches>, Vec<f64>)> {
        let (mut places, mut weights) = (Vec::new(), Vec::new());
        let plan = self.plan;
        for (number, leaf) in plan.leaves.iter().enumerate() {
            if !leaf.scored || leaf.stands_for.is_some() {
                continue;
            }
            let matches = self.occurrences(number)?.matches.iter().flatten();
            let here = matches.filter(|(start, _)| start.part() == passage + 1);
            let words = here.map(|(start, end)| (start.word(), end.word()));
            places.push(words.collect());
            weights.push(leaf.weight);
        }
        Ok((places, weights))
    }

    /// Which passages match the words and fields of the query.
    pub(super) fn matched(&mut self) -> Result<Vec<bool>> {
        let plan = self.plan;
        if self.request.scope == Scope::Usual {
            return self.truth(&plan.tree);
        }
        let mut marks = Vec::new();
        if !self.marks_in(&plan.tree, Region::Whole, None, &mut marks)? {
            return Ok(vec![false; self.passages]);
        }
        // Of an article that matches as a whole: the passages that carry something of the query. Names are
        // carried and stand nowhere.
        let mut carry = vec![false; self.passages];
        for (number, leaf) in plan.leaves.iter().enumerate() {
            if leaf.carries.is_some() && leaf.stands_for.as_ref().is_some_and(|e| e.matches) {
                let counts = &self.occurrences(number)?.counts;
                carry
                    .iter_mut()
                    .zip(counts)
                    .for_each(|(c, n)| *c |= *n > 0.0);
            }
        }
        let nothing = marks.is_empty() && !carry.contains(&true);
        let mut matched: Vec<bool> = carry.into_iter().map(|c| c || nothing).collect();
        for mark in marks {
            if mark.words.0.part() != At::TITLE {
                matched[mark.words.0.passage()] = true;
                matched[mark.words.1.passage()] = true;
            } else {
                matched[0] = true;
            }
        }
        Ok(matched)
    }

    /// What is marked in a passage that matches, and in the headline.
    pub(super) fn marks(&mut self, passage: usize) -> Result<Vec<Mark<'a>>> {
        let mut marks = Vec::new();
        let plan = self.plan;
        let passage = match self.request.scope {
            Scope::Usual => Some(passage),
            Scope::Article => None,
        };
        self.marks_in(&plan.tree, Region::Whole, passage, &mut marks)?;
        Ok(marks)
    }

    /// Counts how often each leaf occurs in each passage.
    pub(super) fn fill(&mut self, block: &mut Block) -> Result<()> {
        block.clear(self.plan.leaves.len(), self.passages);
        for leaf in 0..self.plan.leaves.len() {
            let found = self.occurrences(leaf)?;
            block.of(leaf).copy_from_slice(&found.counts);
            block.title[leaf] = found.title;
        }
        Ok(())
    }

    /// A passage as it is stored.
    pub(super) fn stored(&mut self, passage: usize) -> Result<&Stored> {
        if !self.stored.contains_key(&passage) {
            let doc = self.first.doc_id + passage as u32;
            let address = DocAddress::new(self.first.segment_ord, doc);
            self.stored
                .insert(passage, Stored::read(self.index, address)?);
        }
        Ok(&self.stored[&passage])
    }

    /// The text of a part.
    pub(super) fn text(&mut self, part: usize) -> Result<&PassageText> {
        self.text_to(part, u32::MAX)
    }

    /// The text of a part, cut into words up to this one at least.
    pub(super) fn text_to(&mut self, part: usize, last: u32) -> Result<&PassageText> {
        if !self.texts.contains_key(&part) {
            let index = self.index;
            let text = match part {
                At::TITLE => {
                    let article = self.stored(0)?.article(index)?;
                    PassageText::new(article.title.clone(), false)
                }
                part => {
                    let stored = self.stored(part - 1)?;
                    PassageText::new(stored.text.clone(), stored.passage.continues)
                }
            };
            self.texts.insert(part, text);
        }
        let text = self.texts.get_mut(&part).expect("it was put there above");
        text.cut(last);
        Ok(text)
    }

    /// Passage by passage, whether a part of the query matches.
    fn truth(&mut self, tree: &Tree) -> Result<Vec<bool>> {
        let passages = self.passages;
        let all = |holds: bool| vec![holds; passages];
        Ok(match tree {
            Tree::All | Tree::Optional(_) => all(true),
            Tree::Place(places, _) => self.often(places)?.iter().map(|&n| n > 0).collect(),
            Tree::AtLeast(times, places, _) => {
                let often = self.often(places)?;
                often.iter().map(|n| n >= times).collect()
            }
            Tree::Any(trees) => {
                let mut any = all(false);
                for tree in trees {
                    let truth = self.truth(tree)?;
                    any.iter_mut().zip(truth).for_each(|(a, t)| *a |= t);
                }
                any
            }
            Tree::Both(trees) => {
                let mut both = all(true);
                for tree in trees {
                    let truth = self.truth(tree)?;
                    both.iter_mut().zip(truth).for_each(|(b, t)| *b &= t);
                    if !both.contains(&true) {
                        break;
                    }
                }
                both
            }
            Tree::Not(tree) => self.truth(tree)?.into_iter().map(|t| !t).collect(),
            Tree::Lead(tree) => match self.holds(tree, Region::Lead)? {
                true => (0..passages)
                    .map(|p| self.is_lead(p))
                    .collect::<Result<_>>()?,
                false => all(false),
            },
            Tree::Title(tree) => match self.holds(tree, Region::Title)? {
                true if self.request.within_passage => (0..passages).map(|p| p == 0).collect(),
                holds => all(holds),
            },
            Tree::Carries(test) => (0..passages).map(|p| self.carries(*test, p)).collect(),
        })
    }

    /// How often something occurs in each passage, the headline's with the first.
    fn often(&mut self, places: &Places) -> Result<Vec<u32>> {
        if let Places::Leaf(leaf) = places
            && !self.read.places(&self.plan.leaves[*leaf])
        {
            let found = self.occurrences(*leaf)?;
            let mut often: Vec<u32> = found.counts.iter().map(|&n| n.ceil() as u32).collect();
            often[0] += found.title.ceil() as u32;
            return Ok(often);
        }
        let mut often = vec![0; self.passages];
        for found in self.matches(places, Region::Whole, None)? {
            for passage in touched(&found) {
                often[passage] += 1;
            }
        }
        Ok(often)
    }

    /// Whether a part of the query matches a region, taken as one.
    fn holds(&mut self, tree: &Tree, region: Region) -> Result<bool> {
        self.marks_in(tree, region, None, &mut Vec::new())
    }

    /// Whether a part of the query matches a passage, or a region taken as one, and what is to be
    /// marked of it.
    fn marks_in<'t>(
        &mut self,
        tree: &'t Tree,
        region: Region,
        passage: Option<usize>,
        marks: &mut Vec<Mark<'t>>,
    ) -> Result<bool> {
        Ok(match tree {
            Tree::All => true,
            Tree::Place(places, clause) => self.mark(places, 1, clause, region, passage, marks)?,
            Tree::AtLeast(times, places, clause) => {
                self.mark(places, *times, clause, region, passage, marks)?
            }
            Tree::Any(trees) => {
                let mut any = false;
                for tree in trees {
                    any |= self.marks_in(tree, region, passage, marks)?;
                }
                any
            }
            Tree::Both(trees) => {
                let before = marks.len();
                for tree in trees {
                    if !self.marks_in(tree, region, passage, marks)? {
                        marks.truncate(before);
                        return Ok(false);
                    }
                }
                true
            }
            Tree::Optional(tree) => {
                self.marks_in(tree, region, passage, marks)?;
                true
            }
            Tree::Not(tree) => !self.marks_in(tree, region, passage, &mut Vec::new())?,
            Tree::Lead(tree) => {
                let here = match passage {
                    Some(passage) => self.is_lead(passage)?,
                    None => true,
                };
                here && self.marks_in(tree, Region::Lead, None, marks)?
            }
            Tree::Title(tree) => {
                let here = !self.request.within_passage || passage.is_none_or(|p| p == 0);
                here && self.marks_in(tree, Region::Title, None, marks)?
            }
            Tree::Carries(test) => match passage {
                Some(passage) => self.carries(*test, passage),
                None => self.carriers[*test].article(self.first.doc_id),
            },
        })
    }

    fn mark<'t>(
        &mut self,
        places: &Places,
        times: u32,
        clause: &'t str,
        region: Region,
        passage: Option<usize>,
        marks: &mut Vec<Mark<'t>>,
    ) -> Result<bool> {
        if let Places::Leaf(leaf) = places
            && self.plan.leaves[*leaf].carries.is_some()
        {
            // What is carried stands nowhere; `hit` marks its mentions.
            let counts = &self.occurrences(*leaf)?.counts;
            return Ok(match passage {
                Some(passage) => counts[passage] > 0.0,
                None => counts.iter().any(|&n| n > 0.0),
            });
        }
        if let (Places::Leaf(leaf), Region::Whole) = (places, region)
            && !self.read.places(&self.plan.leaves[*leaf])
        {
            // The words count wherever they stand; what is marked is which passages have them.
            let found = self.occurrences(*leaf)?;
            let parts = std::iter::once(found.title).chain(found.counts.iter().copied());
            // A form that was not typed counts less for the score, but it is there.
            let often: f64 = parts.clone().map(f64::ceil).sum();
            let in_parts = parts.enumerate().filter(|(_, n)| *n > 0.0);
            if often >= f64::from(times) {
                marks.extend(in_parts.map(|(part, _)| Mark {
                    words: (At::new(part, 0), At::new(part, 0)),
                    clause,
                }));
            }
            return Ok(often >= f64::from(times));
        }
        let found = self.matches(places, region, passage)?;
        if (found.len() as u64) < u64::from(times) {
            return Ok(false);
        }
        marks.extend(
            found
                .into_iter()
                .flat_map(|m| m.marks)
                .map(|words| Mark { words, clause }),
        );
        Ok(true)
    }

    fn carries(&self, test: usize, passage: usize) -> bool {
        let taken = self.carriers[test].taken(self.request.within_passage);
        taken.has(self.first.doc_id + passage as u32)
    }

    /// Whether a passage has words of the first paragraph; the first one is shown with the headline.
    fn is_lead(&mut self, passage: usize) -> Result<bool> {
        Ok(passage == 0 || self.paragraph(At::new(passage + 1, 0))? == (1, 0))
    }

    pub(super) fn occurrences(&mut self, leaf: usize) -> Result<&Occurrences> {
        if self.occurrences[leaf].is_none() {
            let found = self.look(leaf)?;
            self.occurrences[leaf] = Some(found);
        }
        Ok(self.occurrences[leaf]
            .as_ref()
            .expect("it was looked up above"))
    }

    fn look(&mut self, number: usize) -> Result<Occurrences> {
        let leaf = &self.plan.leaves[number];
        let start = self.first.doc_id;
        let mut counts = vec![0.0; self.passages];
        if !self.read.places(leaf) {
            let articles = &kept::columns(self.index, self.first.segment_ord)?.articles;
            self.cursors[number].cover_from(start, articles);
            let title = self.cursors[number].count(start, &mut counts);
            return Ok(Occurrences {
                counts,
                title,
                matches: None,
            });
        }
        let mut places = self.cursors[number].places(start, self.passages);
        for (word, places) in leaf.words.iter().zip(&mut places) {
            if let Some(exact) = &word.exact {
                self.keep_written(exact, places)?;
            }
        }
        let matches = self.phrase(places, leaf.slop)?;
        let mut title = 0.0;
        for (start, _) in &matches {
            match start.part() {
                At::TITLE => title += 1.0,
                part => counts[part - 1] += 1.0,
            }
        }
        Ok(Occurrences {
            counts,
            title,
            matches: Some(matches),
        })
    }

    fn keep_written(&mut self, exact: &str, places: &mut Vec<At>) -> Result<()> {
        let mut kept = Vec::new();
        for &at in places.iter() {
            if as_written(self.text(at.part())?.word(at.word())) == exact {
                kept.push(at);
            }
        }
        *places = kept;
        Ok(())
    }

    /// Where the words stand as a phrase.
    fn phrase(&mut self, places: Vec<Vec<At>>, slop: u32) -> Result<Vec<(At, At)>> {
        if let [word] = places.as_slice() {
            return Ok(word.iter().map(|&at| (at, at)).collect());
        }
        if places.iter().any(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let mut of_line = BTreeMap::new();
        let mut lines = Vec::with_capacity(places.len());
        for word in &places {
            let mut list = Vec::with_capacity(word.len());
            for &at in word {
                let line = self.line(at)?;
                of_line.insert(line, at);
                list.push(line);
            }
            lines.push(list);
        }
        let found = match slop {
            0 => phrase::in_order(&lines),
            _ => phrase::out_of_order(&lines, slop),
        };
        Ok(found
            .into_iter()
            .map(|(start, end)| (of_line[&start], of_line[&end]))
            .collect())
    }
}
