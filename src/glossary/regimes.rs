//! Ways to train, and ways to search counterfactuals.

use super::{Entry, Kind};

const fn regime(name: &'static str, symbols: &'static [&'static str], text: &'static str) -> Entry {
    Entry::new(Kind::Regime, name, text).symbols(symbols)
}

pub(super) static REGIMES: &[Entry] = &[
    regime(
        "full",
        &["CT"],
        "Counterfactual training: classification, divergence, adversarial term and ridge. The \
         model learns to decide and to give explanations that look real.",
    )
    .synonyms(&["counterfactual training"])
    .paper("Sect. 3"),
    regime(
        "vanilla",
        &["BL"],
        "The baseline: ordinary training, with the classification loss alone.",
    )
    .synonyms(&["baseline", "conventional"])
    .paper("Sect. 4"),
    regime(
        "energy only",
        &["CD"],
        "Counterfactual training without its adversarial term: contrastive divergence and ridge \
         beside the classification loss.",
    )
    .synonyms(&["contrastive divergence only"])
    .paper("Sect. 4"),
    regime(
        "adversarial only",
        &["AR"],
        "Counterfactual training without divergence and ridge: nascent counterfactuals must keep \
         their label, and nothing else.",
    )
    .paper("Sect. 4"),
    regime(
        "jem",
        &["JEM"],
        "A joint energy-based model: it learns to tell real samples from those that it makes \
         itself, by a random walk that follows its own energy.",
    )
    .synonyms(&[
        "joint energy-based model",
        "energy-based",
        "SGLD",
        "Langevin",
    ])
    .formula("CE + λ_div·(mean E(x) − mean E(x̂)) + λ_reg·(mean E(x)² + mean E(x̂)²)"),
    regime(
        "recourse",
        &["REC"],
        "Training for recourse: a small, allowed change is to be enough for the target class. \
         Counterfactual training's adversarial term wants the opposite.",
    )
    .synonyms(&["actionable recourse"])
    .formula("λ_clf·CE(M(x), y) + λ_adv·CE(M(x_R), t)"),
    regime(
        "generic",
        &[],
        "The search of Wachter and others: lower the cross-entropy of the target class, and do not \
         go far.",
    )
    .formula("CE(M(x'), t) + λ_cost·‖x' − x‖₁")
    .paper("Sect. 4"),
    regime(
        "wachter",
        &[],
        "As generic, but a feature's distance counts less the more the feature varies.",
    )
    .synonyms(&["MAD"])
    .formula("λ_cost·Σ |x'_d − x_d| / MAD_d"),
    regime(
        "eccco",
        &["ECCCo"],
        "As generic, and it lowers the energy of the target class, so that it goes where the model \
         expects that class. Faithful to what the model has learnt.",
    )
    .synonyms(&["ecco", "energy-constrained"])
    .formula("generic + λ_egy·φ(s)·(E + 0.001·E²)")
    .paper("Sect. 4"),
    regime(
        "revise",
        &["REVISE"],
        "Searches in the latent space of an autoencoder that has learnt the data. Its \
         counterfactuals look real even if the model knows nothing of what is real.",
    )
    .synonyms(&["vae", "autoencoder"])
    .paper("Sect. 4"),
    regime(
        "gravitational",
        &[],
        "As generic, and pulled towards samples of the target class.",
    )
    .formula("generic + λ_egy·mean ‖x' − neighbours‖₁"),
    regime(
        "omniscient",
        &[],
        "Returns a real sample of the target class: no search, but the best that one could hope \
         for.",
    )
    .synonyms(&["upper bound"]),
];
