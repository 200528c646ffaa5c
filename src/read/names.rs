//! Names: what the fields of an article are called in records and tables, and what a field's value says.
//!
//! A name is here because several programs use it for the same thing. What may be the time of a copy
//! (`timestamp`, `seendate`) is no name of the publication date.

use serde_json::Value;

/// Names of the title.
pub(super) const TITLE: &[&str] = &["title", "headline", "webTitle"];
/// Names of the text; first those that say they are no HTML, whose bytes can be cited.
pub(super) const TEXT: &[&str] = &[
    "text",
    "bodyText",
    "content_text",
    "body",
    "content",
    "articleBody",
    "full_text",
    "fulltext",
    "maintext",
    "article_text",
    "selftext",
    "story",
    CONTENT_HTML,
];
/// A text that is HTML, whatever it starts with; what a content-management system has `rendered` is too.
pub(super) const CONTENT_HTML: &str = "content_html";
/// Names of what stands for the text where there is none: a message, or what sums an article up.
pub(super) const LESSER: &[&str] = &[
    "message",
    "notes",
    "lead_paragraph",
    "abstract",
    "summary",
    "excerpt",
    "description",
    "trailText",
    "standfirst",
    "snippet",
];
/// Names of the publication date, the plainest first.
pub(super) const PUBLISHED: &[&str] = &[
    "published",
    "datePublished",
    "date_published",
    "publishedAt",
    "published_at",
    "publishedDate",
    "published_date",
    "publish_date",
    "publishDate",
    "publication_date",
    "webPublicationDate",
    "pubDate",
    "pub_date",
    "date_publish",
    "isoDate",
    "date",
    "posted_at",
    "created_at",
    "createdAt",
    "created_time",
    "created_utc",
];
/// Names of the publisher; a message that was passed on is by whom it is from.
pub(super) const SOURCE: &[&str] = &[
    "source",
    "publisher",
    "site_name",
    "outlet",
    "media_name",
    "forwarded_from",
];
/// Names of the author.
pub(super) const AUTHOR: &[&str] = &["author", "authors", "byline", "creator"];
/// Names of the address.
pub(super) const URL: &[&str] = &[
    "url",
    "link",
    "canonical_url",
    "permalink",
    "webUrl",
    "web_url",
];
/// Names of the language.
pub(super) const LANG: &[&str] = &["lang", "language", "inLanguage"];
/// Names of an array of articles.
pub(super) const ARTICLES: &[&str] = &[
    "articles",
    "items",
    "records",
    "docs",
    "results",
    "data",
    "messages",
    "posts",
    "tweets",
    "statuses",
    "stories",
    "documents",
    "hits",
    "entries",
    "edges",
    "children",
    "feed",
    "item",
    "entry",
    "list",
];

/// The text of a plain value: a string, a number, the name in an object, the items of an array.
pub(super) fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => {
            let name = [
                "name",
                "title",
                "main",
                "rendered",
                "original",
                "@value",
                "$date",
                "$numberLong",
            ];
            plain(name.iter().find_map(|key| fields.get(*key))?)?
        }
        Value::Array(items) => items
            .iter()
            .filter_map(plain)
            .collect::<Vec<_>>()
            .join(", "),
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What a value states as the publication date: of several dates in an object, the one of that name.
pub(super) fn date(value: &Value) -> Option<String> {
    let named = |name: &&str| {
        let mut fields = value.as_object()?.iter();
        fields.find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    };
    match PUBLISHED
        .iter()
        .chain(&["original", "created"])
        .find_map(named)
    {
        Some(inner) => date(inner),
        None => plain(value),
    }
}
