//! The table of all hyper-parameters.

use super::{Effect, Group, HyperParameters, Kind, Parameter, Spread};
use crate::{counterfactual::GeneratorKind, model::Engine, training::Objective};

type Get = fn(&HyperParameters) -> f64;
type Set = fn(&mut HyperParameters, f64);

/// A linear real parameter that takes effect at the next epoch; the methods below vary this.
const fn real(
    name: &'static str,
    symbol: &'static str,
    group: Group,
    get: Get,
    set: Set,
) -> Parameter {
    Parameter {
        name,
        symbol,
        group,
        kind: Kind::Real,
        min: 0.0,
        max: 1.0,
        step: 0.05,
        spread: Spread::Linear,
        effect: Effect::NextEpoch,
        help: "",
        get,
        set,
    }
}

impl Parameter {
    const fn range(mut self, min: f64, max: f64, step: f64) -> Self {
        self.min = min;
        self.max = max;
        self.step = step;
        self
    }

    const fn integer(mut self) -> Self {
        self.kind = Kind::Integer;
        self
    }

    const fn choice(mut self, words: &'static [&'static str]) -> Self {
        self.kind = Kind::Choice(words);
        self.range(0.0, (words.len() - 1) as f64, 1.0)
    }

    const fn logarithmic(mut self) -> Self {
        self.spread = Spread::Logarithmic;
        self
    }

    const fn restart(mut self) -> Self {
        self.effect = Effect::Restart;
        self
    }

    const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }
}

/// Every hyper-parameter, grouped, in the order in which it is shown.
pub static TABLE: &[Parameter] = &[
    real(
        "objective",
        "objective",
        Group::Objective,
        |p| p.objective as usize as f64,
        |p, v| p.objective = Objective::ALL[v as usize],
    )
    .choice(Objective::NAMES)
    .help("terms of the loss: full (CT), energy (CD), adversarial (AR) or vanilla (BL)"),
    real(
        "lambda_div",
        "λ_div",
        Group::Objective,
        |p| p.lambda_div,
        |p, v| p.lambda_div = v,
    )
    .range(0.0, 10.0, 0.05)
    .help("contrastive divergence: pulls counterfactuals towards real samples of the target class"),
    real(
        "lambda_adv",
        "λ_adv",
        Group::Objective,
        |p| p.lambda_adv,
        |p, v| p.lambda_adv = v,
    )
    .range(0.0, 10.0, 0.05)
    .help("adversarial: nascent counterfactuals must keep the factual's label"),
    real(
        "lambda_reg",
        "λ_reg",
        Group::Objective,
        |p| p.lambda_reg,
        |p, v| p.lambda_reg = v,
    )
    .range(0.0, 10.0, 0.05)
    .help("ridge: keeps energies small"),
    real(
        "lambda_clf",
        "λ_clf",
        Group::Objective,
        |p| p.lambda_clf,
        |p, v| p.lambda_clf = v,
    )
    .range(0.0, 10.0, 0.1)
    .help("classification: cross-entropy on the training samples"),
    real(
        "generator",
        "generator",
        Group::Search,
        |p| p.generator as usize as f64,
        |p, v| p.generator = GeneratorKind::ALL[v as usize],
    )
    .choice(GeneratorKind::NAMES)
    .help("how counterfactuals are searched; revise enforces constraints after decoding"),
    real(
        "decision_threshold",
        "τ",
        Group::Search,
        |p| p.decision_threshold,
        |p, v| p.decision_threshold = v,
    )
    .range(0.01, 0.99, 0.05)
    .help("target-class probability at which a counterfactual is mature"),
    real(
        "step_size",
        "η",
        Group::Search,
        |p| p.step_size,
        |p, v| p.step_size = v,
    )
    .range(1e-4, 10.0, 1.25)
    .logarithmic()
    .help("size of one gradient step of the search"),
    real(
        "max_steps",
        "T",
        Group::Search,
        |p| p.max_steps as f64,
        |p, v| p.max_steps = v as usize,
    )
    .integer()
    .range(1.0, 1000.0, 5.0)
    .help("steps after which a search is exhausted"),
    real(
        "lambda_cost",
        "λ_cost",
        Group::Search,
        |p| p.lambda_cost,
        |p, v| p.lambda_cost = v,
    )
    .range(0.0, 10.0, 2.0)
    .logarithmic()
    .help("weight of the L1 distance to the factual"),
    real(
        "lambda_egy",
        "λ_egy",
        Group::Search,
        |p| p.lambda_egy,
        |p, v| p.lambda_egy = v,
    )
    .range(0.0, 100.0, 0.5)
    .help("weight of the generator's penalty (ECCCo: the energy of the target class)"),
    real(
        "epsilon",
        "ε",
        Group::Search,
        |p| p.epsilon,
        |p, v| p.epsilon = v,
    )
    .range(0.0, 5.0, 0.05)
    .help("a nascent counterfactual is at most this far from its factual (L∞)"),
    real(
        "domain_sigmas",
        "n_σ",
        Group::Search,
        |p| p.domain_sigmas,
        |p, v| p.domain_sigmas = v,
    )
    .range(0.0, 10.0, 0.5)
    .help("counterfactuals stay within this many standard deviations of the data"),
    real(
        "counterfactuals",
        "n_CE",
        Group::Training,
        |p| p.counterfactuals as f64,
        |p, v| p.counterfactuals = v as usize,
    )
    .integer()
    .range(0.0, 100_000.0, 100.0)
    .help("counterfactuals searched per epoch"),
    real(
        "batch_size",
        "batch",
        Group::Training,
        |p| p.batch_size as f64,
        |p, v| p.batch_size = v as usize,
    )
    .integer()
    .range(1.0, 100_000.0, 10.0)
    .help("training samples per update"),
    real(
        "learning_rate",
        "α",
        Group::Training,
        |p| p.learning_rate,
        |p, v| p.learning_rate = v,
    )
    .range(1e-6, 1.0, 1.25)
    .logarithmic()
    .help("step size of Adam"),
    real(
        "epochs",
        "epochs",
        Group::Training,
        |p| p.epochs as f64,
        |p, v| p.epochs = v as usize,
    )
    .integer()
    .range(0.0, 1_000_000.0, 10.0)
    .help("epochs of a training run"),
    real(
        "burn_in",
        "burn-in",
        Group::Training,
        |p| p.burn_in,
        |p, v| p.burn_in = v,
    )
    .range(0.0, 1.0, 0.05)
    .help("share of first epochs that train with cross-entropy alone"),
    real(
        "hidden_units",
        "width",
        Group::Model,
        |p| p.hidden_units as f64,
        |p, v| p.hidden_units = v as usize,
    )
    .integer()
    .range(1.0, 4096.0, 8.0)
    .restart()
    .help("units of every hidden layer"),
    real(
        "hidden_layers",
        "layers",
        Group::Model,
        |p| p.hidden_layers as f64,
        |p, v| p.hidden_layers = v as usize,
    )
    .integer()
    .range(0.0, 8.0, 1.0)
    .restart()
    .help("hidden layers; 0 makes the classifier linear"),
    real(
        "members",
        "members",
        Group::Model,
        |p| p.members as f64,
        |p, v| p.members = v as usize,
    )
    .integer()
    .range(1.0, 20.0, 1.0)
    .restart()
    .help("models of an ensemble, whose probabilities are averaged; 1 is a single model"),
    real(
        "engine",
        "engine",
        Group::Model,
        |p| p.engine as usize as f64,
        |p, v| p.engine = Engine::ALL[v as usize],
    )
    .choice(Engine::NAMES)
    .help("what computes: kernel (own loops) or dfdx (the reference, slower); same up to rounding"),
    real(
        "latent_size",
        "latent",
        Group::Model,
        |p| p.latent_size as f64,
        |p, v| p.latent_size = v as usize,
    )
    .integer()
    .range(1.0, 256.0, 1.0)
    .restart()
    .help("size of the latent space that revise searches; at most one per feature"),
    real(
        "samples",
        "N",
        Group::Data,
        |p| p.samples as f64,
        |p, v| p.samples = v as usize,
    )
    .integer()
    .range(100.0, 1_000_000.0, 500.0)
    .restart()
    .help("samples of a synthetic data set; a fifth tests, of the paper's two thirds train"),
    real("noise", "σ", Group::Data, |p| p.noise, |p, v| p.noise = v)
        .range(0.0, 10.0, 0.05)
        .restart()
        .help("noise of a synthetic data set"),
    real(
        "seed",
        "seed",
        Group::Data,
        |p| p.seed as f64,
        |p, v| p.seed = v as u64,
    )
    .integer()
    .range(0.0, 9_007_199_254_740_991.0, 1.0)
    .restart()
    .help("seed of all random numbers"),
];
