//! What is known about the published data sets.

use super::Benchmark;
use crate::data::csv::Dialect;
use crate::data::split::Sizes;

/// What is known about a table.
pub(super) struct Facts {
    /// Its schema, in TOML.
    pub(super) schema: &'static str,
    /// Rows that the paper trains and tests with; 1000 more are split off to validate with.
    pub(super) sizes: Sizes,
    /// The feature that the paper protects.
    pub(super) protected: &'static str,
    /// Columns of the original that a common copy lacks.
    pub(super) optional: &'static [&'static str],
    /// Other names of columns.
    pub(super) aliases: &'static [(&'static str, &'static [&'static str])],
    /// How the original is written.
    pub(super) dialect: Dialect,
    /// Column names of the original, if it has no header line.
    pub(super) header: &'static [&'static str],
    /// Label columns in which the positive class is another one, and which.
    pub(super) positive: &'static [(&'static str, &'static str)],
}

const ADULT: Facts = Facts {
    schema: include_str!("adult.toml"),
    sizes: Sizes {
        train: 25_049,
        test: 6_512,
    },
    protected: "age",
    optional: &["education"],
    aliases: &[
        ("target", &["income", "class", "salary", "income_bracket"]),
        ("education-num", &["educational-num"]),
        ("sex", &["gender"]),
        ("native-country", &["country"]),
    ],
    dialect: Dialect {
        comment: Some(b'|'),
        label_end: Some('.'),
        ..Dialect::PLAIN
    },
    header: &[
        "age",
        "workclass",
        "fnlwgt",
        "education",
        "education-num",
        "marital-status",
        "occupation",
        "relationship",
        "race",
        "sex",
        "capital-gain",
        "capital-loss",
        "hours-per-week",
        "native-country",
        "target",
    ],
    positive: &[],
};

const CALIFORNIA: Facts = Facts {
    schema: include_str!("california.toml"),
    sizes: Sizes {
        train: 15_504,
        test: 4_126,
    },
    protected: "housing_median_age",
    optional: &[],
    aliases: &[
        ("target", &["median_house_value", "MedHouseVal"]),
        ("housing_median_age", &["HouseAge"]),
        ("median_income", &["MedInc"]),
        ("average_rooms", &["AveRooms"]),
        ("average_bedrooms", &["AveBedrms"]),
        ("average_occupancy", &["AveOccup"]),
    ],
    dialect: Dialect::PLAIN,
    header: &[
        "longitude",
        "latitude",
        "housing_median_age",
        "total_rooms",
        "total_bedrooms",
        "population",
        "households",
        "median_income",
        "target",
    ],
    positive: &[],
};

const CREDIT: Facts = Facts {
    schema: include_str!("credit.toml"),
    sizes: Sizes {
        train: 9_617,
        test: 2_654,
    },
    protected: "age",
    optional: &[],
    aliases: &[
        ("target", &["default.payment.next.month", "default", "Y"]),
        ("limit_bal", &["X1"]),
        ("sex", &["X2"]),
        ("education", &["X3"]),
        ("marriage", &["X4"]),
        ("age", &["X5"]),
        ("pay_0", &["pay_1", "X6"]),
        ("pay_2", &["X7"]),
        ("pay_3", &["X8"]),
        ("pay_4", &["X9"]),
        ("pay_5", &["X10"]),
        ("pay_6", &["X11"]),
        ("bill_amt1", &["X12"]),
        ("bill_amt2", &["X13"]),
        ("bill_amt3", &["X14"]),
        ("bill_amt4", &["X15"]),
        ("bill_amt5", &["X16"]),
        ("bill_amt6", &["X17"]),
        ("pay_amt1", &["X18"]),
        ("pay_amt2", &["X19"]),
        ("pay_amt3", &["X20"]),
        ("pay_amt4", &["X21"]),
        ("pay_amt5", &["X22"]),
        ("pay_amt6", &["X23"]),
    ],
    dialect: Dialect {
        two_headers: true,
        ..Dialect::PLAIN
    },
    header: &[],
    positive: &[],
};

const GMSC: Facts = Facts {
    schema: include_str!("gmsc.toml"),
    sizes: Sizes {
        train: 12_371,
        test: 3_343,
    },
    protected: "age",
    optional: &[],
    aliases: &[("target", &["SeriousDlqin2yrs"]), ("row", &["id"])],
    dialect: Dialect::PLAIN,
    header: &[],
    positive: &[("SeriousDlqin2yrs", "0")],
};

impl Benchmark {
    /// What is known about the table; `None` for images.
    pub(super) fn facts(self) -> Option<&'static Facts> {
        match self {
            Self::Adult => Some(&ADULT),
            Self::California => Some(&CALIFORNIA),
            Self::Credit => Some(&CREDIT),
            Self::Gmsc => Some(&GMSC),
            Self::Mnist => None,
        }
    }
}
