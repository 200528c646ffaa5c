//! What was decided: options, environment and clock → values that the library takes as they are.

use super::args::{Dates, Order, Reading, SearchArgs, Unit};
use anyhow::{Context, Result, anyhow, bail};
use belli::extract::date::{DateOrder, Interval, leading, range};
use belli::gazetteer::{Gazetteer, name_key};
use belli::ingest::Sources;
use belli::read::Manifest;
use belli::search::{Area, DateField, Filters};
use belli::walk;
use jiff::civil::Date;

/// Today, by the clock of this machine; `BELLI_TODAY` replaces it in tests and reports.
pub fn today() -> Result<Date> {
    match std::env::var("BELLI_TODAY") {
        Ok(day) => day
            .parse()
            .with_context(|| format!("BELLI_TODAY is `{day}`; write a day as 2020-10-31")),
        Err(_) => Ok(jiff::Zoned::now().date()),
    }
}

/// What to read and how, from the options of `index` and `extract`.
pub fn sources(reading: &Reading) -> Result<Sources> {
    let order = match reading.date_order {
        Order::Auto => DateOrder::Auto,
        Order::Dmy => DateOrder::DayFirst,
        Order::Mdy => DateOrder::MonthFirst,
    };
    let manifest = match &reading.manifest {
        Some(path) => {
            let bytes = std::fs::read(path)
                .with_context(|| format!("cannot read the manifest {}", path.display()))?;
            Some(
                Manifest::parse(&bytes, order, today()?)
                    .map_err(|e| anyhow!("{}: {e}", path.display()))?,
            )
        }
        None => None,
    };
    let published = match &reading.published {
        Some(date) => {
            let whole = leading(date.trim(), order).filter(|(_, used)| *used == date.trim().len());
            let value = whole.and_then(|(partial, _)| partial.interval());
            Some(value.ok_or_else(|| {
                anyhow!("--published {date} is no date; write 2020-10-11, 2020-10 or 2020")
            })?)
        }
        None => None,
    };
    let walk = walk::Options {
        hidden: reading.hidden,
        no_ignore: reading.no_ignore,
        follow: reading.follow,
        skip: Vec::new(),
    };
    Ok(Sources {
        walk,
        manifest,
        published,
        order,
        today: today()?,
    })
}

/// Filters, from the options of `search`.
pub fn filters(args: &SearchArgs) -> Result<Filters> {
    let today = today()?;
    for (option, names) in [("--actor", &args.actor), ("--place", &args.place)] {
        if names.iter().any(|n| !n.chars().any(char::is_alphanumeric)) {
            bail!("{option} needs a name");
        }
    }
    let dates = match &args.on {
        Some(on) => Some(interval("--on", on, today)?),
        None => between(("--from", &args.from), ("--to", &args.to), today)?,
    };
    Ok(Filters {
        actors: args.actor.clone(),
        places: args.place.clone(),
        areas: areas(args)?,
        root: None,
        dates,
        date_field: match args.date_field {
            Dates::Any => DateField::Any,
            Dates::Event => DateField::Event,
            Dates::Published => DateField::Published,
        },
        published: between(
            ("--published-from", &args.published_from),
            ("--published-to", &args.published_to),
            today,
        )?,
        actor_only: args.actor_only,
    })
}

/// Areas, from `--near` and `--bbox`.
fn areas(args: &SearchArgs) -> Result<Vec<Area>> {
    let near = args.near.iter().map(|near| around(near));
    near.chain(args.bbox.iter().map(|edges| bounds(edges)))
        .collect()
}

/// `Goma,50km` or `48.6,38.0,25km`.
fn around(near: &str) -> Result<Area> {
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
    if !(km.is_finite() && km >= 0.0) {
        return Err(wrong());
    }
    let numbers: Vec<f32> = place
        .split(',')
        .map_while(|n| n.trim().parse().ok())
        .collect();
    if let &[lat, lon] = numbers.as_slice() {
        return Ok(Area::Around {
            point: (lat, lon),
            km,
        });
    }
    let gazetteer = Gazetteer::builtin();
    let by_id = gazetteer.entry(place.trim());
    let by_name = || {
        let candidates = gazetteer.names(&name_key(place));
        candidates
            .iter()
            .map(|c| gazetteer.row(c.row()))
            .find(|e| e.kind().is_place() && e.point().is_some())
    };
    let entry = by_id
        .or_else(by_name)
        .ok_or_else(|| anyhow!("--near {near}: no gazetteer has a place of this name"))?;
    let point = entry.point().ok_or_else(wrong)?;
    Ok(Area::Around { point, km })
}

fn bounds(edges: &str) -> Result<Area> {
    let numbers: Vec<f32> = edges
        .split(',')
        .map_while(|n| n.trim().parse().ok())
        .collect();
    match numbers.as_slice() {
        &[south, west, north, east] if south <= north => Ok(Area::Box {
            south_west: (south, west),
            north_east: (north, east),
        }),
        _ => bail!(
            "--bbox {edges} is no box; write south,west,north,east in degrees, as in 38.8,46.2,40.4,47.9"
        ),
    }
}

/// Whether filters have to be carried by the passage itself.
pub fn within_passage(args: &SearchArgs) -> bool {
    args.within == Unit::Passage
}

fn between(
    from: (&str, &Option<String>),
    to: (&str, &Option<String>),
    today: Date,
) -> Result<Option<Interval>> {
    let read = |(option, value): (&str, &Option<String>)| {
        value
            .as_ref()
            .map(|v| interval(option, v, today))
            .transpose()
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

fn interval(option: &str, value: &str, today: Date) -> Result<Interval> {
    range(value, today).map_err(|e| anyhow!("{option} {value}: {e}"))
}

/// Threads to work with.
pub fn threads(asked: Option<usize>) -> usize {
    asked
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
        .clamp(1, 64)
}
