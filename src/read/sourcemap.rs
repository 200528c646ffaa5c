//! The map from offsets in an article's text back to bytes of the original file.
//!
//! A citation names bytes of the file the user has, not of our decoded copy. Most files are plain
//! UTF-8, where the map is one piece; others are run-length pieces of equal steps: two text bytes
//! per source byte for Cyrillic in windows-1251, one per two for Latin letters in UTF-16, one per
//! six for `\u0041` in JSON.
//!
//! It is not a decoder, and it knows nothing about lines.

use std::ops::Range;

/// One piece: units of `text_step` text bytes, each standing for `source_step` source bytes.
///
/// Offsets are 32 bit to keep the map of a large file in a legacy encoding small: text that
/// mixes steps, like Cyrillic words and spaces, costs two pieces per word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where the piece starts in the text.
    text: u32,
    /// Where it starts in the file, less the map's base; [`NOWHERE`] for text the file lacks.
    source: u32,
    text_step: u8,
    source_step: u8,
}

/// A run of units in a range of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// How many bytes of text it has.
    pub text: usize,
    /// The byte of the file at which it starts; `None` where it stands nowhere.
    pub source: Option<usize>,
    /// How many bytes of text a unit has.
    pub text_step: u8,
    /// How many bytes of the file a unit stands for.
    pub source_step: u8,
}

/// Marks a piece that stands nowhere in the file, like the blank line after a title from metadata.
const NOWHERE: u32 = u32::MAX;

/// Maps offsets in an article's text to bytes of the original file.
///
/// ```
/// use belli::read::SourceMap;
/// let map = SourceMap::identity(3); // a byte-order mark of three bytes
/// assert_eq!(map.range(0..5), Some(3..8));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceMap {
    base: usize,
    pieces: Vec<Piece>,
    /// Length of the text the pieces cover; `None` for an identity without end.
    end: Option<usize>,
}

impl SourceMap {
    /// A map for text that equals the file's bytes from `offset` on, of any length.
    pub fn identity(offset: usize) -> Self {
        let piece = Piece {
            text: 0,
            source: 0,
            text_step: 1,
            source_step: 1,
        };
        Self {
            base: offset,
            pieces: vec![piece],
            end: None,
        }
    }

    /// A map for text that stands nowhere in the file, as the text of an HTML page does.
    pub fn unmapped() -> Self {
        Self::default()
    }

    /// An empty map whose pieces will lie at or after `base` in the file.
    ///
    /// Pieces before the base, or more than 4 GB behind it, become unmapped.
    pub(super) fn from_base(base: usize) -> Self {
        Self {
            base,
            pieces: Vec::new(),
            end: Some(0),
        }
    }

    /// Appends `len` bytes of text made of equal units that start at `source` in the file.
    pub(super) fn push(
        &mut self,
        len: usize,
        source: Option<usize>,
        text_step: u8,
        source_step: u8,
    ) {
        let at = self.end.unwrap_or(0);
        self.end = Some(at + len);
        if len == 0 {
            return;
        }
        let source = source
            .and_then(|s| u32::try_from(s.checked_sub(self.base)?).ok())
            .unwrap_or(NOWHERE);
        // A lone unit may have any text step, so the piece before decides whether it continues.
        if let Some(last) = self.pieces.last() {
            let continues = if source == NOWHERE {
                last.source == NOWHERE
            } else {
                last.source != NOWHERE
                    && (last.text_step, last.source_step) == (text_step, source_step)
                    && step(last, at) == Some(source as usize)
            };
            if continues {
                return;
            }
        }
        match u32::try_from(at) {
            Ok(text) => self.pieces.push(Piece {
                text,
                source,
                text_step,
                source_step,
            }),
            // Behind 4 GB of text in uneven steps nothing can be placed any more; one piece says so.
            Err(_) => {
                if self.pieces.last().is_some_and(|last| last.text != NOWHERE) {
                    let (text, source) = (NOWHERE, NOWHERE);
                    self.pieces.push(Piece {
                        text,
                        source,
                        text_step: 1,
                        source_step: 1,
                    });
                }
            }
        }
    }

    /// Appends `len` bytes of text that stand nowhere in the file.
    pub(super) fn push_unmapped(&mut self, len: usize) {
        self.push(len, None, 1, 1);
    }

    /// Appends what `outer` says about `range`, for text copied from there unchanged.
    pub(super) fn append(&mut self, outer: &Self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let first = outer
            .pieces
            .partition_point(|p| p.text as usize <= range.start);
        let Some(mut index) = first.checked_sub(1) else {
            self.push_unmapped(range.len());
            return;
        };
        let mut at = range.start;
        while at < range.end {
            let Some(piece) = outer.pieces.get(index) else {
                break;
            };
            let next = outer
                .pieces
                .get(index + 1)
                .map_or(range.end, |p| p.text as usize);
            let end = next.min(range.end);
            if end > at {
                let source = step(piece, at).map(|s| s + outer.base);
                self.push(end - at, source, piece.text_step, piece.source_step);
                at = end;
            }
            index += 1;
        }
    }

    /// Appends `len` bytes of text that the text under `outer` writes as `range`, an escape.
    pub(super) fn append_unit(&mut self, outer: &Self, range: Range<usize>, len: usize) {
        let source = outer.range(range);
        match source.map(|s| (s.start, u8::try_from(s.len()), u8::try_from(len))) {
            Some((start, Ok(source_step), Ok(text_step))) => {
                self.push(len, Some(start), text_step, source_step);
            }
            _ => self.push_unmapped(len),
        }
    }

    /// Gives room back that growing took.
    pub(super) fn shrink(&mut self) {
        self.pieces.shrink_to_fit();
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.text as usize <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// Returns the file's byte at which the character holding text byte `at` starts.
    ///
    /// At the text's end it is the byte behind the last character; `None` where the text stands
    /// nowhere in the file.
    pub fn source(&self, at: usize) -> Option<usize> {
        match self.end {
            Some(end) if at > end => None,
            Some(end) if at == end && at > 0 => Some(self.range(at - 1..at)?.end),
            _ => Some(step(self.piece(at)?, at)? + self.base),
        }
    }

    /// Takes a range of the text apart: runs of equal steps, in order.
    pub fn runs(&self, range: Range<usize>) -> Vec<Run> {
        let mut part = SourceMap::from_base(self.base);
        part.append(self, range.clone());
        let ends = part.pieces.iter().skip(1).map(|p| p.text as usize);
        let ends: Vec<usize> = ends.chain([range.len()]).collect();
        part.pieces
            .iter()
            .zip(ends)
            .map(|(piece, end)| Run {
                text: end - piece.text as usize,
                source: step(piece, piece.text as usize).map(|s| s + part.base),
                text_step: piece.text_step,
                source_step: piece.source_step,
            })
            .collect()
    }

    /// Returns the bytes of the file that a range of the text was read from.
    ///
    /// It covers whole characters (or escapes). `None` if either end stands nowhere in the file,
    /// or if the end stands before the start, as when a title follows its text.
    pub fn range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = self.source(range.start)?;
        if range.is_empty() {
            return Some(start..start);
        }
        let last = range.end - 1;
        if self.end.is_some_and(|end| last >= end) {
            return None;
        }
        let piece = self.piece(last)?;
        let end = step(piece, last)? + self.base + piece.source_step as usize;
        (start <= end).then_some(start..end)
    }
}

/// The source offset, less the base, of the unit of `piece` that holds text byte `at`.
fn step(piece: &Piece, at: usize) -> Option<usize> {
    if piece.source == NOWHERE {
        return None;
    }
    let units = (at - piece.text as usize) / piece.text_step.max(1) as usize;
    Some(piece.source as usize + units * piece.source_step as usize)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn identity_has_no_end() {
        let map = SourceMap::identity(0);
        assert_eq!(map.range(5..9), Some(5..9));
        assert_eq!(map.source(1 << 40), Some(1 << 40));
    }

    #[test]
    fn unmapped_text_has_no_source() {
        assert_eq!(SourceMap::unmapped().range(0..3), None);
        assert_eq!(SourceMap::unmapped().source(0), None);
    }

    #[test]
    fn runs_of_equal_steps_are_one_piece() {
        let mut map = SourceMap::from_base(2);
        for i in 0..100 {
            map.push(2, Some(2 + i), 2, 1);
        }
        assert_eq!(map.pieces.len(), 1);
        assert_eq!(map.range(10..14), Some(7..9));
        // A range that starts within a character covers the whole of it.
        assert_eq!(map.range(11..13), Some(7..9));
        assert_eq!(map.source(200), Some(102));
        assert_eq!(map.source(201), None);
    }

    #[test]
    fn pieces_are_copied_in_parts() {
        let mut outer = SourceMap::from_base(0);
        outer.push(3, Some(0), 1, 1);
        outer.push(4, Some(3), 2, 1);
        outer.push(3, Some(5), 1, 1);
        let mut map = SourceMap::from_base(0);
        map.append(&outer, 1..7);
        map.push_unmapped(2);
        map.append(&outer, 7..10);
        assert_eq!(map.range(0..6), Some(1..5));
        assert_eq!(map.source(6), None);
        assert_eq!(map.range(8..11), Some(5..8));
    }

    #[test]
    fn runs_say_where_a_range_comes_from() {
        let mut map = SourceMap::from_base(2);
        map.push(3, Some(2), 1, 1);
        map.push(4, Some(5), 2, 1);
        map.push_unmapped(2);
        let run = |text, source, text_step, source_step| Run {
            text,
            source,
            text_step,
            source_step,
        };
        assert_eq!(
            map.runs(1..9),
            [
                run(2, Some(3), 1, 1),
                run(4, Some(5), 2, 1),
                run(2, None, 1, 1)
            ]
        );
        assert_eq!(SourceMap::identity(3).runs(2..9), [run(7, Some(5), 1, 1)]);
    }

    #[test]
    fn an_order_that_turns_back_has_no_range() {
        let mut map = SourceMap::from_base(0);
        map.push(3, Some(50), 1, 1);
        map.push(3, Some(10), 1, 1);
        assert_eq!(map.range(0..6), None);
        assert_eq!(map.range(3..6), Some(10..13));
    }
}
