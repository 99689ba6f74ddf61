//! Glyphs that stand for no row.

use super::{Entry, Kind};

const fn mark(name: &'static str, symbols: &'static [&'static str], text: &'static str) -> Entry {
    Entry::new(Kind::Mark, name, text).symbols(symbols)
}

pub(super) static MARKS: &[Entry] = &[
    mark(
        "factual",
        &[],
        "The sample as it is, where a search starts. On the plane each class has a glyph of its \
         own; the inspected sample is inverted.",
    )
    .synonyms(&["start", "original", "x"]),
    mark(
        "path",
        &[],
        "The line that a search takes from factual to counterfactual, on the plane.",
    )
    .synonyms(&["trajectory", "trail"]),
    mark(
        "neighbour",
        &["◎"],
        "A real sample of the target class, drawn at random. Training contrasts the mature \
         counterfactual with it.",
    )
    .synonyms(&["neighbor", "x⁺", "positive sample"])
    .paper("Sect. 3, Alg. 1"),
    mark(
        "present",
        &["●", "│"],
        "Where the run is; in slow motion, the point that a search has reached.",
    ),
    mark(
        "change",
        &["◆", "┆"],
        "An epoch from which a parameter or a lock was changed.",
    ),
    mark(
        "ghost",
        &[],
        "A dashed line on the plane: the decision line of some epochs ago.",
    )
    .synonyms(&["previous boundary"]),
    mark("free", &["↕"], "The feature may change both ways.")
        .synonyms(&["both", "mutable"])
        .paper("Sect. 3"),
    mark(
        "only up",
        &["↑"],
        "The feature may only rise, as an age or a degree does.",
    )
    .synonyms(&["increase", "rise"])
    .paper("Sect. 3"),
    mark("only down", &["↓"], "The feature may only fall.")
        .synonyms(&["decrease", "fall"])
        .paper("Sect. 3"),
    mark(
        "locked",
        &["✕"],
        "The feature must not change. The search leaves it alone, and training does not blame \
         counterfactuals for it.",
    )
    .synonyms(&["immutable", "none", "protect"])
    .paper("Sect. 3, Prop. 3.1"),
    mark(
        "kept",
        &["✓"],
        "In order: a constraint is respected, or a run is finished.",
    )
    .synonyms(&["finished", "ok"]),
    mark("running", &["▶"], "Training goes on by itself."),
    mark("paused", &["⏸"], "Training waits; Space goes on."),
    mark(
        "stopped",
        &["■"],
        "Training cannot go on as it is; the banner says why and what to do.",
    )
    .synonyms(&["not finite", "NaN"]),
    mark(
        "fitting",
        &["◌"],
        "REVISE's autoencoder is learning the data before training goes on.",
    ),
    mark("selected", &["▸"], "The line that keys act on."),
    mark(
        "direction",
        &["→"],
        "From a class to the one that is aimed at.",
    ),
    mark(
        "outside",
        &["↗"],
        "So many points lie beyond the edge of the picture, in the boundary's lower border: the picture \
         fits most of the data, not the farthest point.",
    )
    .synonyms(&["beyond", "edge"]),
    mark(
        "FGSM line",
        &["━"],
        "A solid line: FGSM in Robustness, a drawn term in Losses, the run so far in History.",
    ),
    mark(
        "PGD line",
        &["╌"],
        "A dashed line: PGD in Robustness, the baseline in Losses.",
    ),
    mark(
        "not trained yet",
        &["─"],
        "Epochs that are planned and not trained yet, in History.",
    ),
    mark(
        "caret",
        &["▏"],
        "Where the next character that you type goes.",
    ),
    mark(
        "significant",
        &["*"],
        "The 99 % interval of the change excludes 0: it is unlikely to be chance.",
    )
    .synonyms(&["asterisk", "significance"])
    .paper("Sect. 4"),
    mark(
        "nothing to say",
        &["–"],
        "Nothing can be said here: not measured, or not defined.",
    )
    .synonyms(&["dash", "n/a"]),
];
