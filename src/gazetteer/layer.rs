//! Layers: packs that lie on each other, the built-in one lowest, a user's own above.
//!
//! A layer is read where it lies, in the program or in a file of the index. Its keys are complete:
//! what a name means below is in it as well, so that the uppermost layer with a key decides. Not for
//! making packs (`pack`).

use super::format::{Field, HEADER, MAGIC, ROW, SECTIONS, STEP, Section, slots, u32_at, u64_at};
use fst::raw::Fst;
use std::ops::Range;
use std::sync::Arc;

/// Bytes that stay where they are as long as somebody holds them.
pub type Held = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// One pack.
#[derive(Clone)]
pub(super) struct Layer {
    fixed: &'static [u8],
    held: Option<Held>,
    /// Of the built-in layer; opening one is cheap, but not when it is done for every word.
    fst: Option<Fst<&'static [u8]>>,
    sections: [(usize, usize); SECTIONS],
    /// Number of its first row.
    pub first: u32,
    /// How many rows it has.
    pub rows: u32,
    /// How many of them have a GeoNames number.
    pub numbered: u32,
}

impl Layer {
    /// Opens what is compiled into the program.
    pub(super) fn fixed(data: &'static [u8]) -> Result<Layer, String> {
        let mut layer = Layer::open(data)?;
        let (at, len) = layer.sections[Section::Names as usize];
        layer.fixed = data;
        layer.fst = Some(Fst::new(&data[at..at + len]).map_err(|e| e.to_string())?);
        Ok(layer)
    }

    /// Opens a user's pack.
    pub(super) fn held(data: Held) -> Result<Layer, String> {
        let mut layer = Layer::open((*data).as_ref())?;
        layer.held = Some(data);
        layer.fst()?;
        Ok(layer)
    }

    fn open(data: &[u8]) -> Result<Layer, String> {
        if data.get(..8) != Some(MAGIC.as_slice()) || data.len() < HEADER {
            return Err("not a packed gazetteer of this version".into());
        }
        let mut sections = [(0, 0); SECTIONS];
        for (i, s) in sections.iter_mut().enumerate() {
            *s = (
                u32_at(data, 8 + i * 8) as usize,
                u32_at(data, 12 + i * 8) as usize,
            );
            if s.0 + s.1 > data.len() {
                return Err("a packed gazetteer is cut short".into());
            }
        }
        Ok(Layer {
            fixed: &[],
            held: None,
            fst: None,
            first: u32_at(data, Field::First as usize),
            rows: (sections[Section::Rows as usize].1 / ROW) as u32,
            numbered: u32_at(data, Field::Numbered as usize),
            sections,
        })
    }

    /// A layer without rows and names.
    pub(super) fn empty() -> Layer {
        Layer {
            fixed: &[],
            held: None,
            fst: None,
            sections: [(0, 0); SECTIONS],
            first: 0,
            rows: 0,
            numbered: 0,
        }
    }

    /// Returns the whole pack.
    pub(super) fn data(&self) -> &[u8] {
        match &self.held {
            None => self.fixed,
            Some(held) => (**held).as_ref(),
        }
    }

    pub(super) fn section(&self, s: Section) -> &[u8] {
        let (at, len) = self.sections[s as usize];
        self.data().get(at..at + len).unwrap_or(&[])
    }

    /// Returns the table of names.
    pub(super) fn fst(&self) -> Result<Fst<&[u8]>, String> {
        match &self.fst {
            Some(fst) => Ok(fst.clone()),
            None => Fst::new(self.section(Section::Names)).map_err(|e| e.to_string()),
        }
    }

    /// Returns a hash of everything in it.
    pub(super) fn hash(&self) -> u64 {
        u64_at(self.data(), Field::Hash as usize)
    }

    /// Returns the hash of what it was made for.
    pub(super) fn below(&self) -> u64 {
        u64_at(self.data(), Field::Below as usize)
    }

    /// Returns the row with a GeoNames number.
    pub(super) fn row_of_number(&self, number: u32) -> Option<u32> {
        let (marks, rows) = (self.section(Section::Numbers), self.section(Section::Rows));
        let numbered = self.numbered as usize;
        let marked = first_above(0..marks.len() / 4, number, |i| u32_at(marks, i * 4));
        let from = marked.checked_sub(1)? * STEP;
        let to = numbered.min(from + STEP);
        let row = first_above(from..to, number, |i| u32_at(rows, i * ROW)).checked_sub(1)?;
        (u32_at(rows, row * ROW) == number).then_some(self.first + row as u32)
    }

    /// Returns the row without a number that has an id.
    pub(super) fn row_of_id(&self, id: &str) -> Option<u32> {
        let words = self.section(Section::Ids);
        let row = |slot: usize| u32_at(words, slot * 4).checked_sub(1);
        let is_it = |row: &u32| self.id(*row as usize) == id.as_bytes();
        let mut tried = slots(id.as_bytes(), words.len() / 4).map_while(row);
        tried.find(is_it).map(|row| self.first + row)
    }

    /// Returns the id of a row without a number, by its number in the layer.
    pub(super) fn id(&self, row: usize) -> &[u8] {
        let bytes = self.section(Section::Rows).get(row * ROW..);
        let bytes = bytes.and_then(|b| b.first_chunk()).unwrap_or(&[0; ROW]);
        let (at, len) = (u32_at(bytes, 0) as usize, usize::from(bytes[35]));
        let text = self.section(Section::Text);
        text.get(at..at + len).unwrap_or_default()
    }

    /// Returns the row that stands for one below, or that one.
    pub(super) fn redirect(&self, row: u32) -> u32 {
        let pairs = self.section(Section::Replaced);
        let (mut from, mut to) = (0, pairs.len() / 8);
        while from < to {
            let middle = from + (to - from) / 2;
            match u32_at(pairs, middle * 8).cmp(&row) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return u32_at(pairs, middle * 8 + 4),
            }
        }
        row
    }
}

/// Of places whose numbers rise, the first with one above this.
fn first_above(mut places: Range<usize>, number: u32, at: impl Fn(usize) -> u32) -> usize {
    while places.start < places.end {
        let middle = places.start + places.len() / 2;
        match at(middle) <= number {
            true => places.start = middle + 1,
            false => places.end = middle,
        }
    }
    places.start
}
