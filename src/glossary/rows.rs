//! Lines of panels: measures, counts, terms of the loss, attacks.

use super::{Entry, Kind};

const fn row(name: &'static str, text: &'static str) -> Entry {
    Entry::new(Kind::Row, name, text)
}

pub(super) static ROWS: &[Entry] = &[
    row(
        "accuracy",
        "Share of the test samples whose class the model predicts correctly.",
    )
    .synonyms(&["acc"])
    .paper("Sect. 4"),
    row(
        "F1 (macro)",
        "Harmonic mean of precision and recall, averaged over the classes: every class counts the \
         same, however rare it is.",
    )
    .symbols(&["F1"])
    .synonyms(&["f1 score", "macro f1"])
    .formula("mean over classes of 2·P·R / (P + R)"),
    row(
        "validity",
        "Share of counterfactuals that the model really takes for the target class. Only valid \
         ones are counted in IP and cost.",
    )
    .synonyms(&["valid", "success rate"])
    .formula("share with argmax M(x') = t")
    .paper("Sect. 4"),
    row(
        "IP",
        "Implausibility: how far counterfactuals are, on average, from real samples of the class \
         that they claim to be. Less is better.",
    )
    .synonyms(&["implausibility", "plausibility", "plausible"])
    .formula("mean over x in X⁺ of ‖x' − x‖₁")
    .paper("Sect. 4"),
    row(
        "IP*",
        "Implausibility of a whole set: how well counterfactuals can be told from real samples of \
         the class. It is 0 where they cannot. Less is better.",
    )
    .synonyms(&["mmd", "maximum mean discrepancy", "ip star"])
    .formula("MMD²(X', X⁺), Gaussian kernel")
    .paper("Sect. 4"),
    row(
        "cost",
        "How much would have to change: the sum over the features of the distance from factual to \
         counterfactual. Less is better for the person, as long as it leads somewhere real.",
    )
    .symbols(&["cost (L1)"])
    .synonyms(&["distance", "l1"])
    .formula("‖x' − x‖₁")
    .paper("Sect. 4"),
    row(
        "redundancy",
        "Share of the features that a counterfactual leaves as they are. More means that fewer \
         things have to be changed.",
    )
    .synonyms(&["sparsity", "sparse"])
    .paper("Sect. 4"),
    row(
        "protected",
        "Share of a model's reliance that falls on features which may not change both ways. Less \
         is better: decisions then rest on what people can change.",
    )
    .synonyms(&["sensitivity", "integrated gradients", "IG", "attribution"])
    .formula("Σ protected |IG_d| / Σ all |IG_d|")
    .paper("Sect. 3, Prop. 3.1; Sect. 4"),
    row(
        "nascent",
        "A counterfactual on its way, still within ε of its factual. Training demands that the \
         model keep the factual's label there, which makes it robust.",
    )
    .symbols(&["○"])
    .synonyms(&["adversarial example", "AE", "x_AE"])
    .formula("last x' on the path with ‖x' − x‖∞ ≤ ε")
    .paper("Sect. 3, Eq. 4"),
    row(
        "mature",
        "A counterfactual that has arrived: the model gives the target class at least probability \
         τ. It is the star on the plane: what this sample would have to become.",
    )
    .symbols(&["★"])
    .synonyms(&["star", "converged", "x_CE"])
    .formula("S(M(x'))[t] ≥ τ")
    .paper("Sect. 3"),
    row(
        "exhausted",
        "A search that ran out of its T steps before the target class had probability τ. Training \
         learns nothing from it; the lines below say why it failed.",
    )
    .symbols(&["✗"])
    .synonyms(&["not converged", "failed search"])
    .paper("Sect. 3"),
    row(
        "still rising",
        "An exhausted search whose target probability was still growing when its steps were over. \
         More steps (T) or larger ones (η) would bring it home.",
    )
    .synonyms(&["rising"]),
    row(
        "at the edge",
        "An exhausted search that was stopped by the end of a feature's domain: the search would \
         leave what the data say is possible.",
    )
    .synonyms(&["domain's edge", "edge of the domain", "clipped"]),
    row(
        "held by a lock",
        "An exhausted search that only goes on if a locked or one-way feature could change.",
    )
    .synonyms(&["lock", "locked out"]),
    row(
        "stuck",
        "An exhausted search that gains nothing any more: it rests below τ, or its penalties and its \
         cost hold it back.",
    )
    .synonyms(&["plateau", "flat"]),
    row(
        "overshooting",
        "An exhausted search that jumps back and forth: its steps are too large to come to rest \
         where τ is reached. A smaller η helps.",
    )
    .synonyms(&["oscillating", "zigzag"]),
    row(
        "violations",
        "Counterfactuals of training that broke a constraint. Anything but 0 is a defect of the \
         program.",
    )
    .synonyms(&["violation", "constraint violation"]),
    row(
        "total",
        "What training minimises: the weighted sum of the terms below.",
    )
    .formula("λ_clf·clf + λ_div·div + λ_adv·adv + λ_reg·ridge")
    .paper("Sect. 3, Eq. 2"),
    row(
        "classification",
        "Cross-entropy on the training samples: how surprised the model is by their labels.",
    )
    .symbols(&["class"])
    .synonyms(&["cross-entropy", "clf", "CE loss", "yloss"])
    .formula("−log S(M(x))[y]")
    .paper("Sect. 3, Eq. 2"),
    row(
        "divergence",
        "Energy of real samples minus energy of counterfactuals. Near 0, counterfactuals look to \
         the model like real samples; below 0, the model tells them apart.",
    )
    .symbols(&["div"])
    .synonyms(&["contrastive divergence"])
    .formula("mean[E(x⁺, t) − E(x_CE, t)]")
    .paper("Sect. 3, Eq. 3"),
    row(
        "adversarial",
        "Cross-entropy on nascent counterfactuals with the label of the factual: small changes \
         should not change the decision.",
    )
    .symbols(&["adv"])
    .synonyms(&["advloss", "adversarial loss"])
    .formula("CE(M(x_AE), y)")
    .paper("Sect. 3, Eq. 4"),
    row(
        "ridge",
        "Mean of the squared energies; it keeps them from growing without bound.",
    )
    .synonyms(&["energy regularisation", "regularization"])
    .formula("mean[E(x⁺, t)² + E(x_CE, t)²]")
    .paper("Sect. 3, Eq. 2"),
    row(
        "FGSM",
        "Fast gradient sign method: the simplest attack. Every feature of a sample is moved by ε in \
         the direction that hurts most.",
    )
    .synonyms(&["fast gradient sign method"])
    .formula("x + ε·sign ∇x CE(M(x), y)")
    .paper("Sect. 4"),
    row(
        "PGD",
        "Projected gradient descent: a stronger attack. Many small steps of the same kind, each \
         kept within ε of the sample. As a way to train (pgd), half of the loss is on samples that \
         were so attacked.",
    )
    .synonyms(&["projected gradient descent", "adversarial training"])
    .formula("x ← clip(x + a·sign ∇x CE(M(x), y), ±ε)")
    .paper("Sect. 4"),
    row(
        "outcome",
        "Whether what the search for this sample found, with values that people can have, reaches the \
         target, and after how many steps.",
    ),
    row(
        "P(target)",
        "The probability that the model gives the target class with the values shown, which are those \
         of the end of the search, in whole steps.",
    )
    .synonyms(&["probability", "target probability"])
    .formula("S(M(x'))[t]"),
    row(
        "lost in rounding",
        "A search that matured, but between two values that people can have: at neither of them, nor \
         near by, the target class keeps probability τ. `:ways` asks such values themselves.",
    )
    .synonyms(&["rounding", "whole numbers"]),
    row(
        "ways",
        "Ways to the target that differ in the columns they change, the cheapest first, then those that \
         share least with it. Only values that exist are asked, under all locks, domains and relations. \
         Listed by `:ways 3`; `:max-changed 2` keeps each to two columns.",
    )
    .synonyms(&["diverse", "max-changed", "few changes", "letter"]),
    row(
        "constraints",
        "Whether the counterfactual respects every lock and every domain.",
    )
    .synonyms(&["broken"])
    .paper("Sect. 3"),
    row(
        "unlike real ones",
        "How unusual a counterfactual would be in its new class: \"unlike 9 of 10\" says that nine \
         in ten real members lie closer to their class' other members than it does.",
    )
    .synonyms(&["unlike"])
    .formula("share of x in X⁺ with d(x, X⁺) < d(x', X⁺), d: mean L1 to the 5 nearest"),
];
