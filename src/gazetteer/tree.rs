//! Containment and affiliation: what lies in what, and who belongs to whom.
//!
//! Several parents are the rule: a town lies in its district, its province, its country and in every
//! region whose rows say so, and none of them is preferred. Not for what a text claims.

use super::entry::Link;
use super::format::LinkKind;
use super::{Entry, Gazetteer, Kind};
use jiff::civil::Date;

/// No chain of parents is longer: the tables have no circles, and this keeps it so.
const DEEPEST: u32 = 8;

/// Of the earth, in kilometres.
const DIAMETER: f32 = 12742.0;

/// When something holds: the first and the last day, none where it is open.
pub type Period = (Option<Date>, Option<Date>);

/// An affiliation: to whom, from when, until when.
pub struct Affiliation {
    /// Id of the actor above.
    pub id: String,
    /// The first day, if it has not always held.
    pub from: Option<Date>,
    /// The last day, if it no longer holds.
    pub until: Option<Date>,
}

impl Gazetteer {
    /// Reports whether `id` is `ancestor` or lies in it, through any parent.
    pub fn is_within(&self, id: &str, ancestor: &str) -> bool {
        let (Some(entry), Some(ancestor)) = (self.entry(id), self.entry(ancestor)) else {
            return id == ancestor;
        };
        entry.is_within(&ancestor)
    }

    /// Returns the ids of everything that `id` lies in or belongs to, nearest first, each once.
    pub fn ancestors(&self, id: &str) -> Vec<String> {
        self.entry(id)
            .map_or_else(Vec::new, |e| e.ancestors().iter().map(Entry::id).collect())
    }

    /// Returns the actors that `id` belongs to, directly or through others, with the periods.
    ///
    /// A period narrows on the way up: an official of a ministry served its state as long.
    pub fn affiliations(&self, id: &str) -> Vec<Affiliation> {
        let mut found: Vec<(Entry, Option<Date>, Option<Date>)> = Vec::new();
        let mut open: Vec<_> = self
            .entry(id)
            .into_iter()
            .map(|e| (e, None, None))
            .collect();
        while let Some((entry, from, until)) = open.pop() {
            for link in entry
                .links()
                .filter(|l| matches!(l.kind, LinkKind::PartOf | LinkKind::Office))
            {
                let step = (link.to, link.from.max(from), earlier(link.until, until));
                if !found.contains(&step) && found.len() < 64 {
                    found.push(step);
                    open.push(step);
                }
            }
        }
        found
            .into_iter()
            .map(|(e, from, until)| Affiliation {
                id: e.id(),
                from,
                until,
            })
            .collect()
    }

    /// Returns the places within `km` kilometres of a point, nearest first.
    pub fn near(&self, point: (f32, f32), km: f32) -> Vec<(Entry<'_>, f32)> {
        let distance = |e: Entry<'_>| e.point().map(|p| distance(p, point));
        let places = self.entries().filter(|e| e.kind().is_place());
        let mut found: Vec<_> = places
            .filter_map(|e| Some((e, distance(e)?)))
            .filter(|f| f.1 <= km)
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.row.cmp(&b.0.row)));
        found
    }
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl<'g> Entry<'g> {
    /// Returns what the entry directly lies in or belongs to.
    pub fn parents(&self) -> impl Iterator<Item = Entry<'g>> + use<'g> {
        let within = |link: &Link| link.kind != LinkKind::Seat;
        let links = self.links().filter(within).map(|link| link.to);
        let lies = self.kind().is_place() && self.kind() != Kind::Country;
        let country = self.country_entry().filter(|_| lies);
        let row = self.row;
        let units = self.admin2().into_iter().chain(self.admin1());
        units
            .chain(links)
            .chain(country)
            .filter(move |parent| parent.row != row)
    }

    /// Returns everything the entry lies in or belongs to, nearest first, each once.
    pub fn ancestors(&self) -> Vec<Entry<'g>> {
        let mut found: Vec<Entry<'g>> = self.parents().collect();
        let mut at = 0;
        while at < found.len() {
            for parent in found[at].parents() {
                if parent != *self && !found.contains(&parent) {
                    found.push(parent);
                }
            }
            at += 1;
        }
        let mut seen = Vec::with_capacity(found.len());
        found.retain(|e| {
            if seen.contains(&e.row) {
                false
            } else {
                seen.push(e.row);
                true
            }
        });
        found
    }

    /// Reports whether the entry is `ancestor` or lies in it, through any parent.
    pub fn is_within(&self, ancestor: &Entry<'_>) -> bool {
        // Asked of every id of an index, so it looks before it climbs, and keeps no list.
        self.row == ancestor.row || self.climbs_to(ancestor.row, DEEPEST)
    }

    /// Returns when the entry belonged to `ancestor`, directly or through others; nothing for never.
    ///
    /// A period narrows on the way up: an official of a ministry served its state as long.
    pub fn belonged_to(&self, ancestor: &Entry<'_>) -> Vec<Period> {
        let mut found = Vec::new();
        if self.row == ancestor.row {
            found.push((None, None));
        } else {
            self.climb(ancestor.row, (None, None), DEEPEST, &mut found);
        }
        found.sort();
        found.dedup();
        match found.contains(&(None, None)) {
            true => vec![(None, None)],
            false => found,
        }
    }

    fn climb(&self, row: u32, held: Period, steps: u32, found: &mut Vec<Period>) {
        let up = self
            .links()
            .filter(|l| l.kind != LinkKind::Seat && l.to.row != self.row);
        for link in up {
            let period = (link.from.max(held.0), earlier(link.until, held.1));
            let never = matches!(period, (Some(from), Some(until)) if from > until);
            if never || found.len() > 64 {
                continue;
            }
            if link.to.row == row {
                found.push(period);
            } else if steps > 0 {
                link.to.climb(row, period, steps - 1, found);
            }
        }
    }

    fn climbs_to(&self, row: u32, steps: u32) -> bool {
        self.parents().any(|parent| parent.row == row)
            || (steps > 0
                && self
                    .parents()
                    .any(|parent| parent.climbs_to(row, steps - 1)))
    }
}

/// Returns the kilometres between two points on the ground.
pub fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    kilometres(Spot::new(a).apart(&Spot::new(b)))
}

/// A point on the ground, prepared for many distances.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Latitude and longitude in degrees.
    pub point: (f32, f32),
    latitude: f32,
    cosine: f32,
}

impl Spot {
    /// Prepares a point.
    pub fn new(point: (f32, f32)) -> Spot {
        let latitude = point.0.to_radians();
        Spot {
            point,
            latitude,
            cosine: latitude.cos(),
        }
    }

    /// Reports whether two points are farther apart than so many kilometres, as far as shows at a glance: of
    /// most that are, and of none that are not.
    pub fn is_beyond(&self, other: &Spot, km: f32) -> bool {
        // A degree of latitude is more than 111 kilometres, and the sine of half an angle of longitude more than
        // its share of half a turn.
        let (north, east) = (self.point.0 - other.point.0, self.point.1 - other.point.1);
        let share = east.abs().min(360.0 - east.abs()) / 180.0;
        north.abs() * 111.0 > km
            || self.cosine * other.cosine * share.powi(2) > (km * 1.01 / DIAMETER).powi(2)
    }

    /// Returns a number that grows with the distance: to find the nearest of many, and then the
    /// [`kilometres`] to that one.
    pub fn apart(&self, other: &Spot) -> f32 {
        let longitudes = (other.point.1 - self.point.1).to_radians();
        ((other.latitude - self.latitude) / 2.0).sin().powi(2)
            + self.cosine * other.cosine * (longitudes / 2.0).sin().powi(2)
    }
}

/// Returns in kilometres how far [`apart`](Spot::apart) two points are.
pub fn kilometres(apart: f32) -> f32 {
    DIAMETER * apart.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_at_a_glance_is_far() {
        let degrees = |from: i16, step: usize| (from..=-from).step_by(step).map(f32::from);
        let spots = degrees(-90, 9).flat_map(|north| degrees(-180, 13).map(move |e| (north, e)));
        let spots: Vec<Spot> = spots.map(Spot::new).collect();
        let (mut far, mut seen) = (0u32, 0u32);
        for a in &spots {
            for b in &spots {
                for km in [60.0, 350.0, 1300.0, 5000.0] {
                    let apart = kilometres(a.apart(b));
                    let beyond = a.is_beyond(b, km);
                    assert!(!beyond || apart > km, "{a:?} {b:?} {apart} {km}");
                    far += u32::from(apart > km);
                    seen += u32::from(beyond);
                }
            }
        }
        assert!(seen * 10 > far * 8, "{seen} of {far}");
    }
}
