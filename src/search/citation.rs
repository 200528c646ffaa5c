//! Citations: what tells an article from those of other roots that have its path.
//!
//! Not for how it is shown (`render`).

use super::kept;
use crate::error::Result;
use crate::index::Index;
use crate::index::stored::StoredArticle;
use crate::index::writer::article_id;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

/// The shortest end of the path of an article's root that no other root with such an article has;
/// `None` where there is no other.
pub(super) fn below(index: &Index, article: &StoredArticle) -> Result<Option<String>> {
    let fields = index.fields();
    if kept::vocabulary(index, fields.root)?
        .terms()
        .nth(1)
        .is_none()
    {
        return Ok(None);
    }
    let term = Term::from_field_text(fields.path, &article_id(article));
    let mut others = Vec::new();
    for (number, segment) in (0..).zip(index.searcher().segment_readers()) {
        let inverted = segment.inverted_index(fields.path);
        let inverted = inverted.map_err(|e| index.damaged(e))?;
        let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(|e| index.damaged(e))? else {
            continue;
        };
        let columns = kept::columns(index, number)?;
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                others.push(columns.id(index, columns.article(postings.doc()))?.1);
            }
            postings.advance();
        }
    }
    others.retain(|root| *root != article.root);
    // A root that is a file has its name as its article's path.
    let folder = |root: &str| -> String {
        let of_file = root.strip_suffix(article.path.as_str());
        let of_file = of_file.and_then(|folder| folder.strip_suffix('/'));
        of_file.unwrap_or(root).to_owned()
    };
    let others: Vec<String> = others.iter().map(|root| folder(root)).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    Ok((!others.is_empty()).then(|| telling(&folder(&article.root), &others)))
}

/// The shortest end of a folder's path that none of the others has.
pub(super) fn telling(folder: &str, others: &[&str]) -> String {
    let rooted = |folder: &str| format!("/{}", folder.trim_start_matches('/'));
    let ours = rooted(folder);
    let others: Vec<String> = others.iter().map(|other| rooted(other)).collect();
    let ends = ours.rmatch_indices('/').map(|(at, _)| &ours[at..]);
    let mut telling = ends.filter(|end| !others.iter().any(|other| other.ends_with(end)));
    telling.next().unwrap_or(&ours)[1..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_end_that_tells_is_taken() {
        assert_eq!(telling("/x/r1", &["/x/r2"]), "r1");
        assert_eq!(telling("/x/r", &["/y/r"]), "x/r");
        assert_eq!(telling("/r", &["/x/r"]), "r");
        assert_eq!(telling("/x", &["/y", "/z/y"]), "x");
    }
}
