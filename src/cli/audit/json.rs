//! What was found, as JSON.

use serde_json::{Map, Value, json};

use super::Names;
use crate::{
    audit::{
        Audit, Finding, LEVEL,
        burden::{Burden, Gap, Measure},
        proxies::{Moved, Proxies, Told},
    },
    evaluation::estimate::Estimate,
};

/// The whole audit.
pub(super) fn document(audit: &Audit, names: &Names<'_>) -> Value {
    let groupings = audit.findings.iter().map(|found| finding(found, names));
    json!({
        "target": names.target,
        "threshold": names.threshold,
        "models": names.sides,
        "level": LEVEL,
        "groupings": groupings.collect::<Vec<_>>(),
    })
}

fn finding(found: &Finding, names: &Names<'_>) -> Value {
    let changes = found.changes.iter().zip(names.sides.iter().skip(1));
    let changes = changes.map(|(gaps, side)| json!({ "model": side, "against": names.sides[0], "gaps": self::gaps(found, gaps) }));
    json!({
        "column": found.column,
        "reference": found.groups.get(found.reference),
        "models": found.burdens.iter().map(|one| burden(found, one)).collect::<Vec<_>>(),
        "changes": changes.collect::<Vec<_>>(),
        "proxies": proxies(&found.proxies),
        "attribution": found.proxies.moved.iter().map(|one| moved(one, names)).collect::<Vec<_>>(),
    })
}

fn burden(found: &Finding, burden: &Burden) -> Value {
    let groups = burden
        .groups
        .iter()
        .zip(&found.groups)
        .map(|(group, name)| {
            let measures =
                Measure::ALL.map(|measure| (key(measure), estimate(group.measure(measure))));
            let carried = burden.columns.iter().zip(&group.carried);
            let carried: Map<String, Value> = carried
                .map(|(name, share)| (name.clone(), json!(share)))
                .collect();
            let mut value = json!({
                "group": name,
                "rows": group.rows,
                "refused": group.refused,
                "searched": group.searched,
                "served": group.counted(Measure::Cost),
                "carried": carried,
            });
            measures
                .into_iter()
                .for_each(|(key, estimate)| value[key] = estimate);
            value
        });
    json!({
        "model": burden.side,
        "groups": groups.collect::<Vec<_>>(),
        "gaps": gaps(found, &burden.gaps),
    })
}

/// A measure's name in the document.
fn key(measure: Measure) -> &'static str {
    match measure {
        Measure::WithRecourse => "with_recourse",
        Measure::Cost => "cost",
        Measure::Reach => "cost_to_class",
        Measure::Steps => "steps",
    }
}

fn estimate(estimate: Estimate) -> Value {
    json!({ "value": estimate.value, "se": estimate.error })
}

fn gaps(found: &Finding, gaps: &[Gap]) -> Value {
    let one = |gap: &Gap| {
        json!({
            "group": found.groups[gap.group],
            "measure": key(gap.measure),
            "difference": gap.difference.value,
            "interval": gap.interval,
            "flagged": gap.flagged,
        })
    };
    gaps.iter().map(one).collect()
}

fn proxies(proxies: &Proxies) -> Value {
    let told = |told: &Told| {
        let mut value = json!({
            "r2": told.prediction.r2.value,
            "interval": told.interval,
            "flagged": told.flagged,
        });
        if proxies.majority.is_some() {
            value["accuracy"] = json!(told.prediction.accuracy.value);
        }
        value
    };
    let columns = proxies.columns.iter().map(|proxy| {
        let mut value = told(&proxy.alone);
        value["column"] = json!(proxy.column);
        value["share"] = json!(proxy.share);
        value
    });
    json!({
        "together": proxies.together.as_ref().map(told),
        "most_frequent": proxies.majority,
        "columns": columns.collect::<Vec<_>>(),
    })
}

fn moved(moved: &Moved, names: &Names<'_>) -> Value {
    let shares = moved.shares.iter().zip(&names.sides).enumerate();
    let shares = shares.map(|(side, (share, name))| {
        let flagged = side.checked_sub(1).map(|side| moved.flagged[side]);
        json!({ "model": name, "share": share.value, "se": share.error, "changed": flagged })
    });
    json!({ "column": moved.column, "shares": shares.collect::<Vec<_>>() })
}
