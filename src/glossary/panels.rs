//! Parts of the screen.

use super::{Entry, Kind};

const fn panel(name: &'static str, text: &'static str) -> Entry {
    Entry::new(Kind::Panel, name, text)
}

pub(super) static PANELS: &[Entry] = &[
    panel(
        "Boundary",
        "What each model decides everywhere on the plane: a shade per class, and the line where it \
         is undecided. On it lie samples, and the paths of counterfactuals from where they start to \
         where they end.",
    )
    .synonyms(&["decision boundary", "field", "plane"])
    .paper("Fig. 1"),
    panel(
        "Losses",
        "What training minimises, term by term, over the epochs. The baseline's line is dashed; it \
         has the classification loss alone.",
    )
    .synonyms(&["loss", "objective function"])
    .paper("Sect. 3, Eq. 2"),
    panel(
        "Counterfactuals",
        "What became of the counterfactuals that training searched in this epoch: how many matured, \
         how many ran out of steps and why, and how soon.",
    )
    .symbols(&["CFs"])
    .synonyms(&["counterfactual", "CE", "explanation", "counterfactual explanation"])
    .formula("x' = x + Δ with argmax M(x') = t")
    .paper("Sect. 3, Alg. 1"),
    panel(
        "Robustness",
        "How often each model is still right after an attacker has changed the test samples, \
         against how much may be changed. A flatter line is more robust.",
    )
    .symbols(&["Robust"])
    .synonyms(&["robust accuracy", "adversarial robustness", "attack"])
    .paper("Sect. 4"),
    panel(
        "Parameters",
        "Every number that training depends on. Arrow keys change the selected one; most take \
         effect at the next epoch and leave the weights as they are.",
    )
    .symbols(&["Params"])
    .synonyms(&["hyper-parameters", "hyperparameters", "settings"]),
    panel(
        "Features",
        "How a counterfactual may change each feature, and how much each model relies on it. A \
         locked feature is left alone by the search, and training then protects it.",
    )
    .synonyms(&["feature", "mutability", "actionability"])
    .paper("Sect. 3"),
    panel(
        "Scoreboard",
        "What both models are worth on test samples, and how they differ. An asterisk marks a \
         change whose 99 % interval excludes 0.",
    )
    .symbols(&["Scores"])
    .synonyms(&["measures", "metrics", "evaluation"])
    .paper("Sect. 4"),
    panel(
        "Inspector",
        "One test sample, and what each model says would have to change for another decision: \
         feature by feature, what it costs, and whether it respects the constraints.",
    )
    .symbols(&["Inspect"])
    .synonyms(&["sample", "explain"])
    .paper("Sect. 3"),
    panel(
        "Burden",
        "What another decision costs groups of people whom a model refuses it, and which columns carry \
         that. Below, the group's proxies: columns that tell it, and whether training turned to them. An \
         asterisk marks a difference whose interval excludes 0.",
    )
    .symbols(&["with recourse", "to class", "R²"])
    .synonyms(&["audit", "fairness", "groups", "refused", "carried by"])
    .formula("R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²"),
    panel(
        "History",
        "The run as a line: where it is, where something was changed, and how far one can go back. \
         Going on from an earlier epoch overwrites what came after.",
    )
    .synonyms(&["timeline", "rewind", "time"]),
    panel(
        "slow motion",
        "One epoch of counterfactual training in slow motion: predict, choose targets, search step \
         by step, mature or nascent, update.",
    )
    .synonyms(&["predict", "target", "search", "mature / nascent", "update"])
    .paper("Sect. 3, Alg. 1"),
];
