//! What was found, for people.

use std::io::{self, Write};

use super::Names;
use crate::{
    audit::{
        Audit, Finding,
        burden::{Burden, Gap, Measure},
        proxies::{Proxies, Told},
    },
    evaluation::estimate::Estimate,
    text::printable,
};

/// Columns that a line tells of.
const SHOWN: usize = 3;
/// Length of the longest bar.
const BAR: f64 = 30.0;
/// What the marks mean.
const LEGEND: &str = "± is the standard error, [ ] the interval of a difference, 0 outside of which is marked *;
all intervals hold together with 99.9 %. cost: L1 distance in model units (standard deviations; a change of
category counts 2), of those with recourse. to the class: the cost of just being predicted as it.
steps are the search's, not a burden of people, and are not compared.";

/// The whole audit.
pub(super) fn print(audit: &Audit, names: &Names<'_>, output: &mut dyn Write) -> io::Result<()> {
    writeln!(
        output,
        "who is not predicted as {} and could be, with a probability of {}",
        printable(names.target),
        names.threshold
    )?;
    for found in &audit.findings {
        writeln!(output, "\nby {}", printable(&found.column))?;
        burdens(found, output)?;
        proxies(found, names, output)?;
    }
    writeln!(output, "\n{LEGEND}")
}

fn burdens(found: &Finding, output: &mut dyn Write) -> io::Result<()> {
    for (side, burden) in found.burdens.iter().enumerate() {
        let name = printable(&burden.side);
        let titles = Measure::ALL.map(|measure| format!("{:>16}", measure.facts().title));
        writeln!(
            output,
            "{name}\n  {:<24}{:>8}{:>9}{}",
            "group",
            "people",
            "refused",
            titles.concat()
        )?;
        for (group, name) in burden.groups.iter().zip(&found.groups) {
            let share = 100.0 * group.refused as f64 / group.rows.max(1) as f64;
            let measures =
                Measure::ALL.map(|measure| format!("{:>16}", with_error(group.measure(measure))));
            let name = printable(name);
            writeln!(
                output,
                "  {name:<24}{:>8}{share:>7.0} %{}",
                group.rows,
                measures.concat()
            )?;
        }
        carried(found, burden, output)?;
        gaps(found, &burden.gaps, "", output)?;
        if let Some(changes) = side.checked_sub(1).and_then(|side| found.changes.get(side)) {
            let than = printable(&found.burdens[0].side);
            gaps(found, changes, &than, output)?;
        }
    }
    Ok(())
}

/// Which columns carry the cost, group by group.
fn carried(found: &Finding, burden: &Burden, output: &mut dyn Write) -> io::Result<()> {
    for (group, name) in burden.groups.iter().zip(&found.groups) {
        let mut columns: Vec<(&String, f64)> = burden
            .columns
            .iter()
            .zip(group.carried.iter().copied())
            .collect();
        columns.retain(|(_, share)| *share >= 0.005);
        columns.sort_by(|a, b| b.1.total_cmp(&a.1));
        let told: Vec<String> = columns
            .iter()
            .take(SHOWN)
            .map(|(column, share)| format!("{} {:.0} %", printable(column), 100.0 * share))
            .collect();
        if !told.is_empty() {
            writeln!(
                output,
                "  carried in {} by {}",
                printable(name),
                told.join(", ")
            )?;
        }
    }
    Ok(())
}

/// The differences that were found, or those from `than`; a line if there are none.
fn gaps(found: &Finding, gaps: &[Gap], than: &str, output: &mut dyn Write) -> io::Result<()> {
    let reference = printable(&found.groups[found.reference]);
    if !gaps.iter().any(|gap| gap.flagged) {
        return match than.is_empty() {
            true => writeln!(output, "  no difference from {reference} can be told"),
            false => writeln!(output, "  no difference is another one than by {than}"),
        };
    }
    for gap in gaps.iter().filter(|gap| gap.flagged) {
        let [lower, upper] = gap.interval.map(signed);
        let more = match than.is_empty() {
            true => String::new(),
            false => format!(" more than by {than}"),
        };
        writeln!(
            output,
            "  * {} against {reference}: {} {} [{lower}, {upper}]{more}",
            printable(&found.groups[gap.group]),
            gap.measure.facts().title,
            signed(gap.difference.value)
        )?;
    }
    Ok(())
}

fn proxies(found: &Finding, names: &Names<'_>, output: &mut dyn Write) -> io::Result<()> {
    let Proxies {
        together,
        majority,
        columns,
        moved,
    } = &found.proxies;
    let column = printable(&found.column);
    let Some(together) = together else {
        return writeln!(
            output,
            "too few rows or columns to tell {column} from others"
        );
    };
    let accuracy = majority.map_or(String::new(), |majority| {
        format!(
            ", right in {:.1} % (always the most frequent: {:.1} %)",
            100.0 * together.prediction.accuracy.value,
            100.0 * majority
        )
    });
    writeln!(
        output,
        "{column} told from the other columns: {}{accuracy}",
        told(together)
    )?;
    for proxy in columns
        .iter()
        .filter(|proxy| proxy.alone.flagged)
        .take(2 * SHOWN)
    {
        let name = printable(&proxy.column);
        writeln!(
            output,
            "  {name:<24}alone {}, {:.0} % of all together",
            told(&proxy.alone),
            100.0 * proxy.share
        )?;
    }
    match moved.is_empty() {
        true => Ok(()),
        false => attributions(found, names, output),
    }
}

/// What share of the attribution the column and its proxies have, a bar for each side.
fn attributions(found: &Finding, names: &Names<'_>, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "share of the attribution (integrated gradients)")?;
    let Proxies { columns, moved, .. } = &found.proxies;
    let flagged = |name: &String| {
        let mut proxies = columns.iter();
        proxies.any(|proxy| proxy.column == *name && proxy.alone.flagged)
    };
    let shown = moved
        .iter()
        .filter(|one| one.column == found.column || flagged(&one.column));
    for one in shown.take(1 + 2 * SHOWN) {
        for (side, (share, name)) in one.shares.iter().zip(&names.sides).enumerate() {
            let title = match side {
                0 => printable(&one.column),
                _ => "".into(),
            };
            let bar = "█".repeat((BAR * share.value).round() as usize);
            let mark = match side.checked_sub(1) {
                Some(side) if one.flagged[side] => "*",
                _ => " ",
            };
            writeln!(
                output,
                "  {title:<24}{:>6.1} %{mark} {bar} {}",
                100.0 * share.value,
                printable(name)
            )?;
        }
    }
    Ok(())
}

/// How well something is told.
fn told(told: &Told) -> String {
    let [lower, upper] = told.interval;
    let star = if told.flagged { "*" } else { "" };
    format!(
        "R² {:.3} [{lower:.3}, {upper:.3}]{star}",
        told.prediction.r2.value
    )
}

fn with_error(estimate: Estimate) -> String {
    match estimate.value.is_finite() {
        true => format!("{:.2} ± {:.2}", estimate.value, estimate.error),
        false => "–".into(),
    }
}

fn signed(value: f64) -> String {
    format!("{value:+.2}")
}
