//! The paper's own numbers (arXiv 2601.16205), to be shown beside ours.

use serde::Serialize;

/// A published comparison of CT with BL.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PublishedComparison {
    /// Mean with counterfactual training.
    pub ct: f64,
    /// Mean of the baseline.
    pub bl: f64,
    /// Percent reduction.
    pub reduction: f64,
    /// Its standard deviation over the rounds (the paper calls it bootstrapped standard error).
    pub se: f64,
    /// Whether the 0.5 and 99.5 % quantiles of the rounds' differences exclude 0.
    pub significant: bool,
    /// Percent reduction in the preprint of July 2025.
    pub preprint: f64,
}

/// Published shares of valid counterfactuals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PublishedValidity {
    /// Counterfactual training.
    pub ct: f64,
    /// Baseline.
    pub bl: f64,
    /// Counterfactual training with the protected feature immutable.
    pub ct_protected: f64,
    /// Baseline with the protected feature immutable.
    pub bl_protected: f64,
}

/// A published sensitivity to the protected feature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PublishedSensitivity {
    /// Median over the rounds.
    pub median: f64,
    /// Central 95 % of the rounds, where the method's description gives it.
    pub interval: Option<[f64; 2]>,
}

/// All that is published of one data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Published {
    /// Id of the preset.
    pub id: &'static str,
    /// Implausibility.
    pub ip: PublishedComparison,
    /// Distributional implausibility.
    pub ip_star: PublishedComparison,
    /// Cost with the protected feature immutable.
    pub cost: PublishedComparison,
    /// Validity.
    pub validity: PublishedValidity,
    /// Sensitivity with CT.
    pub sensitivity_ct: PublishedSensitivity,
    /// Sensitivity of the baseline.
    pub sensitivity_bl: PublishedSensitivity,
}

impl Published {
    /// The numbers of the preset called `id`, if it is one of the paper's data sets.
    pub fn find(id: &str) -> Option<&'static Self> {
        PUBLISHED.iter().find(|published| published.id == id)
    }
}

const fn comparison(
    ct: f64,
    bl: f64,
    reduction: f64,
    se: f64,
    significant: bool,
    preprint: f64,
) -> PublishedComparison {
    PublishedComparison {
        ct,
        bl,
        reduction,
        se,
        significant,
        preprint,
    }
}

const fn validity(ct: f64, bl: f64, ct_protected: f64, bl_protected: f64) -> PublishedValidity {
    PublishedValidity {
        ct,
        bl,
        ct_protected,
        bl_protected,
    }
}

const fn within(median: f64, lower: f64, upper: f64) -> PublishedSensitivity {
    PublishedSensitivity {
        median,
        interval: Some([lower, upper]),
    }
}

const fn median(median: f64) -> PublishedSensitivity {
    PublishedSensitivity {
        median,
        interval: None,
    }
}

/// Every data set of the paper.
pub static PUBLISHED: [Published; 9] = [
    Published {
        id: "ls",
        ip: comparison(2.51, 3.40, 26.26, 0.67, true, 29.05),
        ip_star: comparison(0.11, 0.23, 51.28, 2.01, true, 55.33),
        cost: comparison(3.75, 4.48, 16.41, 0.57, true, 14.07),
        validity: validity(1.00, 1.00, 1.00, 1.00),
        sensitivity_ct: within(0.21, 0.20, 0.22),
        sensitivity_bl: within(30.69, 12.92, 629.2),
    },
    Published {
        id: "circ",
        ip: comparison(0.97, 2.36, 58.88, 0.37, true, 56.29),
        ip_star: comparison(0.00, 0.00, 93.84, 6.70, true, 89.38),
        cost: comparison(0.70, 1.22, 42.99, 0.85, true, 45.55),
        validity: validity(1.00, 0.51, 0.71, 0.48),
        sensitivity_ct: within(6.96, 4.88, 20.62),
        sensitivity_bl: within(19.20, 6.48, 193.9),
    },
    Published {
        id: "moon",
        ip: comparison(1.37, 1.71, 19.59, 0.73, true, 20.62),
        ip_star: comparison(0.02, 0.02, 8.00, 9.44, false, 19.26),
        cost: comparison(1.52, 1.60, 5.16, 1.00, true, 2.86),
        validity: validity(1.00, 1.00, 1.00, 0.98),
        sensitivity_ct: within(0.54, 0.41, 0.68),
        sensitivity_bl: within(0.66, 0.53, 0.92),
    },
    Published {
        id: "ol",
        ip: comparison(4.52, 4.44, -1.93, 1.12, false, -1.13),
        ip_star: comparison(0.12, 0.09, -27.70, 14.59, false, -24.52),
        cost: comparison(1.55, 2.62, 40.86, 2.30, true, 38.39),
        validity: validity(0.86, 0.98, 0.34, 0.56),
        sensitivity_ct: within(0.59, 0.38, 0.79),
        sensitivity_bl: within(24.55, 8.31, 466.3),
    },
    Published {
        id: "adult",
        ip: comparison(15.13, 15.16, 0.19, 1.05, false, 0.77),
        ip_star: comparison(0.07, 0.11, 34.35, 5.61, true, 32.29),
        cost: comparison(2.19, 2.28, 4.03, 4.03, false, -2.82),
        validity: validity(0.68, 0.99, 0.70, 0.99),
        sensitivity_ct: median(0.48),
        sensitivity_bl: median(0.74),
    },
    Published {
        id: "california",
        ip: comparison(6.72, 7.52, 10.65, 1.47, true, 12.05),
        ip_star: comparison(0.02, 0.06, 63.06, 4.25, true, 70.27),
        cost: comparison(1.37, 2.46, 44.23, 1.43, true, 40.71),
        validity: validity(1.00, 1.00, 1.00, 1.00),
        sensitivity_ct: median(0.04),
        sensitivity_bl: median(0.05),
    },
    Published {
        id: "credit",
        ip: comparison(19.79, 22.02, 10.14, 1.59, true, 12.31),
        ip_star: comparison(0.03, 0.06, 50.35, 12.26, true, 54.89),
        cost: comparison(2.70, 2.29, -18.17, 4.40, true, -17.43),
        validity: validity(0.72, 1.00, 0.74, 1.00),
        sensitivity_ct: median(0.00),
        sensitivity_bl: median(0.20),
    },
    Published {
        id: "gmsc",
        ip: comparison(7.24, 8.10, 10.65, 2.28, true, 23.44),
        ip_star: comparison(0.05, 0.07, 24.75, 4.84, true, 73.31),
        cost: comparison(1.03, 3.04, 66.01, 1.41, true, 62.64),
        validity: validity(0.94, 1.00, 0.97, 1.00),
        sensitivity_ct: median(0.71),
        sensitivity_bl: median(0.16),
    },
    Published {
        id: "mnist",
        ip: comparison(261.05, 278.84, 6.36, 1.70, true, 7.05),
        ip_star: comparison(0.02, 0.02, -70.31, 217.6, false, -25.09),
        cost: comparison(72.08, 53.42, -35.11, 6.96, true, -12.34),
        validity: validity(1.00, 1.00, 1.00, 1.00),
        sensitivity_ct: median(0.17),
        sensitivity_bl: median(0.35),
    },
];
