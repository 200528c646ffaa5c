//! Hits as a TREC run: `qid Q0 docid rank score belli`.

use crate::render::json::cited;
use crate::search::Hit;
use std::io::{self, Write};

/// Whether a run ranks articles or passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The id is the article's path.
    Article,
    /// The id is the passage's.
    Passage,
}

/// Writes one hit. White space and `%` in ids are percent-encoded, since columns are separated by it.
pub fn hit(out: &mut impl Write, rank: usize, qid: &str, unit: Unit, hit: &Hit) -> io::Result<()> {
    let (qid, id) = (encode(qid), id(unit, hit));
    writeln!(out, "{qid} Q0 {id} {rank} {} belli", hit.score)
}

/// The id of a hit as a run has it.
pub fn id(unit: Unit, hit: &Hit) -> String {
    encode(&match unit {
        Unit::Article => cited(hit),
        Unit::Passage => format!("{}#{}", cited(hit), hit.ordinal),
    })
}

fn encode(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || c == '%' {
            let mut bytes = [0; 4];
            out.extend(
                c.encode_utf8(&mut bytes)
                    .bytes()
                    .map(|b| format!("%{b:02X}")),
            );
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_have_no_white_space() {
        assert_eq!(super::encode("a b%c/é"), "a%20b%25c/é");
    }
}
