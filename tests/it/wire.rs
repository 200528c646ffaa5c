//! The wire format, declared once more from its specification: scripts rely on every field here.

use crate::sandbox::Sandbox;
use serde::Deserialize;

#[derive(Deserialize)]
struct Hit {
    rank: usize,
    score: f64,
    id: String,
    root: String,
    path: String,
    line: Option<usize>,
    bytes: Option<[usize; 2]>,
    title: String,
    title_spans: Vec<[usize; 2]>,
    published: Option<Published>,
    passage: String,
    spans: Vec<[usize; 2]>,
    matches: Vec<Match>,
    actors: Vec<Actor>,
    places: Vec<Place>,
    dates: Vec<Day>,
}

#[derive(Deserialize)]
struct Match {
    start: usize,
    end: usize,
    bytes: Option<[usize; 2]>,
    clause: String,
}

#[derive(Deserialize)]
struct Published {
    date: String,
    precision: String,
    from: String,
}

#[derive(Deserialize)]
struct Actor {
    id: String,
    name: String,
    kind: String,
    country: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    id: String,
    name: String,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Deserialize)]
struct Day {
    start: Option<String>,
    end: Option<String>,
    precision: String,
}

const TEXT: &str = "Talks in Geneva\n\nRussian troops left the town on 10 October 2020.\n\nThey returned to Aleppo.\n";

#[test]
fn a_hit_can_be_cited() {
    let sandbox = Sandbox::with(&[("sub/2020-10-12.txt", TEXT)]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let run = sandbox.belli(&["search", "\"left the town\" Geneva", "--json"]);
    let hit: Hit = serde_json::from_str(run.out.trim()).unwrap();
    assert_eq!(
        (hit.rank, hit.id.as_str(), hit.path.as_str()),
        (1, "sub/2020-10-12.txt#0", "sub/2020-10-12.txt")
    );
    assert!(hit.score > 0.0);
    assert_eq!(
        std::path::Path::new(&hit.root),
        sandbox.articles().canonicalize().unwrap()
    );
    assert_eq!(hit.line, Some(3));
    let [start, end] = hit.bytes.unwrap();
    assert_eq!(&TEXT[start..end], hit.passage);
    assert_eq!(hit.title, "Talks in Geneva");
    assert_eq!(hit.title_spans, [[9, 15]]);
    let spans: Vec<_> = hit
        .spans
        .iter()
        .map(|[s, e]| &hit.passage[*s..*e])
        .collect();
    assert_eq!(spans, ["left the town"]);
    let matched = &hit.matches[0];
    assert_eq!(&hit.passage[matched.start..matched.end], "left the town");
    let [start, end] = matched.bytes.unwrap();
    assert_eq!(
        (&TEXT[start..end], matched.clause.as_str()),
        ("left the town", "\"left the town\"")
    );
    let published = hit.published.unwrap();
    assert_eq!(
        (
            published.date.as_str(),
            published.precision.as_str(),
            published.from.as_str()
        ),
        ("2020-10-12", "day", "file-name")
    );
    assert!(
        hit.dates
            .iter()
            .any(|d| d.start.as_deref() == Some("2020-10-10")
                && d.end.as_deref() == Some("2020-10-10")
                && d.precision == "day")
    );
    let forces = hit
        .actors
        .iter()
        .find(|a| a.country.as_deref() == Some("RUS"))
        .unwrap();
    assert!(!forces.id.is_empty() && !forces.name.is_empty() && forces.kind == "military");
    let aleppo = hit.places.iter().find(|p| p.name == "Aleppo").unwrap();
    assert!(aleppo.id.starts_with("geonames:") && aleppo.country.as_deref() == Some("SYR"));
    assert!((aleppo.lat.unwrap() - 36.2).abs() < 0.3 && (aleppo.lon.unwrap() - 37.16).abs() < 0.3);
}

#[test]
fn what_matched_is_found_in_files_of_any_encoding() {
    let text = "Перемирие\n\nБои «шли» в Бахмуте. Раненых вывезли из города ночью.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let json = r#"{"title":"One","text":"The \"truce\" held.\n\nTroops left S\u00e3o.","date":"2020-10-11"}"#;
    let sandbox = Sandbox::with(&[("w.jsonl", json)]);
    sandbox.write("a.txt", &bytes);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let found = |query: &str| {
        let hit: Hit =
            serde_json::from_str(sandbox.belli(&["search", query, "--json"]).out.trim()).unwrap();
        let file = std::fs::read(sandbox.articles().join(&hit.path)).unwrap();
        let of = |m: &Match| {
            let [start, end] = m.bytes.unwrap();
            file[start..end].to_vec()
        };
        hit.matches.iter().map(of).collect::<Vec<_>>()
    };
    let cyrillic = |word: &str| encoding_rs::WINDOWS_1251.encode(word).0.into_owned();
    assert_eq!(found("бахмуте"), [cyrillic("Бахмуте")]);
    assert_eq!(found("\"города ночью\""), [cyrillic("города ночью")]);
    assert_eq!(found("sao"), [b"S\\u00e3o".to_vec()]);
    assert_eq!(found("troops"), [b"Troops".to_vec()]);
}

#[test]
fn a_summary_says_why_nothing_was_found() {
    let sandbox = Sandbox::with(&[("a.txt", TEXT), ("b.pdf", "%PDF-1.7")]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 3);
    let run = sandbox.belli(&[
        "search",
        "troops AND violns",
        "--json",
        "--summary",
        "--on",
        "1850",
    ]);
    assert_eq!(run.status, 1);
    let summary = &run.json()[0]["summary"];
    assert_eq!(summary["query"], "troops AND violns");
    assert_eq!(
        (
            summary["passages"].as_u64(),
            summary["failed_files"].as_u64()
        ),
        (Some(0), Some(1))
    );
    assert_eq!(
        summary["emptied_by"],
        serde_json::json!(["violns", "--on 1850-01-01..1850-12-31"])
    );
    assert_eq!(summary["parts"][0]["text"], "troops");
    assert_eq!(summary["parts"][0]["passages"], 1);
    assert_eq!(summary["unknown"][0]["word"], "violns");
    assert_eq!(summary["outside"], true);
    assert_eq!(summary["days"]["event"][0], "2020-10-10");
    let found = sandbox
        .belli(&["search", "troops", "--json", "--summary"])
        .json();
    assert_eq!(found.len(), 2);
    assert_eq!(found[1]["summary"]["shown"], 1);
    assert!(found[1]["summary"].get("parts").is_none());
}

#[test]
fn extraction_points_at_the_bytes_of_the_file() {
    let sandbox = Sandbox::with(&[("a.txt", TEXT)]);
    let run = sandbox.belli(&["extract", "articles", "--json", "--published", "2020-10-12"]);
    assert_eq!(run.status, 0);
    let article = &run.json()[0];
    assert_eq!(article["published"]["from"], "option");
    assert_eq!(article["lang"], "en");
    for list in ["actors", "places"] {
        for named in article[list].as_array().unwrap() {
            for mention in named["mentions"].as_array().unwrap() {
                let (start, end) = (
                    mention["start"].as_u64().unwrap() as usize,
                    mention["end"].as_u64().unwrap() as usize,
                );
                assert_eq!(&TEXT[start..end], mention["text"].as_str().unwrap());
            }
        }
    }
    let date = &article["dates"][0];
    assert_eq!(
        (date["start"].as_str(), date["basis"].as_str()),
        (Some("2020-10-10"), Some("explicit"))
    );
    let bytes = date["bytes"].as_array().unwrap();
    assert_eq!(
        &TEXT[bytes[0].as_u64().unwrap() as usize..bytes[1].as_u64().unwrap() as usize],
        "10 October 2020"
    );
}

#[test]
fn records_of_many_record_files_have_ids_of_their_own() {
    let sandbox = Sandbox::with(&[(
        "wire.jsonl",
        "{\"title\":\"One\",\"text\":\"The truce held near the river.\",\"date\":\"2020-10-11\"}\n{\"title\":\"Two\",\"text\":\"The truce broke near the bridge.\"}\n",
    )]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 0);
    let hits = sandbox.belli(&["search", "truce", "--json"]).json();
    let ids: Vec<_> = hits.iter().map(|h| h["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["wire.jsonl!0#0", "wire.jsonl!1#0"]);
    assert_eq!(
        (hits[1]["line"].as_u64(), hits[1]["published"].is_null()),
        (Some(2), true)
    );
}

#[test]
fn status_is_one_line() {
    let sandbox = Sandbox::with(&[("a.txt", TEXT), ("b.pdf", "%PDF-1.7")]);
    assert_eq!(sandbox.belli(&["index", "articles"]).status, 3);
    let status = &sandbox.belli(&["status", "--json"]).json()[0];
    assert_eq!(
        (
            status["articles"].as_u64(),
            status["undated"].as_u64(),
            status["files"].as_u64()
        ),
        (Some(1), Some(1), Some(2))
    );
    assert_eq!(status["failed"][0]["path"], "b.pdf");
    assert_eq!(status["roots"].as_array().unwrap().len(), 1);
}

/// The words of the line of the specification that starts so.
fn enumerated(what: &str) -> Vec<&'static str> {
    let docs = include_str!("../../src/render/mod.rs");
    let start = docs.find(what).unwrap() + what.len();
    let list = docs[start..].split("\n//!\n").next().unwrap();
    let list = list.split("\n\n").next().unwrap();
    list.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty())
        .collect()
}

#[test]
fn every_kind_that_is_written_is_in_the_specification() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let articles = Sandbox::new().belli(&["extract", "--json", corpus]).json();
    assert!(articles.len() > 80);
    for (list, what) in [
        ("actors", "`kind` of an actor is one of:"),
        ("places", "`kind` of a place is one of:"),
    ] {
        let kinds = enumerated(what);
        for named in articles.iter().flat_map(|a| a[list].as_array().unwrap()) {
            let kind = named["kind"].as_str().unwrap();
            assert!(
                kinds.contains(&kind),
                "{kind} is no kind of {list}: {named}"
            );
        }
    }
    let places = enumerated("`kind` of a place is one of:");
    let gazetteer = belli::gazetteer::Gazetteer::builtin();
    for entry in gazetteer.entries().filter(|e| e.kind().is_place()) {
        assert!(places.contains(&entry.kind_name()), "{entry:?}");
    }
    let actors = enumerated("`kind` of an actor is one of:");
    for kind in belli::gazetteer::kind::ACTOR_KINDS {
        assert!(actors.contains(kind), "{kind}");
    }
}
