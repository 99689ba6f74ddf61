//! Accuracy under attack, in words.

use crate::{dashboard::state::App, session::ArmSnapshot};

/// Accuracies of every arm against the size of both attacks.
pub fn lines(app: &App) -> Vec<String> {
    let arms = app
        .snapshot
        .as_deref()
        .map_or(&[][..], |known| &known.arms[..]);
    let lines: Vec<String> = arms.iter().flat_map(arm).collect();
    match lines.is_empty() {
        true => vec!["robustness: not measured yet".to_owned()],
        false => lines,
    }
}

fn arm(arm: &ArmSnapshot) -> Vec<String> {
    let measured = &arm.robustness;
    let attacks = [("FGSM", &measured.fgsm), ("PGD", &measured.pgd)];
    let attacks = attacks
        .into_iter()
        .filter(|(_, accuracies)| !accuracies.is_empty());
    attacks
        .map(|(attack, accuracies)| {
            let pairs = measured.epsilons.iter().zip(accuracies);
            let pairs: Vec<_> = pairs
                .map(|(epsilon, accuracy)| format!("{:.0} % at ε {epsilon}", 100.0 * accuracy))
                .collect();
            let (name, epoch) = (&arm.name, measured.epoch);
            let pairs = pairs.join(", ");
            format!("robustness of {name} at epoch {epoch}, accuracy under {attack}: {pairs}")
        })
        .collect()
}
