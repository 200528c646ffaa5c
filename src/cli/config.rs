//! What was decided: options, environment and clock → values that the library takes as they are.

use super::args::{Asking, Dates, Order, Reading, Unit, Widening};
use super::own::NONE;
use anyhow::{Context, Result, anyhow, bail};
use belli::analysis::key;
use belli::extract::date::{DateOrder, Interval, range};
use belli::ingest::Sources;
use belli::read::manifest;
use belli::search::{Area, DateField, Filters, Scope, Synonyms};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// Today, by the clock of this machine; `BELLI_TODAY` replaces it in tests and reports.
pub fn today() -> Result<Date> {
    match std::env::var("BELLI_TODAY") {
        Ok(day) => day
            .parse()
            .with_context(|| format!("BELLI_TODAY is `{day}`; write a day as 2020-10-31")),
        Err(_) => Ok(jiff::Zoned::now().date()),
    }
}

/// Today, for what asks only where it matters: to know the time zone costs more than a small search.
pub fn day() -> Result<Date, String> {
    today().map_err(|e| format!("{e:#}"))
}

/// What to read and how: by the settings that a folder was indexed with before, but for those that the
/// options of `index` and `extract` give anew.
pub fn sources(reading: &Reading, before: &[String]) -> Result<Sources> {
    let is_manifest = |setting: &&String| setting.starts_with("manifest=");
    let (manifest, kept): (Vec<_>, Vec<_>) = before.iter().partition(is_manifest);
    let kept: Vec<String> = kept.into_iter().cloned().collect();
    let mut sources = Sources::from_settings(&kept, today()?).map_err(|e| anyhow!(e))?;
    if let Some(order) = reading.date_order {
        sources.order = match order {
            Order::Auto => DateOrder::Auto,
            Order::Dmy => DateOrder::DayFirst,
            Order::Mdy => DateOrder::MonthFirst,
        };
    }
    match reading.published.as_deref() {
        None => {}
        Some(NONE) => sources.published = None,
        Some(date) => {
            let day = manifest::day(date, sources.order, sources.today);
            sources.published = Some(day.map_err(|e| anyhow!("--published: {e}"))?);
        }
    }
    let walk = &mut sources.walk;
    for (setting, given) in [
        (&mut walk.hidden, reading.hidden),
        (&mut walk.no_ignore, reading.no_ignore),
        (&mut walk.follow, reading.follow),
    ] {
        *setting = given.unwrap_or(*setting);
    }
    // Last, for its dates are read as the order says.
    match (&reading.manifest, manifest.first()) {
        (Some(path), _) if path.as_os_str() == NONE => {}
        (Some(path), _) => sources.read_manifest(path).map_err(|e| anyhow!(e))?,
        (None, Some(setting)) => {
            let path = setting.trim_start_matches("manifest=");
            sources.read_manifest(Path::new(path)).map_err(|e| {
                anyhow!("{e}; the folder was indexed with it: give another, or `--manifest none`")
            })?;
        }
        (None, None) => {}
    }
    Ok(sources)
}

/// Filters, from the options of `search`.
pub fn filters(asking: &Asking) -> Result<Filters> {
    for (option, what, values) in [
        ("--actor", "name", &asking.actor),
        ("--place", "name", &asking.place),
        ("--source", "name", &asking.source),
        ("--lang", "code", &asking.lang),
        ("--path", "part of a path", &asking.path),
    ] {
        let means = |c: char| c.is_alphanumeric() || option == "--path" && !c.is_whitespace();
        if values.iter().any(|v| !v.chars().any(means)) {
            bail!("{option} needs a {what}");
        }
    }
    let dates = match &asking.on {
        Some(on) => Some(interval("--on", on)?),
        None => between(("--from", &asking.from), ("--to", &asking.to))?,
    };
    let mut filters = Filters {
        actors: asking.actor.clone(),
        places: asking.place.clone(),
        dates,
        date_field: match asking.date_field {
            Dates::Any => DateField::Any,
            Dates::Event => DateField::Event,
            Dates::Published => DateField::Published,
        },
        published: between(
            ("--published-from", &asking.published_from),
            ("--published-to", &asking.published_to),
        )?,
        dyads: asking.dyad.iter().map(|d| dyad(d)).collect::<Result<_>>()?,
        actor_only: asking.actor_only,
        ..Filters::default()
    };
    areas(asking, &mut filters)?;
    Ok(filters)
}

/// `Armenia,Azerbaijan`: two actors, not one twice.
fn dyad(written: &str) -> Result<(String, String)> {
    let named = |name: &str| name.chars().any(char::is_alphanumeric);
    match written.split_once(',') {
        Some((one, other)) if key(one) == key(other) && named(one) => {
            bail!("--dyad {written} names one actor twice; write \"Armenia,Azerbaijan\"")
        }
        Some((one, other)) if named(one) && named(other) => {
            Ok((one.trim().to_owned(), other.trim().to_owned()))
        }
        _ => bail!("--dyad {written} is no pair of actors; write \"Armenia,Azerbaijan\""),
    }
}

/// Areas and places with a distance, from `--near` and `--bbox`, into the filters.
fn areas(asking: &Asking, filters: &mut Filters) -> Result<()> {
    for near in &asking.near {
        let (place, km) = distance(near)?;
        let numbers: Vec<f32> = place
            .split(',')
            .map_while(|n| n.trim().parse().ok())
            .collect();
        if let &[lat, lon] = numbers.as_slice() {
            if !is_point(lat, lon) {
                bail!(
                    "--near {near}: a latitude lies between -90 and 90, a longitude between -180 and 180"
                );
            }
            filters.areas.push(Area::Around {
                point: (lat, lon),
                km,
            });
        } else {
            filters.near.push((place.trim().to_owned(), km));
        }
    }
    for edges in &asking.bbox {
        filters.areas.push(bounds(edges)?);
    }
    Ok(())
}

/// `Goma,50km` or `48.6,38.0,25km`: the place, and the distance in kilometres.
fn distance(near: &str) -> Result<(&str, f32)> {
    let wrong = || {
        anyhow!("--near {near} is no place with a distance; write \"Goma,50km\" or 48.6,38.0,25km")
    };
    let (place, distance) = near.rsplit_once(',').ok_or_else(wrong)?;
    let km: f32 = distance
        .trim()
        .trim_end_matches("km")
        .trim()
        .parse()
        .map_err(|_| wrong())?;
    let named = place.chars().any(char::is_alphanumeric);
    if !(named && km.is_finite() && km >= 0.0) {
        return Err(wrong());
    }
    Ok((place, km))
}

fn is_point(lat: f32, lon: f32) -> bool {
    (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)
}

fn bounds(edges: &str) -> Result<Area> {
    let numbers: Vec<f32> = edges
        .split(',')
        .map_while(|n| n.trim().parse().ok())
        .collect();
    match numbers.as_slice() {
        &[south, west, north, east]
            if south <= north && is_point(south, west) && is_point(north, east) =>
        {
            Ok(Area::Box {
                south_west: (south, west),
                north_east: (north, east),
            })
        }
        _ => bail!(
            "--bbox {edges} is no box; write south,west,north,east in degrees, as in 38.8,46.2,40.4,47.9"
        ),
    }
}

/// What plain words stand for beside themselves.
pub fn synonyms(widening: &Widening) -> Result<Arc<Synonyms>> {
    if widening.no_synonyms {
        return Ok(Arc::new(Synonyms::none()));
    }
    let Some(file) = &widening.synonyms else {
        return Ok(Synonyms::builtin());
    };
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the synonyms {}", file.display()))?;
    let synonyms = Synonyms::builtin().with(&text);
    Ok(Arc::new(
        synonyms.map_err(|e| anyhow!("{}:{e}", file.display()))?,
    ))
}

/// Where the words of a query have to stand together.
pub fn scope(asking: &Asking) -> Scope {
    match asking.scope {
        Unit::Article => Scope::Article,
        Unit::Passage => Scope::Usual,
    }
}

/// Whether filters have to be carried by the passage itself.
pub fn within_passage(asking: &Asking) -> bool {
    asking.within == Unit::Passage
}

fn between(from: (&str, &Option<String>), to: (&str, &Option<String>)) -> Result<Option<Interval>> {
    let read = |(option, value): (&str, &Option<String>)| {
        value.as_ref().map(|v| interval(option, v)).transpose()
    };
    let (first, last) = (read(from)?, read(to)?);
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let start = first.map_or(Date::MIN, |i| i.start);
    let end = last.map_or(Date::MAX, |i| i.end);
    if start > end {
        bail!("{} {start} lies after {} {end}; swap them", from.0, to.0);
    }
    Ok(Some(Interval { start, end }))
}

fn interval(option: &str, value: &str) -> Result<Interval> {
    range(value, day).map_err(|e| anyhow!("{option} {value}: {e}"))
}

/// Threads to work with.
pub fn threads(asked: Option<usize>) -> usize {
    asked
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
        .clamp(1, 64)
}
