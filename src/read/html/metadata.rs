//! What a web page says about its article: JSON-LD, OpenGraph and other `<meta>` elements,
//! microdata, `<time>` and elements whose class says that they hold the date, in this order.
//!
//! It does not decide: it lists what is stated, the best first, and `published` settles it.

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::super::{Hints, Metadata, names, published, text};
use super::{AROUND, fragment_text, has_reference};

/// What a page says about its article; what it leaves in doubt goes to `notes`.
pub(super) fn metadata(page: &Html, hints: &Hints<'_>, notes: &mut Vec<String>) -> Metadata {
    let linked = linked_data(page);
    let metas = metas(page);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut found = metas
                .iter()
                .filter(|(key, value)| key == name && !value.is_empty());
            found.next().map(|(_, value)| value.clone())
        })
    };
    let linked_all = |names: &[&str]| {
        let fields = names
            .iter()
            .flat_map(|name| linked.iter().filter_map(move |o| o.get(*name)));
        fields
            .filter_map(names::plain)
            .map(read)
            .collect::<Vec<_>>()
    };
    let linked_one = |names: &[&str]| linked_all(names).into_iter().next();

    let mut published = linked_all(&["datePublished", "dateCreated", "uploadDate"]);
    for name in DATE_METAS {
        published.extend(meta(&[name]));
    }
    let marked = marked_dates(page, hints);
    if published.is_empty()
        && let Some((first, others)) = marked.split_first()
    {
        let day = |marked: &Marked| published::parse(&marked.stated, hints.order);
        let mut equal = others.iter().filter(|other| other.sign == first.sign);
        let other = equal.find(|other| day(other) != day(first));
        notes.extend(other.map(|other| {
            let (first, other) = (&first.stated, &other.stated);
            format!("the page marks several dates: {first:?}, {other:?}")
        }));
    }
    published.extend(marked.into_iter().map(|marked| marked.stated));

    let site = linked_one(&["publisher"]).or_else(|| {
        meta(&[
            "og:site_name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "application-name",
        ])
    });
    let title = linked_one(&["headline"])
        .or_else(|| meta(&["og:title", "twitter:title", "dc.title", "citation_title"]))
        .or_else(|| headline(page))
        .or_else(|| first(page, "title"))
        .map(|title| without_site(&title, site.as_deref()));
    let canonical = attributes(page, "link[rel=canonical]", "href").next();
    let address = |url: &String| url.starts_with("http");
    Metadata {
        title,
        published,
        author: linked_one(&["author"])
            .or_else(|| {
                meta(&[
                    "author",
                    "article:author",
                    "dc.creator",
                    "sailthru.author",
                    "byl",
                ])
            })
            .filter(|author| !address(author)),
        url: canonical
            .filter(address)
            .or_else(|| meta(&["og:url"]))
            .or_else(|| linked_one(&["url"])),
        lang: attributes(page, "html", "lang")
            .next()
            .or_else(|| meta(&["og:locale", "content-language", "dc.language", "language"]))
            .or_else(|| linked_one(&["inLanguage"])),
        source: site,
    }
}

/// The text of the article, as JSON-LD states it.
pub(super) fn stated_body(page: &Html) -> Option<String> {
    let linked = linked_data(page);
    let mut stated = linked.iter().filter_map(|o| o.get("articleBody"));
    stated.find_map(names::plain).map(read)
}

/// A value of JSON-LD without the HTML that publishing software writes into it.
fn read(value: String) -> String {
    match has_reference(&value) {
        true => fragment_text(&value),
        false => value,
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
        let source = source
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->");
        // Pages often break lines within strings, which JSON forbids.
        let source: String = source
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let Ok(value) = serde_json::from_str::<Value>(&source) else {
            continue;
        };
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.into_iter().rev()),
                Value::Object(mut fields) => {
                    for inner in ["mainEntity", "@graph"] {
                        open.extend(fields.remove(inner));
                    }
                    let kind = fields
                        .get("@type")
                        .map(Value::to_string)
                        .unwrap_or_default();
                    let kinds = [
                        "Article", "Report", "Posting", "Post\"", "Review", "Creative",
                    ];
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
        let Some(content) = value.attr("content").map(str::trim) else {
            continue;
        };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = value.attr(name) {
                found.push((key.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }
    found
}

/// A date that an element is marked to hold.
struct Marked {
    /// What marks it and where it stands, the least the best.
    sign: (u8, u8),
    stated: String,
}

/// Dates that elements of the page are marked to hold: microdata, `<time>`, classes. Of those marked
/// alike, the one beside the headline or within the article comes first: lists of news have dates too.
fn marked_dates(page: &Html, hints: &Hints<'_>) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
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
            || element
                .ancestors()
                .filter_map(ElementRef::wrap)
                .take(32)
                .any(|up| {
                    let class = up
                        .value()
                        .attr("class")
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    AROUND.contains(&up.value().name())
                        || ["related", "comment", "sidebar", "teaser", "footer"]
                            .iter()
                            .any(|w| class.contains(w))
                });
        if around {
            continue;
        }
        let stated = ["datetime", "content"]
            .into_iter()
            .find_map(|name| value.attr(name));
        let stated = match stated {
            Some(stated) => Some(stated.trim().to_owned()),
            None => {
                // A date is short; what holds more is a part of the page.
                let near = element.descendants().take(32);
                let texts = near.filter_map(|node| node.value().as_text().map(|text| &**text));
                let words: Vec<&str> = texts.flat_map(str::split_whitespace).take(24).collect();
                let shown = words.join(" ");
                published::date_in_line(&shown, hints.order).map(|date| date.to_string())
            }
        };
        found.extend(stated.map(|stated| Marked {
            sign: (rank, place(element)),
            stated,
        }));
    }
    // Classes are a weak sign: where they disagree, the page is a list of articles.
    let mut weak = found
        .iter()
        .filter(|marked| marked.sign.0 == 3)
        .map(|marked| &marked.stated);
    if let Some(first) = weak.next().cloned()
        && weak.any(|other| *other != first)
    {
        found.retain(|marked| marked.sign.0 != 3);
    }
    found.sort_by_key(|marked| marked.sign);
    found
}

/// Where an element stands: beside the headline, within the article, elsewhere.
fn place(element: ElementRef<'_>) -> u8 {
    let up = || element.ancestors().filter_map(ElementRef::wrap).take(32);
    // Further up everything is beside the headline.
    let beside = up().take(2).any(|up| {
        let inner = up.descendants().filter_map(ElementRef::wrap).take(32);
        !matches!(up.value().name(), "body" | "html")
            && inner.into_iter().any(|e| e.value().name() == "h1")
    });
    let within = |up: ElementRef<'_>| {
        matches!(up.value().name(), "article" | "main") || up.value().attr("role") == Some("main")
    };
    match (beside, up().any(within)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}

/// The first-order heading, if the page has just one, or of several the one that its title starts with.
fn headline(page: &Html) -> Option<String> {
    let mut headings = headings(page);
    let (heading, other) = (headings.next()?, headings.next());
    if other.is_none() {
        return Some(heading);
    }
    let title = first(page, "title")?;
    let mut all = [Some(heading), other].into_iter().flatten().chain(headings);
    all.find(|heading| title.starts_with(heading))
}

/// The first-order headings.
pub(super) fn headings(page: &Html) -> impl Iterator<Item = String> {
    select(page, "h1").filter_map(text_of)
}

/// The headings that stand above the first-order one.
pub(super) fn lesser_headings_above(page: &Html) -> impl Iterator<Item = String> {
    select(page, "h1, h2, h3, h4, h5, h6")
        .take_while(|heading| heading.value().name() != "h1")
        .filter_map(text_of)
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

fn attributes<'a>(
    page: &'a Html,
    selector: &str,
    name: &'a str,
) -> impl Iterator<Item = String> + 'a {
    select(page, selector).filter_map(move |element| {
        let value = element.value().attr(name)?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// The elements that match a selector; none if it is not one.
pub(super) fn select<'a>(
    page: &'a Html,
    selector: &str,
) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let selector = Selector::parse(selector).ok();
    page.root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(move |element| selector.as_ref().is_some_and(|s| s.matches(element)))
}
