//! Countries, administrative units and towns: the tables that `rebuild.py` writes.
//!
//! Not for hand-written rows (`regions`).

use super::{Table, alias};
use crate::gazetteer::key::name_key;
use crate::gazetteer::kind::Kind;
use crate::gazetteer::pack::{Row, Tables};
use std::collections::HashMap;

/// Reads `countries.tsv`.
pub fn countries(table: &Table, out: &mut Tables) -> Result<(), String> {
    for line in table.lines() {
        let id = line.cell(&["id"]);
        out.alpha3
            .insert(line.cell(&["alpha2"]).to_string(), id.to_string());
        out.rows.push(Row {
            id: format!("country:{id}"),
            name: line.cell(&["name"]).to_string(),
            kind: Some(Kind::Country),
            country: id.to_string(),
            point: line.point(),
            population: line.number(&["population"]).unwrap_or(0),
            radius_km: line.number(&["radius_km"]).unwrap_or(0),
            aliases: line.list(&["aliases"]).map(alias).collect(),
            ..Row::default()
        });
    }
    Ok(())
}

/// Reads `admins.tsv`. Units keep their GeoNames code in `admin2` until `towns` has used it.
pub fn admins(table: &Table, out: &mut Tables) -> Result<(), String> {
    let mut first: HashMap<String, String> = HashMap::new();
    let mut found = Vec::new();
    for line in table.lines() {
        let code = line.cell(&["code"]);
        let id = format!("geonames:{}", line.cell(&["id"]));
        let second = code.matches('.').count() > 1;
        if !second {
            first.insert(code.to_string(), id.clone());
        }
        found.push(Row {
            id,
            name: line.cell(&["name"]).to_string(),
            kind: Some(if second { Kind::Admin2 } else { Kind::Admin1 }),
            country: out
                .alpha3
                .get(code.split('.').next().unwrap_or(""))
                .cloned()
                .unwrap_or_default(),
            admin2: code.to_string(),
            point: line.point(),
            population: line.number(&["population"]).unwrap_or(0),
            radius_km: line.number(&["radius_km"]).unwrap_or(0),
            aliases: line.list(&["aliases"]).map(alias).collect(),
            ..Row::default()
        });
    }
    for row in &mut found {
        if row.kind == Some(Kind::Admin2) {
            let unit = row.admin2.rsplit_once('.').map_or("", |p| p.0);
            row.admin1 = first.get(unit).cloned().unwrap_or_default();
        }
    }
    out.rows.extend(found);
    Ok(())
}

/// Reads `places.tsv` and settles the references of units and countries.
pub fn towns(table: &Table, out: &mut Tables) -> Result<(), String> {
    let is_unit = |r: &&Row| r.kind.is_some_and(Kind::is_admin);
    let units: HashMap<String, String> = out
        .rows
        .iter()
        .filter(is_unit)
        .map(|r| (r.admin2.clone(), r.id.clone()))
        .collect();
    let mut towns = Vec::new();
    for line in table.lines() {
        let (alpha2, first, second) = (
            line.cell(&["country"]),
            line.cell(&["admin1"]),
            line.cell(&["admin2"]),
        );
        towns.push(Row {
            id: format!("geonames:{}", line.cell(&["id"])),
            name: line.cell(&["name"]).to_string(),
            kind: Some(Kind::of_feature(line.cell(&["code"]))),
            country: out.alpha3.get(alpha2).cloned().unwrap_or_default(),
            admin1: units
                .get(&format!("{alpha2}.{first}"))
                .cloned()
                .unwrap_or_default(),
            admin2: units
                .get(&format!("{alpha2}.{first}.{second}"))
                .cloned()
                .unwrap_or_default(),
            point: line.point(),
            population: line.number(&["population"]).unwrap_or(0),
            aliases: line
                .list(&["aliases"])
                .filter(|a| is_used(line.cell(&["name"]), a, alpha2))
                .map(alias)
                .collect(),
            ..Row::default()
        });
    }
    for row in &mut out.rows {
        if row.kind.is_some_and(Kind::is_admin) {
            row.admin2.clear();
        }
    }
    out.rows.extend(towns);
    Ok(())
}

/// Whether a town's further name is one that a text may use.
///
/// GeoNames carries the forgotten names of towns of the United States (`Franklin` for El Paso,
/// `Google` for Topeka), which today are other places' names, and bare consonants such as `ʿman`.
fn is_used(name: &str, alias: &str, country: &str) -> bool {
    let (name, key) = (name_key(name), name_key(alias));
    if key.is_ascii() && key.len() < 4 && alias.starts_with(['ʿ', 'ʻ', 'ʼ', '‘']) {
        return false;
    }
    if country != "US" || !alias.is_ascii() {
        return true;
    }
    let abbreviation = alias.len() < 6 && alias.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    let word = |w: &str| w.len() > 2 && name.split(' ').any(|n| n == w);
    let prefix = key.bytes().zip(name.bytes()).take_while(|(a, b)| a == b);
    abbreviation || key.split(' ').any(word) || prefix.count() > 1
}
