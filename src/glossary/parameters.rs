//! Hyper-parameters; each entry is called as its parameter.

use super::{Entry, Kind};

const fn parameter(
    name: &'static str,
    symbols: &'static [&'static str],
    synonyms: &'static [&'static str],
    text: &'static str,
) -> Entry {
    Entry::new(Kind::Parameter, name, text)
        .symbols(symbols)
        .synonyms(synonyms)
}

pub(super) static PARAMETERS: &[Entry] = &[
    parameter(
        "objective",
        &[],
        &["terms"],
        "Which terms the loss has. full is counterfactual training (CT); energy leaves the \
         adversarial term out (CD), adversarial the divergence and the ridge (AR), and vanilla is \
         ordinary training (BL). pgd, jem and recourse are others' ways, to compare with.",
    )
    .formula("L = λ_clf·clf + λ_div·div + λ_adv·adv + λ_reg·ridge")
    .paper("Sect. 3, Eq. 2"),
    parameter(
        "lambda_div",
        &["λ_div"],
        &["lambda", "λ", "div_weight", "divergence_weight"],
        "Weight of the contrastive divergence. Larger values pull counterfactuals towards real \
         samples of the target class.",
    )
    .formula("λ_div·mean[E(x⁺, t) − E(x_CE, t)]")
    .paper("Sect. 3, Eq. 2 and 3"),
    parameter(
        "lambda_adv",
        &["λ_adv"],
        &["adv_weight", "adversarial_weight"],
        "Weight of the adversarial term. Larger values make the model keep its decision for small \
         changes of a sample.",
    )
    .formula("λ_adv·CE(M(x_AE), y)")
    .paper("Sect. 3, Eq. 2 and 4"),
    parameter(
        "lambda_reg",
        &["λ_reg"],
        &["ridge_weight", "reg", "l2"],
        "Weight of the ridge. It keeps energies small; at 0 the divergence can fall without bound \
         and training explodes.",
    )
    .formula("λ_reg·mean[E(x⁺, t)² + E(x_CE, t)²]")
    .paper("Sect. 3, Eq. 2"),
    parameter(
        "lambda_clf",
        &["λ_clf"],
        &["clf_weight", "classification_weight"],
        "Weight of the classification loss on the training samples; the paper has 1.",
    )
    .formula("λ_clf·CE(M(x), y)")
    .paper("Sect. 3, Eq. 2"),
    parameter(
        "generator",
        &[],
        &["explainer", "cf_method"],
        "What searches counterfactuals, in training and for the examples on the screen. ECCCo is \
         the paper's choice.",
    )
    .paper("Sect. 4"),
    parameter(
        "decision_threshold",
        &["τ"],
        &["tau", "threshold", "decision threshold", "confidence"],
        "Probability of the target class at which a search stops and its counterfactual is mature. \
         If τ is too high for the data, few mature.",
    )
    .formula("S(M(x'))[t] ≥ τ")
    .paper("Sect. 3, Eq. 1"),
    parameter(
        "step_size",
        &["η"],
        &["eta", "step size", "cf_lr", "step"],
        "How far one step of the search goes. Too small, and searches run out of steps; too large, \
         and they overshoot.",
    )
    .formula("x' ← x' − η·∇x'[…]")
    .paper("Sect. 3, Eq. 1"),
    parameter(
        "max_steps",
        &["T"],
        &["maxiter", "max_iter", "maxsteps", "iterations", "max steps"],
        "Steps after which a search that has not reached τ gives up: it is exhausted.",
    )
    .paper("Sect. 3, Eq. 1"),
    parameter(
        "lambda_cost",
        &["λ_cost"],
        &["cost_weight", "lambda_1"],
        "Weight of the distance to the factual in the search. Larger values keep counterfactuals \
         closer, and may keep them from arriving.",
    )
    .formula("λ_cost·‖x' − x‖₁")
    .paper("Sect. 3, Eq. 1"),
    parameter(
        "lambda_egy",
        &["λ_egy"],
        &["lambda_energy", "energy_weight"],
        "Weight of the generator's own penalty in the search. For ECCCo it pulls towards low \
         energy, where the model expects samples of the target class.",
    )
    .formula("λ_egy·φ(s)·(E(x', t) + 0.001·E(x', t)²)")
    .paper("Sect. 4"),
    parameter(
        "epsilon",
        &["ε"],
        &["eps", "radius"],
        "How far any feature of a nascent counterfactual may have moved from its factual. It is \
         the size of the changes that training makes the model robust against.",
    )
    .formula("‖x_AE − x‖∞ ≤ ε")
    .paper("Sect. 3, Eq. 4"),
    parameter(
        "domain_sigmas",
        &["n_σ"],
        &["n_sigma", "nsigma", "sigmas"],
        "How far the domain reaches: at least this many standard deviations around each feature's \
         mean. Counterfactuals stay inside, unless the data say themselves what is possible.",
    )
    .formula("[min(min x, μ − n_σ·σ), max(max x, μ + n_σ·σ)]")
    .paper("Sect. 3"),
    parameter(
        "counterfactuals",
        &["n_CE"],
        &["n_ce", "nce", "n_cf", "num_counterfactuals"],
        "Counterfactuals that are searched in each epoch. More make training steadier and slower.",
    )
    .paper("Sect. 3, Alg. 1"),
    parameter(
        "batch_size",
        &["batch"],
        &["bs", "batchsize", "minibatch"],
        "Training samples per update of the weights.",
    )
    .paper("Sect. 3, Alg. 1"),
    parameter(
        "learning_rate",
        &["α"],
        &["lr", "alpha", "learning rate"],
        "How far one update of Adam moves the weights.",
    )
    .paper("Sect. 4"),
    parameter(
        "epochs",
        &[],
        &["n_epochs", "nepochs", "num_epochs"],
        "How often training goes through all samples. It pauses there; Space goes on.",
    )
    .paper("Sect. 4"),
    parameter(
        "burn_in",
        &["burn-in"],
        &["burnin", "warmup", "fine-tuning"],
        "Share of the epochs, from the first, that train with cross-entropy alone. At 0.5, the \
         second half fine-tunes an ordinary model by counterfactual training.",
    )
    .formula("first round(burn-in · epochs) epochs")
    .paper("Sect. 4"),
    parameter(
        "hidden_units",
        &["width"],
        &["units", "neurons", "n_hidden"],
        "Units of every hidden layer. More can bend the boundary more.",
    )
    .paper("Sect. 4"),
    parameter(
        "hidden_layers",
        &["layers"],
        &["depth", "n_layers"],
        "Hidden layers; 0 makes the classifier linear, with a straight boundary.",
    )
    .paper("Sect. 4"),
    parameter(
        "members",
        &[],
        &["ensemble", "deep ensemble", "ENS"],
        "Models that are trained side by side, each from other initial weights; what is shown is \
         the mean of their probabilities. 1 is a single model.",
    ),
    parameter(
        "engine",
        &[],
        &["backend"],
        "What computes: kernel, our own loops, or dfdx, the slower reference. They agree up to \
         rounding.",
    ),
    parameter(
        "latent_size",
        &["latent"],
        &["latent_dim", "n_latent"],
        "Size of the latent space that REVISE searches; at most one number per feature.",
    )
    .paper("Sect. 4"),
    parameter(
        "samples",
        &["N"],
        &["n_samples", "n", "size"],
        "Samples of a synthetic data set; a fifth of them are for testing.",
    )
    .paper("Sect. 4"),
    parameter(
        "noise",
        &["σ"],
        &["sigma"],
        "Spread of the samples of a synthetic data set around their shape.",
    )
    .paper("Sect. 4"),
    parameter(
        "seed",
        &[],
        &["random_state", "rng"],
        "Where all random numbers start. The same seed, data and parameters give the same weights, \
         bit for bit.",
    ),
];
