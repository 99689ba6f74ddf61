//! Other words of the field that stand on the screen.

use super::{Entry, Kind};

const fn term(name: &'static str, text: &'static str) -> Entry {
    Entry::new(Kind::Term, name, text)
}

pub(super) static TERMS: &[Entry] = &[
    term(
        "arm",
        "One of the models that are trained side by side on the same data, from the same weights. \
         What differs on the screen comes from how they are trained.",
    )
    .synonyms(&["arms", "model"]),
    term(
        "hand-out",
        "A page about a run that needs nothing else: pictures of the boundaries, curves, scores with their \
         errors, advice for the inspected sample, settings, changes, and the code that opens it again. \
         `:export FILE.html` or `ctui report RUN` writes it.",
    )
    .synonyms(&["report", "page", "export"]),
    term(
        "energy",
        "How little the model expects a sample in a class: the negative logit. Low where the model \
         has seen samples of that class, if training has taught it that.",
    )
    .symbols(&["E"])
    .synonyms(&["energies"])
    .formula("E(x, y) = −M(x)[y]")
    .paper("Sect. 3, Eq. 3"),
    term(
        "epoch",
        "One pass of training through all samples.",
    )
    .paper("Sect. 3, Alg. 1"),
    term(
        "domain",
        "The values that a feature may take; counterfactuals are kept inside.",
    )
    .synonyms(&["range", "bounds"])
    .paper("Sect. 3"),
    term(
        "class probability",
        "What the model believes: its logits M, made into numbers that sum to 1.",
    )
    .symbols(&["S", "M"])
    .synonyms(&["softmax", "logits", "P"])
    .formula("S(M(x))[k] = exp M(x)[k] / Σ exp M(x)[j]"),
    term(
        "target class",
        "The class that a counterfactual is to reach. `:target opposite` takes, for every model, the \
         likeliest class that it does not predict.",
    )
    .symbols(&["t", "y⁺"])
    .synonyms(&["opposite"])
    .paper("Sect. 3"),
    term(
        "actionable",
        "A counterfactual is actionable if it changes only what can be changed, and only in \
         directions that are possible.",
    )
    .paper("Sect. 3"),
    term(
        "algorithmic recourse",
        "Telling people whom a model has refused what they can do about it. Counterfactuals are one \
         way.",
    )
    .paper("Sect. 3"),
    term(
        "faithful",
        "An explanation is faithful if it shows what the model has really learnt, be that sensible \
         or not.",
    )
    .synonyms(&["faithfulness"])
    .paper("Sect. 3"),
    term(
        "proxy",
        "A feature that gives another one away. Locking age protects little if the data also hold \
         the years in employment.",
    )
    .synonyms(&["proxies"])
    .paper("Sect. 5"),
    term(
        "Proposition 3.1",
        "For a linear classifier on Gaussian classes with independent features: protecting a locked \
         feature makes the model rely less on it, relative to features that can change.",
    )
    .synonyms(&["prop 3.1", "protecting immutable features", "ratio of the weights"])
    .formula("|w_locked| / |w_free| falls")
    .paper("Sect. 3, Prop. 3.1"),
    term(
        "standard error",
        "How much a number would vary if it were measured anew. A change smaller than its error \
         says nothing.",
    )
    .symbols(&["± SE", "SE"])
    .synonyms(&["uncertainty", "error bar"]),
    term(
        "paper",
        "Altmeyer, Buszydlik, van Deursen and Liem: Counterfactual Training (arXiv 2601.16205). \
         Columns of this name hold what it has published.",
    )
    .synonyms(&["published", "arxiv"]),
    term(
        "sweep",
        "Many runs with different settings. A combination of settings is run with several seeds, a \
         cell each; what is shown are means over the seeds.",
    )
    .synonyms(&["grid", "combination", "cell", "cells", "combinations"]),
    term(
        "main effect",
        "What the values of one parameter do to a score, averaged over everything else. Its share of \
         the variance between combinations says how much the parameter matters.",
    )
    .synonyms(&["main effects", "share of the variance"]),
    term(
        "heat map",
        "The mean of a score for every pair of values of two parameters, averaged over everything \
         else; shades or bars say where it is small and where large.",
    ),
    term(
        "recording",
        "What the screen shows, in a file that players of asciicast show again: :record FILE.cast begins, \
         :record stop ends it. While it goes on, the first line says so.",
    )
    .synonyms(&["record", "asciicast", "asciinema"]),
    term(
        "projector",
        "A screen for a class: the boundaries, the scoreboard and the panel that has the focus, with \
         large marks, thick lines and strong colours.",
    )
    .synonyms(&["class room", "teaching"]),
    term(
        "screen reader",
        "Lines in place of the screen, for those who listen: ctui --screen-reader. Commands are typed \
         as lines and answered in words; what the panels show can be asked for.",
    )
    .synonyms(&["screen-reader", "blind", "spoken", "plain lines"]),
    term(
        "brush",
        "Draws points of your own on the plane (key D in the boundary panel), which are trained with \
         from the next epoch on. Every fifth of a class is held out to test with; all are underlined.",
    )
    .synonyms(&["draw", "own points", "drawn", "spray"]),
];
