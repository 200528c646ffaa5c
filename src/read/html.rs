//! HTML: the article of a web page, without menus and advertisements.
//!
//! `dom_smoothie` finds the article's element; where it finds too little, all visible text is
//! taken, since a page read with its menu is better than a page not found. Paragraphs are parted
//! by blank lines, headings stand on lines of their own.
//!
//! What the page says about itself is read from JSON-LD, then OpenGraph and other `<meta>`
//! elements, then microdata, `<time>` and elements whose class says that they hold the date.
//!
//! It keeps no map to the file: what a browser shows has no simple place in the source. It runs
//! no scripts and loads nothing.

use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;

use super::decode::Decoded;
use super::text::{self, Joined};
use super::{Article, Hints, Metadata, ReadError, json, published};

/// Pages of more elements than this are not searched for their article: the search visits
/// elements again and again, and no article needs as many.
const MOST_ELEMENTS: usize = 50_000;

/// The deepest nesting that is searched for the article.
const DEEPEST: usize = 500;

/// Fewer characters than this are too little for an article if the page shows many more.
const TOO_LITTLE: usize = 250;

/// Reads a web page.
pub(super) fn read(decoded: &Decoded<'_>, hints: &Hints<'_>) -> Result<Article, ReadError> {
    let source = decoded.text.as_ref();
    let page = Html::parse_document(source);
    let metadata = metadata(&page, hints);
    let title = super::stated_title(&metadata, hints).unwrap_or_default();
    let mut body = article(source, &page).unwrap_or_default();
    if body.trim().len() < TOO_LITTLE {
        let shown = visible(page.root_element(), true);
        if shown.len() > body.len() * 2 {
            body = shown;
        }
    }
    if body.trim().is_empty() {
        body = visible(page.root_element(), false);
    }
    // The headline within the article would be read twice.
    let body = match body.split_once('\n') {
        Some((first, rest)) if !title.is_empty() && text::same_words(first, &title) => rest.trim(),
        _ => body.trim(),
    };
    if body.is_empty() && title.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut joined = Joined::new(0, body.len());
    joined.add(&title);
    let title = joined.end_title();
    joined.add(body);
    let mut draft = joined.draft(title, None, decoded.notes.clone(), metadata);
    if draft.title.is_empty() {
        let layout = text::layout(&draft.text, 0, hints.order);
        draft.title = layout.title;
        draft.body.start = layout.body;
    } else if draft.body.is_empty() {
        draft.body = draft.title.clone();
        draft.title = 0..0;
    }
    Ok(draft.finish(hints))
}

/// The encoding that a page names in its first bytes.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let mut at = 0;
    // Both `<meta charset=…>` and `content="text/html; charset=…"`, and XML's `encoding=`.
    while let Some(rest) = head.get(at..) {
        let name = |name: &[u8]| {
            let found = rest.windows(name.len()).position(|w| w.eq_ignore_ascii_case(name));
            found.map(|n| n + name.len())
        };
        let found = match (name(b"charset="), name(b"encoding=")) {
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        let label = rest.get(found..).unwrap_or_default();
        let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
        let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:".contains(b)));
        let label = label.get(..end.unwrap_or(label.len())).unwrap_or_default();
        if let Some(encoding) = Encoding::for_label(label) {
            return Some(encoding);
        }
        at += found;
    }
    None
}

/// The visible text of a piece of HTML, like the text of an article in a feed.
pub(super) fn fragment_text(source: &str) -> String {
    visible(Html::parse_fragment(source).root_element(), false)
}

/// The text of the element that holds the article.
fn article(source: &str, page: &Html) -> Option<String> {
    let (mut elements, mut depth, mut deepest) = (0usize, 0usize, 0usize);
    walk(page.root_element(), |_, open| {
        if open {
            elements += 1;
            depth += 1;
            deepest = deepest.max(depth);
        } else {
            depth = depth.saturating_sub(1);
        }
    });
    if elements > MOST_ELEMENTS || deepest > DEEPEST {
        return None;
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let found = Readability::new(source, None, Some(config)).ok()?.parse().ok()?;
    Some(fragment_text(&found.content))
}

/// Visits an element and all below it, at their start (`true`) and their end, without recursion:
/// pages may be nested deeper than the stack is.
fn walk<'a>(root: ElementRef<'a>, mut visit: impl FnMut(&'a Node, bool)) {
    let mut node = *root;
    loop {
        visit(node.value(), true);
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            visit(node.value(), false);
            if node.id() == root.id() {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}

/// Elements that show no text of their own.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "button", "select",
    "textarea", "iframe", "object", "canvas", "audio", "video", "datalist",
];
/// Elements around an article.
const AROUND: &[&str] = &["nav", "aside", "footer", "form", "menu", "dialog"];
/// Elements that start a paragraph.
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
];
/// Elements that start a line.
const LINES: &[&str] = &["br", "li", "tr", "option"];

/// The text that a browser shows, with or without what stands around an article.
fn visible(root: ElementRef<'_>, article_only: bool) -> String {
    let mut out = Flow::default();
    let mut hidden = 0usize;
    walk(root, |node, open| match node {
        Node::Element(element) => {
            let name = element.name();
            let skip = HIDDEN.contains(&name)
                || (article_only && AROUND.contains(&name))
                || element.attr("hidden").is_some();
            if skip {
                hidden = if open { hidden + 1 } else { hidden.saturating_sub(1) };
            }
            if BLOCKS.contains(&name) {
                out.gap(Gap::Paragraph);
            } else if LINES.contains(&name) && (open || name != "br") {
                out.gap(Gap::Line);
            } else if matches!(name, "td" | "th") {
                out.gap(Gap::Space);
            }
        }
        Node::Text(text) if open && hidden == 0 => out.text(text),
        _ => {}
    });
    out.text
}

/// What parts two words.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// Text with its white space put in order.
#[derive(Default)]
struct Flow {
    text: String,
    gap: Gap,
}

impl Flow {
    fn gap(&mut self, gap: Gap) {
        // Two line breaks in a row end a paragraph.
        self.gap = if self.gap == Gap::Line && gap == Gap::Line { Gap::Paragraph } else { self.gap.max(gap) };
    }

    fn text(&mut self, text: &str) {
        for (n, word) in text.split(is_white).enumerate() {
            if n > 0 {
                self.gap = self.gap.max(Gap::Space);
            }
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::None;
            self.text.push_str(word);
        }
    }
}

/// HTML's own white space and the space that does not break.
fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}')
}

/// What a page says about its article.
fn metadata(page: &Html, hints: &Hints<'_>) -> Metadata {
    let linked = linked_data(page);
    let metas = metas(page);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut found = metas.iter().filter(|(key, value)| key == name && !value.is_empty());
            found.next().map(|(_, value)| value.clone())
        })
    };
    let linked_all = |names: &[&str]| {
        let fields = names.iter().flat_map(|name| linked.iter().filter_map(move |o| o.get(*name)));
        fields.filter_map(json::plain).collect::<Vec<_>>()
    };
    let linked_one = |names: &[&str]| linked_all(names).into_iter().next();

    let mut published = linked_all(&["datePublished", "dateCreated", "uploadDate"]);
    for name in DATE_METAS {
        published.extend(meta(&[name]));
    }
    published.extend(marked_dates(page, hints));

    let site = linked_one(&["publisher"]).or_else(|| {
        meta(&["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"])
    });
    let title = linked_one(&["headline"])
        .or_else(|| meta(&["og:title", "twitter:title", "dc.title", "citation_title"]))
        .or_else(|| only_heading(page))
        .or_else(|| first(page, "title"))
        .map(|title| without_site(&title, site.as_deref()));
    let canonical = attributes(page, "link[rel=canonical]", "href").next();
    let address = |url: &String| url.starts_with("http");
    Metadata {
        title,
        published,
        author: linked_one(&["author"])
            .or_else(|| meta(&["author", "article:author", "dc.creator", "sailthru.author", "byl"]))
            .filter(|author| !address(author)),
        url: canonical.filter(address).or_else(|| meta(&["og:url"])).or_else(|| linked_one(&["url"])),
        lang: attributes(page, "html", "lang")
            .next()
            .or_else(|| meta(&["og:locale", "content-language", "dc.language", "language"]))
            .or_else(|| linked_one(&["inLanguage"])),
        source: site,
    }
}

/// Names of `<meta>` elements that state the publication date, the most reliable first.
const DATE_METAS: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "pdate",
    "ptime",
    "article.published",
    "date",
];

/// The objects of JSON-LD that are articles.
fn linked_data(page: &Html) -> Vec<Value> {
    let mut found = Vec::new();
    for script in select(page, "script[type='application/ld+json']") {
        let source: String = script.text().collect();
        let source = source.trim().trim_start_matches("<!--").trim_end_matches("-->");
        // Pages often break lines within strings, which JSON forbids.
        let source: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(value) = serde_json::from_str::<Value>(&source) else { continue };
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.into_iter().rev()),
                Value::Object(mut fields) => {
                    for inner in ["mainEntity", "@graph"] {
                        open.extend(fields.remove(inner));
                    }
                    let kind = fields.get("@type").map(Value::to_string).unwrap_or_default();
                    let kinds = ["Article", "Report", "Posting", "Post\"", "Review", "Creative"];
                    if kinds.iter().any(|name| kind.contains(name)) {
                        found.push(Value::Object(fields));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// All `<meta>` elements, with their names in lower case.
fn metas(page: &Html) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for element in select(page, "meta[content]") {
        let value = element.value();
        let Some(content) = value.attr("content").map(str::trim) else { continue };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = value.attr(name) {
                found.push((key.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }
    found
}

/// Dates that elements of the page are marked to hold: microdata, `<time>`, classes.
fn marked_dates(page: &Html, hints: &Hints<'_>) -> Vec<String> {
    let mut found: Vec<(u8, String)> = Vec::new();
    for element in select(page, "[itemprop], time, [class], [id]") {
        let value = element.value();
        let marks = ["itemprop", "class", "id"].map(|name| value.attr(name).unwrap_or_default());
        let [itemprop, class, id] = marks.map(str::to_ascii_lowercase);
        let marked = |words: &[&str]| words.iter().any(|w| class.contains(w) || id.contains(w));
        let is_time = value.name() == "time";
        let rank = if itemprop.contains("datepublished") {
            0
        } else if is_time && (value.attr("pubdate").is_some() || marked(&["publish", "posted"])) {
            1
        } else if is_time {
            2
        } else if marked(&["date", "publish", "posted", "timestamp", "dateline"]) {
            3
        } else {
            continue;
        };
        let around = marked(&["update", "modified", "related", "comment", "copyright"])
            || itemprop.contains("modified")
            || element.ancestors().filter_map(ElementRef::wrap).take(32).any(|up| {
                let class = up.value().attr("class").unwrap_or_default().to_ascii_lowercase();
                AROUND.contains(&up.value().name())
                    || ["related", "comment", "sidebar", "teaser", "footer"].iter().any(|w| class.contains(w))
            });
        if around {
            continue;
        }
        let stated = ["datetime", "content"].into_iter().find_map(|name| value.attr(name));
        let stated = match stated {
            Some(stated) => Some(stated.trim().to_owned()),
            None => {
                let shown: String = element.text().take(16).collect::<Vec<_>>().join(" ");
                let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
                published::date_in_line(&shown, hints.order).map(|date| date.to_string())
            }
        };
        found.extend(stated.map(|stated| (rank, stated)));
    }
    // Classes are a weak sign: where they disagree, the page is a list of articles.
    let mut weak = found.iter().filter(|(rank, _)| *rank == 3).map(|(_, stated)| stated);
    if let Some(first) = weak.next().cloned()
        && weak.any(|other| *other != first)
    {
        found.retain(|(rank, _)| *rank != 3);
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, stated)| stated).collect()
}

/// The first-order heading, if the page has just one.
fn only_heading(page: &Html) -> Option<String> {
    let mut headings = select(page, "h1");
    let heading = text_of(headings.next()?)?;
    headings.next().is_none().then_some(heading)
}

fn first(page: &Html, selector: &str) -> Option<String> {
    select(page, selector).find_map(text_of)
}

fn text_of(element: ElementRef<'_>) -> Option<String> {
    let text: String = element.text().collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A title without the name of the site that pages add to it.
fn without_site(title: &str, site: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && site.is_some_and(|site| text::same_words(site, tail))
        {
            return head.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

fn attributes<'a>(page: &'a Html, selector: &str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    select(page, selector).filter_map(move |element| {
        let value = element.value().attr(name)?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// The elements that match a selector; none if it is not one.
fn select<'a>(page: &'a Html, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let selector = Selector::parse(selector).ok();
    page.root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(move |element| selector.as_ref().is_some_and(|s| s.matches(element)))
}
